import { basename, dirname, relative } from "node:path";
import { LIMITS } from "../../contract/limits.ts";
import { namesIn } from "../../files/list-folder.ts";
import type { Skipped } from "../objects/problem.ts";
import { buildKontinuous } from "./commands.ts";
import { chartMessage, chartOf } from "./helm-chart.ts";
import { KONTINUOUS, kontinuousOf } from "./kontinuous.ts";
import { KUSTOMIZATIONS, overlayIn } from "./kustomization.ts";
import { toolsIn } from "./tools.ts";

/**
 * Source that a non-manifest file belongs to: templates and values of a chart are reported as the chart.
 *
 * @param path absolute path
 * @param cwd absolute path that names are relative to
 */
export function builtFrom(path: string, cwd: string): Skipped | undefined {
  const named = (folder: string) => relative(cwd, folder) || ".";
  const holder = kontinuousOf(path);
  if (holder !== undefined) {
    const file = named(`${holder}/${KONTINUOUS}`);
    return { reason: "build", file, message: buildKontinuous(named(holder)) };
  }
  const [folder, entry] = [dirname(path), basename(path)];
  if (KUSTOMIZATIONS.has(entry)) {
    const overlay = overlayIn(folder, named(folder), [entry]);
    return overlay && { reason: "overlay", file: named(folder), message: overlay.message };
  }
  const [tool] = toolsIn(folder, named(folder), [entry]);
  if (tool !== undefined) return { reason: "build", file: named(folder), message: tool };
  const chart = chartOf(path);
  const message = chart && chartMessage(chart, named(chart), entriesOf(chart));
  return chart && message ? { reason: "chart", file: named(chart), message } : undefined;
}

function entriesOf(folder: string): readonly string[] {
  try {
    return namesIn(folder, LIMITS.listedEntries);
  } catch {
    return [];
  }
}
