/** Forms in which log lines are sent to a collector. */
export const LOG_FORMS = ["syslog", "GELF", "Fluentd", "Beats", "HTTP", "JSON", "text"] as const;

export type LogForm = (typeof LOG_FORMS)[number];

/** An attempted connection to an address outside the pod. */
export interface ConnectEvent {
  readonly kind: "connect";
  readonly protocol: "tcp" | "udp";
  readonly address: string;
  readonly port: number;
  /** Dependency that was reached. */
  readonly dependency?: string;
  /** Form of log lines of the first bytes sent to the dependency; absent for another or an unknown form. */
  readonly logs?: LogForm;
  /** Set if the dependency has an image, or is the pod itself; absent: it never answers. */
  readonly served?: true;
  /**
   * Set if the dependency is a Service that chooses the pod itself; then `served` says whether the pod was
   * ready, so that the Service led to it.
   */
  readonly own?: true;
  /** Set if another container of the pod may have made the call. */
  readonly unsure?: true;
}

/**
 * Packets of any protocol sent to an address outside the pod, detected by the kernel's address resolution.
 */
export interface SentEvent {
  readonly kind: "sent";
  readonly address: string;
  /** Set if another container of the pod may have sent the packets. */
  readonly unsure?: true;
}

/** A question to the pod's DNS. */
export interface DnsEvent {
  readonly kind: "dns";
  /**
   * Name as requested, in lower case, without the final dot; the pod's namespace is replaced by `default`.
   */
  readonly name: string;
  /** Type of the record: `A`, `AAAA`, `SRV`, or its number. */
  readonly type: string;
  /** Whether a dependency has this name. */
  readonly answered: boolean;
}
