import { FileSelection } from "./file-selection.ts";
import type { FileSelector } from "./file-selector.ts";
import { firstBytes } from "./first-bytes.ts";
import type { FileFacts, ImageFacts, RawImage } from "./image-facts.ts";
import { LIMITS } from "./limits.ts";
import { stillMasked } from "./masked.ts";
import type { SettingsReader } from "./settings-reader.ts";

const NONE: readonly FileSelector[] = [];

/** Views by image, then by selectors: many workloads use one image, and many rules the same selectors. */
const SEEN = new WeakMap<ImageFacts, WeakMap<readonly FileSelector[], ImageFacts>>();

/**
 * The image as a rule with these selectors sees it: only its files, each with as much content as requested,
 * whatever was kept for other rules.
 *
 * @param image image with the files of all rules
 */
export function restrictedImage(image: ImageFacts, selectors: readonly FileSelector[] = NONE): ImageFacts {
  const bySelectors = seenOf(image);
  const seen = bySelectors.get(selectors) ?? withFiles(image, selectedFiles(image.files, selectors));
  bySelectors.set(selectors, seen);
  return seen;
}

function seenOf(image: ImageFacts): WeakMap<readonly FileSelector[], ImageFacts> {
  const seen = SEEN.get(image) ?? new WeakMap<readonly FileSelector[], ImageFacts>();
  SEEN.set(image, seen);
  return seen;
}

/**
 * Computes the views of all these rules in one pass over the image's files.
 *
 * @param rules the same list for many images
 */
export function restrictFiles(image: ImageFacts, rules: readonly Asking[]): void {
  const bySelectors = seenOf(image);
  const { asked, selection } = questionOf(rules);
  if (asked.every((selectors) => bySelectors.has(selectors))) return;
  const views = new Map(asked.map((selectors): [typeof selectors, FileFacts[]] => [selectors, []]));
  for (const file of image.files) {
    const matching = selection.selectorsOf(file);
    for (const [selectors, files] of views) {
      const asking = matching.filter((selector) => selectors.includes(selector));
      const seen = asking.length === 0 ? undefined : asAskedFor(file, asking);
      if (seen !== undefined) files.push(seen);
    }
  }
  for (const [selectors, files] of views) bySelectors.set(selectors, withFiles(image, files));
}

/** A rule, or another object with file selectors. */
interface Asking {
  readonly files?: readonly FileSelector[];
}

/** Selectors of some rules, separately and together. */
interface Question {
  readonly asked: readonly (readonly FileSelector[])[];
  readonly selection: FileSelection;
}

const QUESTIONS = new WeakMap<readonly Asking[], Question>();

function questionOf(rules: readonly Asking[]): Question {
  const known = QUESTIONS.get(rules);
  if (known !== undefined) return known;
  const asked = [...new Set(rules.map(({ files = NONE }) => files))];
  const question = { asked, selection: new FileSelection([...new Set(asked.flat())]) };
  QUESTIONS.set(rules, question);
  return question;
}

function withFiles(image: ImageFacts, files: readonly FileFacts[]): ImageFacts {
  const raw: RawImage = image;
  return stillMasked({ ...raw, files }, image);
}

/** The files that the selectors match, in their order. */
export function selectedFiles(
  files: readonly FileFacts[],
  selectors: readonly FileSelector[],
): readonly FileFacts[] {
  if (selectors.length === 0) return [];
  const selection = selectionOf(selectors);
  return files.flatMap((file) => {
    const asking = selection.selectorsOf(file);
    return asking.length === 0 ? [] : (asAskedFor(file, asking) ?? []);
  });
}

/** Compiled selectors, cached, since a rule's selectors are the same for every image. */
const SELECTIONS = new WeakMap<readonly FileSelector[], FileSelection>();

function selectionOf(selectors: readonly FileSelector[]): FileSelection {
  const selection = SELECTIONS.get(selectors) ?? new FileSelection(selectors);
  SELECTIONS.set(selectors, selection);
  return selection;
}

/** Bytes of text that at least one of these selectors requests to keep; 0 for none. */
export function bytesAskedFor(selectors: readonly FileSelector[]): number {
  let bytes = 0;
  for (const { content = 0, reader } of selectors) {
    if (reader === undefined && content > bytes) bytes = content;
  }
  return Math.min(bytes, LIMITS.keptFileBytes);
}

/** Readers that these selectors request, each with the bytes of text that it reads. */
export function readersAskedFor(selectors: readonly FileSelector[]): ReadonlyMap<SettingsReader, number> {
  const readers = new Map<SettingsReader, number>();
  for (const { content = 0, reader } of selectors) {
    if (reader === undefined) continue;
    readers.set(reader, Math.min(Math.max(content, readers.get(reader) ?? 0), LIMITS.keptFileBytes));
  }
  return readers;
}

/**
 * The file with the content that the selectors request: text, settings, both or neither. Undefined if only
 * readers request the file, and no reader is interested.
 */
function asAskedFor(file: FileFacts, selectors: readonly FileSelector[]): FileFacts | undefined {
  const readers = readersAskedFor(selectors);
  if (readers.size === 0 && file.settings === undefined) return withText(file, bytesAskedFor(selectors));
  const { settings: known = {}, ...others } = file;
  const found = [...readers].flatMap(([reader, bytes]) => {
    // Evidence that still has the text is read now.
    const settings = known[reader.name] ?? reader.read(file.path, withText(file, bytes).content);
    return settings === undefined ? [] : [[reader.name, settings] as const];
  });
  if (found.length === 0 && selectors.every(({ reader }) => reader !== undefined)) return undefined;
  const seen = withText(others, bytesAskedFor(selectors));
  return found.length === 0 ? seen : { ...seen, settings: Object.fromEntries(found) };
}

/** The file with its text cut to `bytes` bytes. */
function withText(file: FileFacts, bytes: number): FileFacts {
  if (file.content === undefined) return file;
  if (bytes > 0 && file.size <= bytes) return file;
  const { content, truncated: _, ...header } = file;
  return bytes === 0 ? header : { ...header, content: firstBytes(content, bytes), truncated: true };
}
