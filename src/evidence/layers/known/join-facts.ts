import { LIMITS } from "../../../contract/limits.ts";
import type { FilesFacts, SomeFacts } from "../facts.ts";

/** What was known of a layer, and what was read of it since. */
export function joinFacts(known: SomeFacts, read: SomeFacts): SomeFacts {
  const files = known.files && read.files ? joinFiles(known.files, read.files) : (read.files ?? known.files);
  return { ...known, ...read, ...(files === undefined ? {} : { files }) };
}

/** Images that share a layer can lead to different files of it: what one made us read is not forgotten. */
function joinFiles(known: FilesFacts, read: FilesFacts): FilesFacts {
  const isRead = new Set(read.contents.map(({ entry }) => entry));
  const others = known.contents.filter(({ entry }) => !isRead.has(entry));
  return { ...known, contents: [...read.contents, ...others] };
}

/** Whether images led to so many files of a layer that they are not kept, and read again. */
export function isTooMuch({ contents }: FilesFacts): boolean {
  const bytes = contents.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  return bytes > 2 * LIMITS.keptBytesPerLayer;
}
