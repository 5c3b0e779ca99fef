// Fields of a custom resource, beside the judged template, that change its pods.

import { formatPath, type Segment } from "../../contract/field-path.ts";
import { LIMITS } from "../../contract/limits.ts";
import { injectionMarks } from "../../start/injections.ts";
import { isForRuntime, isNetworkAttachment } from "../../start/pod-annotations.ts";
import { isMapping } from "../decode/collections.ts";
import { groupOf, type KubernetesObject } from "../objects/kind.ts";
import { objectType } from "../objects/objects.ts";
import { isOfKubernetes, isRouteOrRecord } from "./groups.ts";
import { replacesImage } from "./image-change.ts";
import type { Mapping } from "./signs.ts";
import { velaChanges } from "./vela-traits.ts";

type Path = readonly Segment[];

/** Fields of a pod that rules judge, and fields that start a pod of another form. */
const OF_PODS: ReadonlySet<string> = new Set([
  "automountServiceAccountToken",
  "customParams",
  "ephemeralContainers",
  "execNewPod",
  "hostAliases",
  "hostIPC",
  "hostNetwork",
  "hostPID",
  "initContainers",
  "runtimeClassName",
  "securityContext",
  "serviceAccountName",
  "shareProcessNamespace",
  "volumeMounts",
  "volumes",
]);

/** Fields that no cluster has a controller apply to pods. */
const NO_REQUEST: ReadonlySet<string> = new Set(["apiVersion", "kind", "metadata", "status"]);

/** Labels of nodes for which an image differs. */
const PLATFORM = /^(?:beta\.)?kubernetes\.io\/(?:arch|os)$/;

interface Search {
  /** Paths of pod templates, whose spec and metadata are judged. */
  readonly templates: ReadonlySet<string>;
  /** Names of the templates' containers. */
  readonly names: ReadonlySet<unknown>;
  readonly isOfPods: boolean;
  readonly found: Path[];
}

/**
 * Paths of fields, outside its pod templates, by which a custom resource changes the pods: parts of a pod's
 * spec, labels and annotations that rules know, patches as text, nodes of another platform. Other labels and
 * annotations have no effect on any row.
 *
 * @param templates paths of the templates in the object; without templates, only labels and annotations count
 */
export function overlaysIn(object: KubernetesObject, templates: readonly Path[]): readonly Path[] {
  if (isRouteOrRecord(object) || isOfKubernetes(groupOf(object))) return [];
  const { value, path } = object;
  const search: Search = {
    templates: new Set(templates.map(formatPath)),
    names: new Set(templates.flatMap((at) => containerNames(value, at))),
    isOfPods: templates.length > 0,
    found: templates.length > 0 ? [...velaChanges(object)] : [],
  };
  const isList = Array.isArray(value["items"]);
  if (!search.templates.has("")) {
    for (const key of Object.keys(value)) {
      if (!NO_REQUEST.has(key) && !(isList && key === "items")) visit(search, value[key], [key]);
    }
  }
  return search.found.map((one) => [...path, ...one]);
}

function visit(search: Search, value: unknown, path: Path): void {
  if (search.found.length >= LIMITS.podsPerObject) return;
  if (path.length > LIMITS.yamlDepth) {
    search.found.push(path);
    return;
  }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) visit(search, item, [...path, index]);
  }
  if (isMapping(value) && !isOfOwnKind(value)) visitMapping(search, value, path);
}

/** Whether a value is an object of Kubernetes' own kinds, which is judged for itself. */
function isOfOwnKind(value: Mapping): boolean {
  const type = objectType(value);
  return type !== undefined && isOfKubernetes(groupOf(type));
}

function visitMapping(search: Search, value: Mapping, path: Path): void {
  const isTemplate = search.templates.has(formatPath(path));
  if (!isTemplate) search.found.push(...marksIn(value).map((mark) => [...path, ...mark]));
  if (search.isOfPods && isPatchOfPods(value)) search.found.push([...path, "path"]);
  if (search.isOfPods && PLATFORM.test(String(value["key"])) && !isLinux(value["values"])) {
    search.found.push([...path, "key"]);
  }
  for (const [key, inner] of Object.entries(value)) {
    if (isTemplate && (key === "spec" || key === "metadata")) continue;
    const at = [...path, key];
    if (search.isOfPods && changesPods(search, key, inner)) search.found.push(at);
    else visit(search, inner, at);
  }
}

/** Whether a value is an operation of a JSON patch (RFC 6902) of a pod template, or of the object as a whole. */
function isPatchOfPods({ op, path }: Mapping): boolean {
  if (typeof op !== "string" || typeof path !== "string") return false;
  return ["", "/", "/spec"].includes(path) || /^\/spec\/(?:jobTemplate|template)(?:\/|$)/.test(path);
}

function changesPods({ names }: Search, key: string, value: unknown): boolean {
  if (OF_PODS.has(key)) return isSet(value);
  if (PLATFORM.test(key)) return !isLinux([value]);
  if (key === "imageChangeParams") return replacesImage(value, names);
  return /^patch(?:es)?$/i.test(key) && isText(value);
}

function isText(value: unknown): boolean {
  return Array.isArray(value) ? value.some(isText) : typeof value === "string" && value.trim() !== "";
}

function isSet(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (isMapping(value)) return Object.keys(value).length > 0;
  return ![undefined, null, false, ""].includes(value as undefined);
}

function isLinux(values: unknown): boolean {
  return Array.isArray(values) && values.length > 0 && values.every((value) => value === "linux");
}

/** Labels and annotations for pods that make rules leave rows open. */
function marksIn(value: Mapping): readonly Path[] {
  const marks = { labels: textsIn(value["labels"]), annotations: textsIn(value["annotations"]) };
  const asked = injectionMarks(marks).map((mark) => [mark.in, mark.key]);
  const others = Object.entries(marks.annotations).flatMap(([key, text]) =>
    isForRuntime(key, text) || isNetworkAttachment(key, text) || leavesAppArmor(key, text)
      ? [["annotations", key]]
      : [],
  );
  return [...asked, ...others];
}

/** Whether the annotation gives up AppArmor's profile. */
function leavesAppArmor(key: string, value: string): boolean {
  return key.startsWith("container.apparmor.security.beta.kubernetes.io/") && value === "unconfined";
}

function textsIn(value: unknown): Readonly<Record<string, string>> {
  if (!isMapping(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)]));
}

function containerNames(value: Mapping, template: Path): readonly unknown[] {
  let inner: unknown = value;
  for (const key of [...template, "spec", "containers"]) {
    inner = (inner as Readonly<Record<Segment, unknown>> | null | undefined)?.[key];
  }
  return Array.isArray(inner) ? inner.map((one: unknown) => (isMapping(one) ? one["name"] : undefined)) : [];
}
