import type { FileType } from "../../../contract/image-facts.ts";
import { LIMITS } from "../../../contract/limits.ts";
import type { AskedFiles } from "../analyzers/asked.ts";
import type { WantedContent } from "../analyzers/wanted-content.ts";
import type { EntriesFacts, FilesFacts, KeptContent } from "../facts/facts.ts";

/** Facts of a layer's files after adding selectors, and the entries still to be read. */
export interface CompletedFiles {
  readonly files: FilesFacts;
  readonly also: AskedFiles["also"];
}

/**
 * Extends facts of a layer's files to more selectors. Matches follow from the known headers; only texts that
 * were not kept must be read. Undefined if that is impossible, because the layer's bound was exhausted and
 * the result would depend on earlier requests.
 *
 * @param added selectors that the facts do not cover
 */
export function completeFiles(
  files: FilesFacts,
  entries: EntriesFacts,
  added: WantedContent,
): CompletedFiles | undefined {
  const kept = new Map(files.contents.map((content) => [content.entry, content]));
  const capabilities = new Map(entries.capabilities);
  const matched = new Set(files.matched);
  const also: [number, number][] = [];
  let bytes = files.contents.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  for (const [index, path] of entries.paths.entries()) {
    const kind = entries.kinds[entries.kindOf[index] ?? 0];
    if (kind === undefined || !isFileType(kind.type)) continue;
    const { type, mode } = kind;
    const wanted = added.of({ path, type, mode, capability: capabilities.get(index) });
    if (wanted.isMatched) matched.add(index);
    const size = entries.sizes[index] ?? 0;
    if (type !== "file" || size === 0 || !isShort(kept.get(index), wanted.bytes)) continue;
    also.push([index, wanted.bytes]);
    bytes += Math.min(size, wanted.bytes);
  }
  if (bytes > LIMITS.keptBytesPerLayer || files.contents.some(({ full }) => full)) return undefined;
  const asked = [...new Set([...files.asked, ...added.ids])].toSorted();
  return {
    files: { asked, matched: [...matched].toSorted((a, b) => a - b), contents: files.contents },
    also,
  };
}

/** Whether more bytes of a file are requested than are kept. */
export function isShort(kept: KeptContent | undefined, bytes: number): boolean {
  if (bytes === 0) return false;
  return kept === undefined || (kept.cutAt !== undefined && kept.cutAt < bytes && kept.full !== true);
}

function isFileType(type: string): type is FileType {
  return type !== "hardlink" && type !== "whiteout" && type !== "opaque";
}
