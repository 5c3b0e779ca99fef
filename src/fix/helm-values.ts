// The fix as Helm values, for a chart that cannot be edited. Names follow a chart made by `helm create`,
// unless the rendered output shows that its securityContext is the pod's. Removed values are null, by which
// Helm drops a chart's default.

import { formatPath, parsePath, type Segment } from "../contract/field-path.ts";
import { locationText } from "../contract/object-location.ts";
import { containerName, type PlacementFacts, placements } from "../contract/pod-containers.ts";
import { excerpt } from "../contract/shown.ts";
import type { Lang, Text } from "../contract/text.ts";
import { podField, type WorkloadFacts } from "../contract/workload-facts.ts";
import { applyEdits, type Edit, type Json, valueAt } from "./syntax/edit.ts";
import { blockEntry } from "./syntax/render.ts";

type Values = Record<string, Json>;

/** Names of the two securityContext levels in a chart. */
interface ContextNames {
  readonly ofPod: string;
  readonly ofContainers: string;
}

/**
 * Names of the values in this chart. Fields of a container in the pod's securityContext show that the chart renders the
 * value `securityContext` there.
 */
function contextNames(workload: WorkloadFacts): ContextNames {
  const context = `${podField(workload, "spec.securityContext")}.`;
  if (workload.misplaced?.some((path) => path.startsWith(context)) === true)
    return { ofPod: "securityContext", ofContainers: "containerSecurityContext" };
  return { ofPod: "podSecurityContext", ofContainers: "securityContext" };
}

const STYLE = { step: 2, list: 2 };

/**
 * One YAML document per container to fix; the first also has the pod's values. Empty if there is nothing to
 * fix.
 */
export function helmValues(workload: WorkloadFacts, edits: readonly Edit[], lang: Lang): string {
  if (edits.length === 0) return "";
  const depth = parsePath(workload.podPath).length;
  const inPod = edits.map((edit) => ({ ...edit, path: edit.path.slice(depth) }));
  const after = applyEdits(workload.pod, inPod);
  const names = contextNames(workload);
  const ofPod = contextValues(after, inPod, ["spec", "securityContext"]);
  const documents: string[] = [];
  let first: Values = ofPod === undefined ? {} : { [names.ofPod]: ofPod };
  for (const placement of placements(workload)) {
    const at = parsePath(placement.path).slice(depth);
    const own = containerValues(after, inPod, at, names);
    if (Object.keys(own).length === 0) continue;
    documents.push(documentText(headOf(workload, placement, lang), { ...first, ...own }));
    first = {};
  }
  const rest = others(inPod, lang);
  const isOfPodAlone = documents.length === 0 && rest !== "";
  if (isOfPodAlone || Object.keys(first).length > 0)
    documents.push(documentText(headOf(workload, undefined, lang), first));
  return documents.join("---\n") + rest;
}

function containerValues(
  after: unknown,
  edits: readonly Edit[],
  at: readonly Segment[],
  { ofContainers }: ContextNames,
): Values {
  const context = contextValues(after, edits, [...at, "securityContext"]);
  const mounts = appended(edits, [...at, "volumeMounts"]);
  const names = mounts.map((mount) => valueAt(mount, ["name"]));
  const volumes = appended(edits, ["spec", "volumes"]).filter((volume) =>
    names.includes(valueAt(volume, ["name"])),
  );
  const values: Values = {};
  for (const probe of ["readinessProbe", "livenessProbe"]) {
    const edit = edits.find((one) => one.op === "set" && formatPath(one.path) === formatPath([...at, probe]));
    if (edit?.op === "set") values[probe] = edit.value;
  }
  if (context !== undefined) values[ofContainers] = context;
  if (mounts.length > 0) values["volumeMounts"] = mounts;
  if (volumes.length > 0) values["volumes"] = volumes;
  return values;
}

/** Values of a changed securityContext. Lists are complete, because Helm does not merge them. */
function contextValues(after: unknown, edits: readonly Edit[], at: readonly Segment[]): Json | undefined {
  const changed = edits.filter(({ path }) => isBelow(path, at));
  if (changed.length === 0) return undefined;
  const sets = changed.map(({ path }): Edit => {
    const index = path.findIndex((segment, depth) => depth >= at.length && typeof segment === "number");
    const field = index < 0 ? path : path.slice(0, index);
    const value = (valueAt(after, field) ?? null) as Json;
    return { op: "set", path: field.slice(at.length), value: isEmptyList(value) ? null : value };
  });
  return applyEdits({}, sets) as Json;
}

function isEmptyList(value: Json): boolean {
  return Array.isArray(value) && value.length === 0;
}

function appended(edits: readonly Edit[], at: readonly Segment[]): readonly Json[] {
  const list = formatPath(at);
  return edits.flatMap((edit) =>
    edit.op === "append" && formatPath(edit.path) === list ? [edit.value] : [],
  );
}

function isBelow(path: readonly Segment[], outer: readonly Segment[]): boolean {
  return path.length > outer.length && outer.every((segment, index) => path[index] === segment);
}

function documentText(head: string, values: Values): string {
  const lines = Object.entries(values).flatMap(([key, value]) => blockEntry(key, value, "", STYLE));
  return `${head}${lines.map((line) => `${line}\n`).join("")}`;
}

function headOf(workload: WorkloadFacts, placement: PlacementFacts | undefined, lang: Lang): string {
  const { kind, name, at } = workload;
  const of = `${excerpt(kind)} ${excerpt(name)}`;
  const where = excerpt(locationText(at));
  if (placement === undefined) return `# ${of} (${where})\n`;
  const container = excerpt(containerName(placement));
  return `# ${{ fr: `${of}, conteneur ${container} (${where})`, en: `${of}, container ${container} (${where})` }[lang]}\n`;
}

const OTHERS: Text = {
  fr: "à changer aussi, selon ce que le chart permet :",
  en: "to be changed, too, as far as the chart allows it:",
};
const REMOVE: Text = { fr: "retirer", en: "remove" };

/** Comment lines for edits without a customary name in charts. */
function others(edits: readonly Edit[], lang: Lang): string {
  const lines = edits
    .filter(
      ({ path }) => !path.includes("securityContext") && !/volume(?:s|Mounts)$|Probe$/.test(formatPath(path)),
    )
    .map((edit) => {
      const path = formatPath(edit.path);
      return edit.op === "remove" ? `${REMOVE[lang]} ${path}` : `${path}: ${JSON.stringify(edit.value)}`;
    });
  return lines.length === 0 ? "" : `# ${OTHERS[lang]}\n${lines.map((line) => `#   ${line}\n`).join("")}`;
}
