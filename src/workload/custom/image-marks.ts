// Marks on a workload that make a controller of the cluster replace its image.

import type { Segment } from "../../contract/field-path.ts";
import { isMapping, valueAt } from "../decode/collections.ts";
import { type KubernetesObject, workloadKind } from "../objects/kind.ts";

type Path = readonly Segment[];

const TRIGGERS = "image.openshift.io/triggers";
const RESOLVE_NAMES = "alpha.image.policy.openshift.io/resolve-names";
/** Policy of Keel (https://keel.sh/docs/#policies). */
const KEEL = "keel.sh/policy";
/** Flux of version 1 (https://fluxcd.io/legacy/flux/references/automated-image-update/). */
const AUTOMATED: ReadonlySet<string> = new Set(["flux.weave.works/automated", "fluxcd.io/automated"]);
/** Longest list of triggers that is read. */
const MOST_TEXT = 100_000;

/**
 * Paths, in a workload's object, of the marks that make a controller replace its image: triggers of OpenShift
 * that concern one of its containers, names that OpenShift resolves by image streams, and Keel's policies. On
 * an object of another kind, only the marks of its pods count.
 *
 * @param template path of the pod template
 */
export function imageMarks(object: KubernetesObject, template: Path): readonly Path[] {
  const { value, path } = object;
  const pod = valueAt(value, ...template);
  const places = workloadKind(object) === undefined ? [] : ["annotations", "labels"];
  const own = places.flatMap((of) => {
    const marks = valueAt(value, "metadata", of);
    if (!isMapping(marks)) return [];
    return Object.keys(marks)
      .filter((key) => replaces(key, marks[key], of === "annotations" ? pod : undefined))
      .map((key) => ["metadata", of, key]);
  });
  const resolved = valueAt(pod, "metadata", "annotations", RESOLVE_NAMES);
  const ofPod = template.length > 0 && typeof resolved === "string" && resolved !== "";
  return [...own, ...(ofPod ? [[...template, "metadata", "annotations", RESOLVE_NAMES]] : [])].map((one) => [
    ...path,
    ...one,
  ]);
}

/** @param pod template of the pods; undefined for a label, which is not a list of triggers */
function replaces(key: string, value: unknown, pod: unknown): boolean {
  if (typeof value !== "string" || value.trim() === "") return false;
  if (key === KEEL) return value.trim().toLowerCase() !== "never";
  if (pod === undefined) return false;
  if (AUTOMATED.has(key)) return value.trim() === "true";
  if (key === RESOLVE_NAMES) return true;
  return key === TRIGGERS && triggersOf(value).some((one) => concerns(one, pod));
}

/** Triggers in the annotation; an unreadable list counts as a trigger for every container. */
function triggersOf(text: string): readonly unknown[] {
  try {
    const triggers: unknown = text.length > MOST_TEXT ? undefined : JSON.parse(text);
    return Array.isArray(triggers) ? triggers : [{}];
  } catch {
    return [{}];
  }
}

function concerns(trigger: unknown, pod: unknown): boolean {
  if (!isMapping(trigger) || typeof trigger["fieldPath"] !== "string") return true;
  if ([true, "true"].includes(trigger["paused"] as string)) return false;
  const name = /\[\?\(@\.name==["']([^"']{1,63})["']\)\]/.exec(trigger["fieldPath"])?.[1];
  if (name === undefined) return true;
  return ["containers", "initContainers"].some((field) => {
    const listed = valueAt(pod, "spec", field);
    return Array.isArray(listed) && listed.some((one) => isMapping(one) && one["name"] === name);
  });
}
