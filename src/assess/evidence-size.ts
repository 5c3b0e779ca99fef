import { charactersOf } from "../contract/characters-of.ts";
import type { Collected } from "../contract/evidence.ts";
import { LIMITS } from "../contract/limits.ts";

const MOST = LIMITS.unwatchedCharacters;

/** Characters, about, of what the rules will read of one subject; counted no further than it matters. */
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
