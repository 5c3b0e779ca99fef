/** A connection that was tried to somewhere outside the pod. */
export interface ConnectEvent {
  readonly kind: "connect";
  readonly protocol: "tcp" | "udp";
  readonly address: string;
  readonly port: number;
  /** The dependency that it reached. */
  readonly dependency?: string;
  /** An image stands behind it; absent: nothing that would say a word. */
  readonly served?: true;
  /** Another container of the pod may have called it instead: nobody can tell. */
  readonly unsure?: true;
}

/** Packets of any protocol that the pod sent to an address outside of it: the kernel looked for who has it. */
export interface SentEvent {
  readonly kind: "sent";
  readonly address: string;
  /** Another container of the pod may have sent them instead: nobody can tell. */
  readonly unsure?: true;
}
