/**
 * A closed connection from inside the pod to a port of the container, with bytes in both directions: another
 * container sent a request and got an answer.
 */
export interface ServedEvent {
  readonly kind: "served";
  readonly port: number;
}
