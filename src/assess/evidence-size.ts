import type { Collected } from "../contract/evidence.ts";
import { LIMITS } from "../contract/limits.ts";

const MOST = LIMITS.unwatchedCharacters;

/** Characters, about, of what the rules will read of one subject; counted no further than it matters. */
export function evidenceSize(all: readonly Partial<Collected>[]): number {
  let size = 0;
  for (const { image, workload, dockerfile, trial } of all) {
    if (image !== undefined) {
      size += charactersOf([image.config, image.history, image.program, image.overridden]);
      for (const { content = "" } of image.files) size += content.length;
    }
    size += charactersOf([workload, dockerfile, trial]);
    if (size > MOST) return size;
  }
  return size;
}

/** One for each value, and those of texts. */
function charactersOf(value: unknown): number {
  const ahead: unknown[] = [value];
  let size = 0;
  while (ahead.length > 0 && size <= MOST) {
    const one = ahead.pop();
    size += typeof one === "string" ? one.length : 1;
    if (one !== null && typeof one === "object") for (const part of Object.values(one)) ahead.push(part);
  }
  return size;
}
