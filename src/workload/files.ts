import { closeSync, fstatSync, openSync, readdirSync, readSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { LIMITS } from "../contract/limits.ts";
import type { Text } from "../contract/text.ts";
import { quote } from "../image/quote.ts";
import type { Skipped } from "./problem.ts";
import { renderChart, renderOverlay } from "./rendering.ts";

/** A file to read, or something to say about one. `name`: as the user would write it. */
export type Entry =
  | { readonly is: "file"; readonly path: string; readonly name: string }
  | { readonly is: "skipped"; readonly skipped: Skipped }
  | { readonly is: "problem"; readonly name: string; readonly problem: Text };

const MANIFEST = /\.(?:ya?ml|json)$/i;
const LEFT_OUT: ReadonlySet<string> = new Set([".git", "node_modules"]);
const KUSTOMIZATION: ReadonlySet<string> = new Set([
  "kustomization.yaml",
  "kustomization.yml",
  "Kustomization",
]);
const CHART = "Chart.yaml";
/** The folders of a chart that hold what is not a manifest: templates, and other charts. */
const CHART_FOLDERS: ReadonlySet<string> = new Set(["templates", "charts"]);

interface Walk {
  /** Real paths of the folders that were entered: a link back to one of them is not followed. */
  readonly entered: Set<string>;
  entries: number;
}

/**
 * The manifests below a folder, in the order of their names; links are followed, once. Charts and
 * Kustomize overlays are named instead.
 */
export function* manifestsIn(path: string, name: string): Generator<Entry> {
  const state: Walk = { entered: new Set(), entries: 0 };
  yield* walk(path, name, state, false);
  if (state.entries > LIMITS.folderEntries) yield { is: "problem", name, problem: TOO_MANY };
}

const TOO_MANY: Text = {
  fr: `le dossier a plus de ${LIMITS.folderEntries} fichiers (limite folderEntries) : nommer les dossiers des manifestes`,
  en: `the folder has more than ${LIMITS.folderEntries} files (limit folderEntries): name the folders of the manifests`,
};

function* walk(path: string, name: string, state: Walk, inOverlay: boolean): Generator<Entry> {
  let names: readonly string[];
  try {
    const real = realpathSync(path);
    if (state.entered.has(real)) return;
    state.entered.add(real);
    names = readdirSync(path).sort();
  } catch (error) {
    yield { is: "problem", name, problem: unreadable(error) };
    return;
  }
  const isChart = names.includes(CHART);
  const isOverlay = names.some((entry) => KUSTOMIZATION.has(entry));
  if (isChart) yield { is: "skipped", skipped: { reason: "chart", file: name, message: renderChart(name) } };
  if (isOverlay)
    yield { is: "skipped", skipped: { reason: "overlay", file: name, message: renderOverlay(name) } };
  for (const entry of names) {
    if (LEFT_OUT.has(entry) || (isChart && CHART_FOLDERS.has(entry))) continue;
    if ((state.entries += 1) > LIMITS.folderEntries) return;
    yield* visit(join(path, entry), join(name, entry), state, inOverlay || isOverlay);
  }
}

function* visit(path: string, name: string, state: Walk, inOverlay: boolean): Generator<Entry> {
  const isManifest = MANIFEST.test(name);
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) yield* walk(path, name, state, inOverlay);
    else if (isManifest && !inOverlay && stats.isFile()) yield { is: "file", path, name };
  } catch (error) {
    if (isManifest) yield { is: "problem", name, problem: unreadable(error) };
  }
}

export type FileBytes = Uint8Array | { readonly problem: Text };

/** The bytes of a file, or of a pipe, up to the limit. */
export function readManifestFile(path: string): FileBytes {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, "r");
    const bytes = readUpTo(descriptor, LIMITS.manifestFileBytes + 1);
    return bytes.length > LIMITS.manifestFileBytes ? { problem: TOO_LARGE } : bytes;
  } catch (error) {
    return { problem: unreadable(error) };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

export const TOO_LARGE: Text = {
  fr: `le fichier dépasse ${LIMITS.manifestFileBytes} octets (limite manifestFileBytes)`,
  en: `the file exceeds ${LIMITS.manifestFileBytes} bytes (limit manifestFileBytes)`,
};

/** A file's size is only a first guess: pipes have none. */
function readUpTo(descriptor: number, most: number): Uint8Array {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let size = Math.min(fstatSync(descriptor).size + 1, most);
  while (length < most) {
    const chunk = Buffer.allocUnsafe(size);
    const read = readSync(descriptor, chunk);
    if (read === 0) break;
    chunks.push(chunk.subarray(0, read));
    length += read;
    size = Math.min(CHUNK, most - length);
  }
  return chunks.length === 1 ? (chunks[0] ?? new Uint8Array()) : Buffer.concat(chunks);
}

const CHUNK = 64 * 1024;

/** What a failed file operation means, in the words of a user. */
export function unreadable(error: unknown): Text {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return (
    REASONS[code] ?? {
      fr: `lecture impossible (${quote(code === "" ? String(error) : code)})`,
      en: `cannot be read (${quote(code === "" ? String(error) : code)})`,
    }
  );
}

const REASONS: Readonly<Record<string, Text>> = {
  ENOENT: { fr: "fichier ou dossier introuvable", en: "no such file or folder" },
  EACCES: {
    fr: "lecture refusée : vérifier les droits d'accès",
    en: "reading is not permitted: check the permissions",
  },
  ELOOP: { fr: "ce lien symbolique tourne en rond", en: "this symbolic link goes round in circles" },
};
