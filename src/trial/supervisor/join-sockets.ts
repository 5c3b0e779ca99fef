import type { Socket } from "node:net";

/** Connects two sockets in both directions until both ends are done; both allow half-open connections. */
export function joinSockets(one: Socket, other: Socket): void {
  handOn(one, other);
  handOn(other, one);
}

function handOn(from: Socket, to: Socket): void {
  from.setNoDelay(true);
  from.pipe(to);
  from.on("error", () => to.destroy());
  from.on("close", () => to.destroySoon());
}
