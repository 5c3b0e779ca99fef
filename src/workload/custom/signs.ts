// Indications that containers are started from a part of an object.

import { LIMITS } from "../../contract/limits.ts";
import { isMapping } from "../decode/collections.ts";

export type Mapping = Readonly<Record<string, unknown>>;

/** Fields typical of containers. */
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

/**
 * Whether a value is a pod's spec: a list of containers, since lists of that name also contain names,
 * policies or blob stores.
 */
export function isPodSpec(value: unknown): value is Mapping {
  return isMapping(value) && Array.isArray(value["containers"]) && value["containers"].some(isContainer);
}

/**
 * Whether a value contains a pod spec. Nesting beyond the bound on documents, which aliases allow, is not
 * examined and counts as a pod spec.
 */
export function holdsPodSpec(value: unknown, depth = 0): boolean {
  if (depth > LIMITS.yamlDepth) return true;
  if (Array.isArray(value)) return value.some((item) => holdsPodSpec(item, depth + 1));
  if (!isMapping(value)) return false;
  return isPodSpec(value) || Object.values(value).some((item) => holdsPodSpec(item, depth + 1));
}

/** Whether every container names its image, so that no controller adds images. */
export function isWhole(spec: Mapping): boolean {
  return ["containers", "initContainers"].every((field) => {
    const listed = spec[field] ?? [];
    return Array.isArray(listed) && listed.every((one) => isMapping(one) && isNamed(one["image"]));
  });
}

/** Whether a value contains a container with a literal image, at any depth, or in a text. */
export function holdsImage(value: unknown, depth = 0): boolean {
  if (depth > LIMITS.yamlDepth) return true;
  if (typeof value === "string") return /\bimage\b["']?:\s{0,5}["']?[a-z0-9]/.test(value);
  if (Array.isArray(value)) return value.some((item) => holdsImage(item, depth + 1));
  if (!isMapping(value)) return false;
  const image = value["image"];
  if (isNamed(image) && !/[*?]|\{\{/.test(image)) return true;
  return Object.values(value).some((item) => holdsImage(item, depth + 1));
}

function isNamed(image: unknown): image is string {
  return typeof image === "string" && image !== "";
}

const IMAGE = /^(?:image|imageName|[a-z]\w*Image)$/;
/** Field names about images, in any language: `imageConteneur`, `serverImageRef`. */
const ABOUT_IMAGE = /image/i;
const SECURITY = /^(?:securityContext|[a-z]\w*SecurityContext)$/;

/**
 * Fields of a mapping in a custom resource that indicate that containers are started for it.
 *
 * @param isWord whether a single word can be an image
 */
export function signsIn(mapping: Mapping, isWord: boolean): readonly string[] {
  return Object.keys(mapping).filter((field) => {
    const value = mapping[field];
    if (SECURITY.test(field)) return isMapping(value) && Object.keys(value).length > 0;
    if (IMAGE.test(field)) return namesImage(value, mapping, isWord);
    return (
      typeof value === "string" &&
      (isImageOfRegistry(value) || (ABOUT_IMAGE.test(field) && TAGGED.test(value)))
    );
  });
}

/** Fields beside an image that is started without a container definition. */
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

/** Names of pictures, and of disk images of machines. */
const OTHER_IMAGES = /\s|:\/\/|\.(?:gif|ico|img|iso|jpe?g|png|qcow2|svg|vmdk|webp)$/i;

/** Keywords instead of a name. */
const NO_NAMES = /^(?:auto|default|enabled|disabled|false|latest|never|no|none|null|true|yes)$/i;
/** Name of an image on Docker Hub with the tag latest: `alpine`. */
const NAME = /^[a-z0-9]{1,60}(?:[._-][a-z0-9]{1,60}){0,10}$/;
const TAG = "(?::[\\w][\\w.-]{0,127}|@sha256:[0-9a-f]{64})";
/** An image with a tag or a digest: `nginx:1.27`. */
const TAGGED = new RegExp(`^(?:[\\w.-]{1,100}(?::\\d{1,5})?/)?(?:[\\w.-]{1,100}/){0,8}[\\w.-]{1,100}${TAG}$`);
/** An image with a registry, which cannot be mistaken for anything else. */
const OF_REGISTRY = new RegExp(
  `^[\\w-]{1,60}(?:\\.[\\w-]{1,60}){1,8}(?::\\d{1,5})?/(?:[\\w.-]{1,100}/){0,8}[\\w.-]{1,100}${TAG}$`,
);

/** Whether the value is a full image reference, regardless of the field's name. */
export function isImageOfRegistry(value: string): boolean {
  return value.length <= 500 && OF_REGISTRY.test(value);
}

function namesImage(value: unknown, beside: Mapping, isWord: boolean): boolean {
  if (isMapping(value)) return isNamed(value["repository"]);
  if (typeof value !== "string" || value === "" || OTHER_IMAGES.test(value)) return false;
  if (/[/:@]/.test(value) || BESIDE_IMAGES.some((field) => beside[field] !== undefined)) return true;
  return isWord && NAME.test(value) && /[a-z]/.test(value) && !NO_NAMES.test(value);
}
