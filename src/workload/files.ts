import { join, relative } from "node:path";
import { LIMITS } from "../contract/limits.ts";
import type { Text } from "../contract/text.ts";
import { buildKontinuous } from "./build/commands.ts";
import { CHART, chartMessage } from "./build/helm-chart.ts";
import { KONTINUOUS, kontinuousOf } from "./build/kontinuous.ts";
import { type BuiltTogether, overlayIn } from "./build/kustomization.ts";
import { toolsIn } from "./build/tools.ts";
import type { Exclusions } from "./left-out/left-out.ts";
import type { Skipped } from "./objects/problem.ts";
import { type Choose, type Found, filesIn } from "./walk.ts";

/** File to read, or a message about a file. */
export type Entry = Found | SkippedEntry;

interface SkippedEntry {
  readonly kind: "skipped";
  readonly skipped: Skipped;
  readonly overlay?: BuiltTogether;
}

export const MANIFEST = /\.(?:ya?ml|json)$/i;
/** Folders of a chart without manifests: templates, and other charts. */
const CHART_FOLDERS: ReadonlySet<string> = new Set(["templates", "charts"]);

/**
 * Manifests below a folder, sorted by name; links are followed once. Charts, Kustomize overlays and sources
 * of other tools are reported instead.
 *
 * @param path absolute path
 */
export function* manifestsIn(path: string, name: string, exclusions?: Exclusions): Generator<Entry> {
  const holder = kontinuousOf(path);
  if (holder === undefined)
    yield* filesIn<Entry>(path, name, manifestsOf(false), LIMITS.folderEntries, exclusions);
  else yield kontinuousEntry(name, join(name, relative(path, holder)));
}

function kontinuousEntry(file: string, holder: string): SkippedEntry {
  return { kind: "skipped", skipped: { reason: "build", file, message: buildKontinuous(holder) } };
}

function manifestsOf(inOverlay: boolean): Choose<Entry> {
  return (name, names, path) => {
    const isChart = names.includes(CHART);
    const overlay = overlayIn(path, name, names);
    const leftOut = new Set(isChart ? CHART_FOLDERS : []);
    const says: SkippedEntry[] = [];
    const say = (reason: Skipped["reason"], message: Text | undefined, more = {}) => {
      if (message !== undefined)
        says.push({ kind: "skipped", skipped: { reason, file: name, message }, ...more });
    };
    if (isChart) say("chart", chartMessage(path, name, names));
    if (overlay !== undefined) say("overlay", overlay.message, { overlay });
    for (const message of toolsIn(path, name, names)) say("build", message);
    if (names.includes(KONTINUOUS)) {
      leftOut.add(KONTINUOUS);
      says.push(kontinuousEntry(join(name, KONTINUOUS), name));
    }
    const isInOverlay = inOverlay || overlay !== undefined;
    return {
      wants: (entry) => MANIFEST.test(entry) && !isInOverlay,
      leftOut,
      says,
      below: manifestsOf(isInOverlay),
    };
  };
}
