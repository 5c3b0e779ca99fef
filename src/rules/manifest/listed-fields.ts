import { excerpts } from "../../contract/shown.ts";

/** Maximum number of fields named in one sentence. */
const NAMED = 3;

/** Paths of fields for a sentence: the first are named, the others counted. */
export function listedFields(paths: readonly string[]): string {
  return excerpts(paths, NAMED);
}
