import { InvalidInputError } from "../../contract/error.ts";
import { formatPath, type Segment } from "../../contract/field-path.ts";
import { LIMITS } from "../../contract/limits.ts";
import { isMapping, valueAt } from "../decode/collections.ts";
import { type KubernetesObject, templatePath, type WorkloadKind, workloadKind } from "../objects/kind.ts";
import { objectType } from "../objects/objects.ts";
import { holdsWorkload } from "./embedded.ts";
import { isBuiltIn, isCompletedByController, isMachine, startsNothing } from "./groups.ts";
import { lifetimeWithin } from "./lifetime.ts";
import { madeByPolicy } from "./policies.ts";
import { isImageOfRegistry, isPodSpec, isWhole, type Mapping, signsIn } from "./signs.ts";

/** Pods in an object of an unknown kind. */
export interface PodsWithin {
  readonly workloads: readonly WorkloadWithin[];
  /** Paths of other parts that start containers without declaring them fully. */
  readonly unjudged: readonly (readonly Segment[])[];
}

/** Pod template of the object itself, or of another object inside it. */
interface WorkloadWithin {
  readonly object: KubernetesObject;
  readonly kind: WorkloadKind;
  /** Name that distinguishes the pods of one object. */
  readonly part?: string;
}

interface Search {
  readonly object: KubernetesObject;
  /** Set if the fields around the pods are interpreted by a controller. */
  readonly isCustom: boolean;
  readonly isCompleted: boolean;
  readonly templates: FoundTemplate[];
  readonly objects: WorkloadWithin[];
  readonly unjudged: { readonly path: readonly Segment[]; readonly value: unknown }[];
}

interface FoundTemplate {
  /** Path in the object. */
  readonly path: readonly Segment[];
  readonly spec: Mapping;
  /** Name of the nearest enclosing list element with a name. */
  readonly name: string | undefined;
}

/** Position in the object. */
interface Place {
  readonly path: readonly Segment[];
  readonly name: string | undefined;
}

/** Fields that request nothing from the cluster. */
const NO_REQUEST: ReadonlySet<string> = new Set(["apiVersion", "kind", "metadata", "status"]);

/** Fields to skip in a List, whose items are separate objects. */
const NOT_OF_LIST: ReadonlySet<string> = new Set([...NO_REQUEST, "items"]);

/**
 * Finds pods by structure at any depth. Templates whose `spec` lists containers with images, and complete
 * workloads inside the object, are judged. Other indications of containers (an image, a security context, a
 * manifest as text) are reported.
 *
 * @throws InvalidInputError `pods-per-object`, `object-too-deep`
 */
export function podsWithin(object: KubernetesObject): PodsWithin {
  if (startsNothing(object)) return { workloads: [], unjudged: madeByPolicy(object) };
  const search: Search = {
    object,
    isCustom: !isBuiltIn(object),
    isCompleted: isCompletedByController(object),
    templates: [],
    objects: [],
    unjudged: [],
  };
  const isList = Array.isArray(object.value["items"]);
  visitMapping(search, object.value, { path: [], name: undefined }, isList ? NOT_OF_LIST : NO_REQUEST);
  const { templates, objects, unjudged } = search;
  const images = new Set(templates.flatMap(({ spec }) => imagesOf(spec)));
  return {
    workloads: [...templates.map((one) => ofTemplate(object, one, templates)), ...objects],
    unjudged: unjudged
      .filter(({ value }) => typeof value !== "string" || !images.has(value))
      .map(({ path }) => [...object.path, ...path]),
  };
}

function visit(search: Search, value: unknown, place: Place): void {
  if (typeof value === "string") {
    const isListed = typeof place.path.at(-1) === "number";
    const isImage = search.isCustom && isListed && isImageOfRegistry(value);
    if (isImage || holdsWorkload(value)) note(search, place.path, isImage ? value : undefined);
    return;
  }
  if (place.path.length > LIMITS.yamlDepth) throw tooDeep();
  if (isMapping(value)) visitObject(search, value, place);
  if (!Array.isArray(value)) return;
  for (const [index, item] of value.entries()) {
    visit(search, item, { path: [...place.path, index], name: nameOf(item) ?? place.name });
  }
}

