/**
 * A connection from inside the pod to a port of the container was closed, over which bytes went both ways:
 * another container asked it something, and got an answer.
 */
export interface ServedEvent {
  readonly kind: "served";
  readonly port: number;
}
