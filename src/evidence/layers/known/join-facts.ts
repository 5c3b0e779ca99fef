import { LIMITS } from "../../../contract/limits.ts";
import type { FilesFacts, SomeFacts } from "../facts/facts.ts";

/** Joins cached facts of a layer with facts read since. */
export function joinFacts(known: SomeFacts, read: SomeFacts): SomeFacts {
  const files = known.files && read.files ? joinFiles(known.files, read.files) : (read.files ?? known.files);
  return { ...known, ...read, ...(files === undefined ? {} : { files }) };
}

/**
 * Joins kept texts: images that share a layer may need different files of it, and the texts of all files are
 * cached.
 */
function joinFiles(known: FilesFacts, read: FilesFacts): FilesFacts {
  const isRead = new Set(read.contents.map(({ entry }) => entry));
  const others = known.contents.filter(({ entry }) => !isRead.has(entry));
  return { ...known, contents: [...read.contents, ...others] };
}

/** Whether a layer's kept texts are too large for the cache, so that they are read again. */
export function isTooMuch({ contents }: FilesFacts): boolean {
  const bytes = contents.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  return bytes > 2 * LIMITS.keptBytesPerLayer;
}
