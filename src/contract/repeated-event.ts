/**
 * Repetition of an answered GET in the same run. Absent if the GET was not repeated, or the repetition was
 * not answered.
 */
export interface RepeatedEvent {
  readonly kind: "repeated";
  readonly port: number;
  readonly path: string;
  /** Address of the request: see HttpEvent. */
  readonly host?: "ipv6" | "loopback";
  /** Host header of the request: see HttpEvent. */
  readonly sentHost?: string;
  /**
   * Whether status and body were the same as the first time, so that the page does not depend on the time.
   */
  readonly same: boolean;
}
