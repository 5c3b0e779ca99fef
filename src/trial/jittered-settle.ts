import { randomInt } from "node:crypto";

/**
 * Random time for which a container is observed after the last request: at least this long, up to half as
 * long again, so that no image can predict the end.
 */
export function jitteredSettle(leastMs: number): number {
  return leastMs + randomInt(Math.floor(leastMs / 2) + 1);
}
