// How a part of an object shows that containers are started from it.

import { LIMITS } from "../../contract/limits.ts";
import { isMapping } from "../decode/collections.ts";

export type Mapping = Readonly<Record<string, unknown>>;

/** What stands in containers, and seldom elsewhere. */
const OF_CONTAINERS = [
  "args",
  "command",
  "env",
  "envFrom",
  "image",
  "livenessProbe",
  "ports",
  "readinessProbe",
  "resources",
  "securityContext",
  "volumeMounts",
] as const;

function isContainer(value: unknown): value is Mapping {
  return isMapping(value) && OF_CONTAINERS.some((field) => value[field] !== undefined);
}

/** A pod's spec: it has a list of containers. Lists of that name also hold names, policies, stores of blobs. */
export function isPodSpec(value: unknown): value is Mapping {
  return isMapping(value) && Array.isArray(value["containers"]) && value["containers"].some(isContainer);
}

/** What is nested deeper than a document may be (aliases do that) is not looked into, and counts as one. */
export function holdsPodSpec(value: unknown, depth = 0): boolean {
  if (depth > LIMITS.yamlDepth) return true;
  if (Array.isArray(value)) return value.some((item) => holdsPodSpec(item, depth + 1));
  if (!isMapping(value)) return false;
  return isPodSpec(value) || Object.values(value).some((item) => holdsPodSpec(item, depth + 1));
}

/** Nothing is left for a controller to fill in: every container names its image. */
export function isWhole(spec: Mapping): boolean {
  return ["containers", "initContainers"].every((field) => {
    const listed = spec[field] ?? [];
    return Array.isArray(listed) && listed.every((one) => isMapping(one) && isNamed(one["image"]));
  });
}

function isNamed(image: unknown): boolean {
  return typeof image === "string" && image !== "";
}

const IMAGE = /^(?:image|imageName|[a-z]\w*Image)$/;
const SECURITY = /^(?:securityContext|[a-z]\w*SecurityContext)$/;

/** The fields by which a mapping of a custom resource shows that it has containers started. */
export function signsIn(mapping: Mapping): readonly string[] {
  return Object.keys(mapping).filter((field) => {
    const value = mapping[field];
    if (SECURITY.test(field)) return isMapping(value) && Object.keys(value).length > 0;
    return IMAGE.test(field) && namesImage(value, mapping);
  });
}

/** What stands beside an image that is started, where there is no container around it. */
const BESIDE_IMAGES: readonly string[] = [
  ...OF_CONTAINERS.filter((field) => field !== "image"),
  "imagePullPolicy",
  "imagePullSecrets",
  "port",
  "pullPolicy",
  "replicas",
  "schedule",
  "script",
  "serviceAccountName",
  "source",
  "tag",
];

/** Of pictures, and of machines' disks. */
const OTHER_IMAGES = /\s|:\/\/|\.(?:gif|ico|img|iso|jpe?g|png|qcow2|svg|vmdk|webp)$/i;

/** One word may be anything; a machine's disk, too. */
function namesImage(value: unknown, beside: Mapping): boolean {
  if (isMapping(value)) return isNamed(value["repository"]);
  if (typeof value !== "string" || value === "" || OTHER_IMAGES.test(value)) return false;
  return /[/:@]/.test(value) || BESIDE_IMAGES.some((field) => beside[field] !== undefined);
}
