/** A connection that was tried to somewhere outside the pod. */
export interface ConnectEvent {
  readonly kind: "connect";
  readonly protocol: "tcp" | "udp";
  readonly address: string;
  readonly port: number;
  /** The dependency that it reached. */
  readonly dependency?: string;
  /** The address is a dependency with an image; absent: one that never answers. */
  readonly served?: true;
  /** Another container of the pod may have made the call. */
  readonly unsure?: true;
}

/**
 * Packets of any protocol sent to an address outside the pod, detected by the kernel's address resolution.
 */
export interface SentEvent {
  readonly kind: "sent";
  readonly address: string;
  /** Another container of the pod may have sent them. */
  readonly unsure?: true;
}
