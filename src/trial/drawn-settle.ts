import { randomInt } from "node:crypto";

/** How long a container is watched after the last request: at least so long, up to half as long again, so that nobody can count on the end. */
export function drawnSettle(leastMs: number): number {
  return leastMs + randomInt(Math.floor(leastMs / 2) + 1);
}
