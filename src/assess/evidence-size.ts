import { charactersOf } from "../contract/characters-of.ts";
import type { Collected } from "../contract/evidence.ts";
import { LIMITS } from "../contract/limits.ts";

const MOST = LIMITS.unwatchedCharacters;

/** Approximate number of characters that rules will read of one subject, counted up to the relevant bound. */
export function evidenceSize(all: readonly Partial<Collected>[]): number {
  let size = 0;
  for (const { image, workload, dockerfile, trial } of all) {
    if (image !== undefined) {
      size += charactersOf([image.config, image.history, image.program, image.overridden], MOST);
      for (const { content = "" } of image.files) size += content.length;
    }
    size += charactersOf([workload, dockerfile, trial], MOST - size);
    if (size > MOST) return size;
  }
  return size;
}