function nameOf(item: unknown): string | undefined {
  return isMapping(item) && typeof item["name"] === "string" ? item["name"] : undefined;
}

/** Visits an object inside the object, possibly a complete workload. */
function visitObject(search: Search, value: Mapping, place: Place): void {
  const type = objectType(value);
  const object =
    type === undefined ? undefined : { value, ...type, path: [...search.object.path, ...place.path] };
  if (object === undefined) return visitMapping(search, value, place, NOTHING);
  if (startsNothing(object)) return;
  const kind = workloadKind(object);
  const template = kind === undefined ? undefined : valueAt(value, ...templatePath(kind));
  if (kind === undefined || !isMapping(template) || !isPodSpec(template["spec"])) {
    return visitMapping(search, value, place, NO_REQUEST);
  }
  search.objects.push({ object, kind });
  bounded(search);
}

const NOTHING: ReadonlySet<string> = new Set();

function visitMapping(
  search: Search,
  value: Mapping,
  { path, name }: Place,
  leftOut: ReadonlySet<string>,
): void {
  const { spec } = value;
  const isTemplate = isPodSpec(spec);
  if (isTemplate) {
    if (search.isCompleted || !isWhole(spec)) note(search, [...path, "spec", "containers"], undefined);
    else search.templates.push({ path, spec, name });
    bounded(search);
  } else if (isPodSpec(value)) return note(search, [...path, "containers"], undefined);
  if (search.isCustom)
    for (const field of signsIn(value, !isMachine(search.object)))
      note(search, [...path, field], value[field]);
  for (const key of Object.keys(value)) {
    if (leftOut.has(key) || (isTemplate && (key === "spec" || key === "metadata"))) continue;
    visit(search, value[key], { path: [...path, key], name });
  }
}

function note(search: Search, path: readonly Segment[], value: unknown): void {
  search.unjudged.push({ path, value });
  bounded(search);
}

function imagesOf(spec: Mapping): readonly unknown[] {
  return ["containers", "initContainers"].flatMap((field) => {
    const listed = spec[field];
    return Array.isArray(listed) ? listed.map((one) => valueAt(one, "image")) : [];
  });
}

function ofTemplate(
  object: KubernetesObject,
  { path, spec, name }: FoundTemplate,
  all: readonly FoundTemplate[],
): WorkloadWithin {
  const lifetime = lifetimeWithin(object, path, spec);
  const kind: WorkloadKind = { template: templateAt(path), ...(lifetime === undefined ? {} : { lifetime }) };
  if (all.length === 1) return { object, kind };
  const isUnique = name !== undefined && all.filter((other) => other.name === name).length === 1;
  return { object, kind, part: isUnique ? name : partOf(path) };
}

/** Template location as in Kubernetes' own kinds, with their neighbouring fields. */
function templateAt(path: readonly Segment[]): WorkloadKind["template"] {
  if (path.length === 0) return "pod";
  const shown = formatPath(path);
  return shown === "template" || shown === "spec.template" ? shown : path;
}

/** Name of a pod's part: `spec.headGroupSpec.template` → `headGroupSpec`. */
function partOf(path: readonly Segment[]): string {
  const start = path[0] === "spec" ? 1 : 0;
  return formatPath(path.slice(start, path.at(-1) === "template" ? -1 : undefined));
}

function bounded({ templates, objects, unjudged }: Search): void {
  if (templates.length + objects.length + unjudged.length <= LIMITS.podsPerObject) return;
  throw new InvalidInputError("pods-per-object", {
    fr: `plus de ${LIMITS.podsPerObject} pods ou images dans un seul objet (limite podsPerObject)`,
    en: `more than ${LIMITS.podsPerObject} pods or images in one object (limit podsPerObject)`,
  });
}

function tooDeep(): InvalidInputError {
  return new InvalidInputError("object-too-deep", {
    fr: `objet imbriqué sur plus de ${LIMITS.yamlDepth} niveaux (limite yamlDepth)`,
    en: `an object nested more than ${LIMITS.yamlDepth} levels deep (limit yamlDepth)`,
  });
}
