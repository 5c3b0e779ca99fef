import { LIMITS } from "./limits.ts";

/**
 * Whether a stream expands more than ordinary content: beyond the floor (`expansionFloorBytes`) and the ratio
 * (`expansionRatio`).
 *
 * @param unpacked number of bytes so far
 * @param packed number of compressed bytes so far
 */
export function isDecompressionBomb(unpacked: number, packed: number): boolean {
  return unpacked > LIMITS.expansionFloorBytes && unpacked > packed * LIMITS.expansionRatio;
}
