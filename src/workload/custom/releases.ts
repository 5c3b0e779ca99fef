import { isMapping } from "../decode/collections.ts";
import { groupOf, type KubernetesObject } from "../objects/kind.ts";

type Read = (spec: unknown) => unknown;

/** Kinds whose controller renders a Helm chart, with readers of the chart's name. */
const RELEASES: Readonly<Record<string, Read>> = {
  "helm.toolkit.fluxcd.io/HelmRelease": (spec) =>
    at(spec, "chart", "spec", "chart") ?? at(spec, "chartRef", "name") ?? "",
  "helm.fluxcd.io/HelmRelease": (spec) => at(spec, "chart", "name") ?? at(spec, "chart", "git") ?? "",
  "helm.cattle.io/HelmChart": (spec) => at(spec, "chart") ?? "",
  "helm.crossplane.io/Release": (spec) => at(spec, "forProvider", "chart", "name") ?? "",
  "argoproj.io/Application": chartOfSources,
  "argoproj.io/ApplicationSet": (spec) =>
    chartOfSources(at(spec, "template", "spec")) ?? chartOfSources(at(spec, "templatePatch")),
};

/**
 * Name of the Helm chart that an object deploys; empty if it names none, undefined if it deploys no chart.
 */
export function releasedChart(object: KubernetesObject): string | undefined {
  const read = RELEASES[`${groupOf(object)}/${object.kind}`];
  const chart = read?.(object.value["spec"]);
  if (chart === undefined) return undefined;
  return typeof chart === "string" ? chart : "";
}

/**
 * Chart of an Application's sources; an Application that names a folder of manifests is judged by that
 * folder.
 */
function chartOfSources(spec: unknown): unknown {
  const listed = at(spec, "sources");
  for (const source of [at(spec, "source"), ...(Array.isArray(listed) ? listed : [])]) {
    const chart = at(source, "chart");
    if (chart !== undefined) return chart;
    if (isMapping(at(source, "helm"))) return at(source, "path") ?? "";
  }
  return undefined;
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  let inner = value;
  for (const key of keys) inner = isMapping(inner) ? inner[key] : undefined;
  return inner ?? undefined;
}
