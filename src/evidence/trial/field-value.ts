import { serviceAccountOf } from "../../contract/pod-defaults.ts";
import type { RawWorkload } from "../../contract/workload-facts.ts";
import { POD } from "../../trial/plan/addresses.ts";
import { controllerMarks } from "./controller-marks.ts";

/** The node's address, as the pod sees it. */
const HOST = "10.88.0.1";

/** Value of a pod field for a variable (fieldRef); undefined if the trial's pod lacks the field. */
export function fieldValue(
  path: string | undefined,
  workload: RawWorkload | undefined,
  hostname: string,
): string | undefined {
  const keyed = /^metadata\.(labels|annotations)\['([^']+)'\]$/.exec(path ?? "");
  if (keyed !== null) {
    const [, map, key = ""] = keyed;
    const values = marksOf(map === "labels" ? "labels" : "annotations", workload, hostname);
    return Object.hasOwn(values, key) ? values[key] : "";
  }
  const fields = new Map([
    ["metadata.name", hostname],
    ["metadata.namespace", workload?.namespace ?? "default"],
    ["metadata.uid", "00000000-0000-4000-8000-000000000000"],
    ["spec.nodeName", "node"],
    ["spec.serviceAccountName", serviceAccountOf(workload?.pod.spec)],
    ["status.hostIP", HOST],
    ["status.hostIPs", HOST],
    ["status.podIP", POD.ipv4],
    ["status.podIPs", `${POD.ipv4},${POD.ipv6}`],
  ]);
  return fields.get(path ?? "");
}

/**
 * Content of a file with a pod field. Unlike a variable, a file may contain all labels or annotations, but no
 * field of the node.
 */
export function fieldFile(
  path: string | undefined,
  workload: RawWorkload | undefined,
  hostname: string,
): string | undefined {
  if (path === "metadata.labels") return lines(marksOf("labels", workload, hostname));
  if (path === "metadata.annotations") return lines(marksOf("annotations", workload, hostname));
  return path?.startsWith("metadata.") === true ? fieldValue(path, workload, hostname) : undefined;
}

/** Labels or annotations of the template, with those of the controller, which go before. */
function marksOf(
  map: "labels" | "annotations",
  workload: RawWorkload | undefined,
  hostname: string,
): Readonly<Record<string, string>> {
  return { ...workload?.pod[map], ...controllerMarks(workload, hostname)[map] };
}

/** Map in the kubelet's format (fieldpath, FormatMap). */
function lines(map: Readonly<Record<string, string>>): string {
  return Object.entries(map)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .join("\n");
}
