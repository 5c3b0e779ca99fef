import type { Socket } from "node:net";

/** Hands on what each of two connections says to the other, until both ends are done; both let half-open ones stand. */
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
