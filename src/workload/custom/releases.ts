import { isMapping, valueAt } from "../decode/collections.ts";
import { groupOf, type KubernetesObject } from "../objects/kind.ts";

type Read = (spec: unknown) => unknown;

/** Kinds whose controller renders a Helm chart, with readers of the chart's name. */
const RELEASES: Readonly<Record<string, Read>> = {
  "helm.toolkit.fluxcd.io/HelmRelease": (spec) =>
    valueAt(spec, "chart", "spec", "chart") ?? valueAt(spec, "chartRef", "name") ?? "",
  "helm.fluxcd.io/HelmRelease": (spec) =>
    valueAt(spec, "chart", "name") ?? valueAt(spec, "chart", "git") ?? "",
  "helm.cattle.io/HelmChart": (spec) => valueAt(spec, "chart") ?? "",
  "helm.crossplane.io/Release": (spec) => valueAt(spec, "forProvider", "chart", "name") ?? "",
  "argoproj.io/Application": chartOfSources,
  "argoproj.io/ApplicationSet": (spec) =>
    chartOfSources(valueAt(spec, "template", "spec")) ?? chartOfSources(valueAt(spec, "templatePatch")),
};

/**
 * Name of the Helm chart that an object deploys; empty if the object names none, undefined if it deploys no
 * chart.
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
  const listed = valueAt(spec, "sources");
  for (const source of [valueAt(spec, "source"), ...(Array.isArray(listed) ? listed : [])]) {
    const chart = valueAt(source, "chart");
    if (chart !== undefined && chart !== null) return chart;
    if (isMapping(valueAt(source, "helm"))) return valueAt(source, "path") ?? "";
  }
  return undefined;
}
