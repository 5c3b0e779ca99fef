/**
 * UDP port that the manifest declares, or that a Service targets. Whether it is open cannot be tested from
 * outside.
 */
export interface DatagramPortEvent {
  readonly kind: "datagram-port";
  readonly port: number;
  /** Addresses of the pod on which a UDP socket was bound to the port. */
  readonly on: readonly string[];
  /** Set if observed at the end of the phase, while the container still runs. */
  readonly end?: true;
}
