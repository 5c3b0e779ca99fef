import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { LIMITS } from "../contract/limits.ts";
import type { Text } from "../contract/text.ts";
import type { Skipped } from "./problem.ts";
import { renderChart, renderOverlay } from "./rendering.ts";
import { unreadable } from "./unreadable.ts";
import { type Choose, type Found, filesIn } from "./walk.ts";

/** A file to read, or something to say about one. */
export type Entry = Found | { readonly is: "skipped"; readonly skipped: Skipped };

export const MANIFEST = /\.(?:ya?ml|json)$/i;
const KUSTOMIZATION: ReadonlySet<string> = new Set([
  "kustomization.yaml",
  "kustomization.yml",
  "Kustomization",
]);
const CHART = "Chart.yaml";
/** The folders of a chart that hold what is not a manifest: templates, and other charts. */
const CHART_FOLDERS: ReadonlySet<string> = new Set(["templates", "charts"]);

/**
 * The manifests below a folder, in the order of their names; links are followed, once. Charts and
 * Kustomize overlays are named instead.
 */
export function manifestsIn(path: string, name: string): Generator<Entry> {
  return filesIn<Entry>(path, name, manifestsOf(false));
}

function manifestsOf(inOverlay: boolean): Choose<Entry> {
  return (name, names) => {
    const isChart = names.includes(CHART);
    const isOverlay = names.some((entry) => KUSTOMIZATION.has(entry));
    const skipped: Skipped[] = [];
    if (isChart) skipped.push({ reason: "chart", file: name, message: renderChart(name) });
    if (isOverlay) skipped.push({ reason: "overlay", file: name, message: renderOverlay(name) });
    return {
      wants: (entry) => MANIFEST.test(entry) && !inOverlay && !isOverlay,
      ...(isChart ? { leftOut: CHART_FOLDERS } : {}),
      says: skipped.map((one) => ({ is: "skipped", skipped: one })),
      below: manifestsOf(inOverlay || isOverlay),
    };
  };
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

/** What a file holds, up to so many bytes. Its size is only a first guess: pipes have none. */
export function readUpTo(descriptor: number, most: number): Uint8Array {
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
