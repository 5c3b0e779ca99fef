/** A UDP port that the manifest declares, or that a Service calls: nobody can tell from outside whether one is open. */
export interface DatagramPortEvent {
  readonly kind: "datagram-port";
  readonly port: number;
  /** Addresses of the pod on which something took UDP there. */
  readonly on: readonly string[];
  /** At the end of the phase, while the container still runs. */
  readonly end?: true;
}
