import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Text } from "../../contract/text.ts";
import { renderChart } from "./commands.ts";
import { readYaml } from "./read-yaml.ts";

export const CHART = "Chart.yaml";
const PRODUCTION = /^values[-._](?:prod|prd|production)\.ya?ml$/i;

/**
 * Text about rendering a chart; undefined for a library, which cannot be rendered.
 *
 * @param path path of the chart's folder, absolute; `name`: as the user would type it
 * @param names names of the folder's entries
 */
export function chartMessage(path: string, name: string, names: readonly string[]): Text | undefined {
  const { type, dependencies } = readYaml(join(path, CHART));
  if (type === "library") return undefined;
  const needsCharts = Array.isArray(dependencies) && dependencies.length > 0 && !names.includes("charts");
  const values = names.find((entry) => PRODUCTION.test(entry));
  return renderChart(name, {
    needsCharts,
    ...(values === undefined ? {} : { values: name === "." ? values : join(name, values) }),
  });
}

/** Folder of the chart to which a file belongs. @param path absolute */
export function chartOf(path: string): string | undefined {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (existsSync(join(folder, CHART))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}
