import { LIMITS } from "./limits.ts";

/**
 * Whether a stream expands more than any honest content: beyond the floor (`expansionFloorBytes`) and the ratio
 * (`expansionRatio`).
 *
 * @param unpacked bytes so far
 * @param packed bytes that they came from
 */
export function isDecompressionBomb(unpacked: number, packed: number): boolean {
  return unpacked > LIMITS.expansionFloorBytes && unpacked > packed * LIMITS.expansionRatio;
}
