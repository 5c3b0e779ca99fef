import { realpathSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { inDocumentTime } from "../../contract/document-time.ts";
import { InvalidInputError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { isInside } from "../../files/judged-root.ts";
import { strayLink } from "../../files/stray-link.ts";
import { type FixedText, fixText } from "../../fix/fix-text.ts";
import type { Origins } from "../../fix/line-origins.ts";
import { maskManifestText } from "../../fix/masked-text.ts";
import type { FixOptions } from "../../fix/plan.ts";
import { unifiedDiff } from "../../fix/unified-diff.ts";
import { readManifestFile } from "../../workload/yaml/read-file.ts";
import { strayLinkText } from "../process/stray-link-text.ts";
import type { OutputConfinement } from "../process/write-output.ts";

/** A file that was changed in memory. */
export interface ChangedFile {
  /** File name as the user typed it. */
  readonly file: string;
  /** Text of the whole file, byte order mark included. */
  readonly before: string;
  readonly after: string;
  /** Original lines of the fixed text. */
  readonly origins: Origins;
  /** Masks secrets in shown text. */
  readonly mask: (text: string) => string;
}

/** A file of manifests, fixed in memory. */
export interface FixedFile extends ChangedFile, FixedText {}

const MARK = "\u{FEFF}";
const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * @param bytes content of standard input; absent for a file
 * @throws InvalidInputError if the file can no longer be read
 */
export function fixFile(file: string, cwd: string, options: FixOptions, bytes?: Uint8Array): FixedFile {
  const before = decode(file, bytes ?? readManifestFile(resolve(cwd, file)));
  const mark = before.startsWith(MARK) ? MARK : "";
  const fixed = inDocumentTime(before.length, () => fixText(file, before.slice(mark.length), options));
  return { ...fixed, file, before, after: `${mark}${fixed.text}`, mask: maskManifestText };
}

function decode(file: string, bytes: ReturnType<typeof readManifestFile>): string {
  if ("problem" in bytes) throw unreadable(file, bytes.problem);
  try {
    return UTF8.decode(bytes);
  } catch {
    throw unreadable(file, {
      fr: "le fichier n'est pas encodé en UTF-8",
      en: "the file is not encoded in UTF-8",
    });
  }
}

function unreadable(file: string, { fr, en }: Text): InvalidInputError {
  return new InvalidInputError("manifest-unreadable", {
    fr: `${quoted(file)} : ${fr}`,
    en: `${quoted(file)}: ${en}`,
  });
}

/** A diff to be shown. */
export interface ShownDiff {
  readonly text: string;
  /** Whether the diff contains masked lines, so that it cannot be applied. */
  readonly isMasked: boolean;
}

/**
 * Diff with paths relative to the current folder, with links resolved, for `git apply`; absolute paths for
 * files elsewhere.
 */
export function diffOf({ file, before, after, origins, mask }: ChangedFile, cwd: string): ShownDiff {
  const name = file === "-" ? file : nameFrom(cwd, file);
  const whole = unifiedDiff(name, before, after, origins);
  if (whole === "") return { text: "", isMasked: false };
  const text = unifiedDiff(name, mask(before), mask(after), origins);
  return { text, isMasked: text !== whole };
}

function nameFrom(cwd: string, file: string): string {
  const path = realpathSync(resolve(cwd, file));
  const here = realpathSync(cwd);
  return (isInside(here, path) ? relative(here, path) : path.slice(1)).split(sep).join("/");
}

/** Distinct files of these names: two links may lead to the same file. */
export function distinctFiles(files: readonly string[], cwd: string): readonly string[] {
  const byPath = new Map<string, string>();
  for (const file of files) {
    const path = file === "-" ? file : realpathSync(resolve(cwd, file));
    // The file's own name takes precedence over a link's.
    if (!byPath.has(path) || path === resolve(cwd, file)) byPath.set(path, file);
  }
  return [...byPath.values()];
}

/**
 * Place to which a changed file may be written. A file found in a folder is written only inside that folder,
 * and only if it still contains the text that was fixed, even if its name or a parent folder changes
 * meanwhile.
 *
 * @param inputs inputs as the user named them
 * @returns undefined for a file that the user named
 * @throws InvalidInputError link-leads-outside
 */
export function placeOf(
  { file, before }: Pick<ChangedFile, "file" | "before">,
  inputs: readonly string[],
  cwd: string,
): ChangedPlace | undefined {
  const path = resolve(cwd, file);
  if (inputs.some((input) => resolve(cwd, input) === path)) return undefined;
  const real = realpathSync(path);
  const holder = inputs
    .map((input) => resolve(cwd, input))
    .find((folder) => path.startsWith(`${folder}${sep}`) && real.startsWith(`${realpathSync(folder)}${sep}`));
  if (holder === undefined) throw leadsOutside(file, real);
  const stray = strayLink(holder, cwd, () => true);
  if (stray !== undefined) throw new InvalidInputError("link-leads-outside", strayLinkText(file, stray));
  const root = realpathSync(holder);
  const isOwn = (text: string) => text === before;
  return { path: real, confinement: { root, isOwn, hardLinks: true, refused: () => changedMeanwhile(file) } };
}

/** Real path of a file, with the conditions for writing to the file. */
interface ChangedPlace {
  readonly path: string;
  readonly confinement: OutputConfinement;
}

function leadsOutside(file: string, real: string): InvalidInputError {
  return new InvalidInputError("link-leads-outside", {
    fr: `${quoted(file)} est un lien vers ${quoted(real)}, hors du répertoire nommé : rien n'y est écrit. Nommer ce fichier lui-même.`,
    en: `${quoted(file)} is a link to ${quoted(real)}, outside the folder that was named: nothing is written there. Name that file itself.`,
  });
}

function changedMeanwhile(file: string): InvalidInputError {
  return new InvalidInputError("file-changed", {
    fr: `${quoted(file)} a changé pendant sa correction : rien n'y est écrit. Recommencer : douane fix --write`,
    en: `${quoted(file)} changed while it was corrected: nothing is written there. Try again: douane fix --write`,
  });
}
