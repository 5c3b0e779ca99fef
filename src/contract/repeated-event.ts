/** A GET that was answered, made once more in the same run. Absent: it was not, or got no answer then. */
export interface RepeatedEvent {
  readonly kind: "repeated";
  readonly port: number;
  readonly path: string;
  /** As of the first one: see HttpEvent. */
  readonly host?: "ipv6" | "loopback";
  /** Status and body were those of the first time: the page has nothing of the moment in it. */
  readonly same: boolean;
}
