import type { Text } from "../contract/text.ts";
import { isPodSpec } from "./custom/signs.ts";
import { isMapping } from "./decode/collections.ts";
import { objectType } from "./objects/objects.ts";

/** Paths of a pod's spec in Kubernetes' own kinds. */
const SPECS: readonly (readonly string[])[] = [
  ["spec"],
  ["spec", "template", "spec"],
  ["spec", "jobTemplate", "spec", "template", "spec"],
  ["template", "spec"],
];

/** Cheap test before parsing: whether the text may be a pod without apiVersion and kind. */
export function mayBeUntyped(text: string): boolean {
  return text.includes("containers") && text.includes("spec");
}

/** Whether a document has the form of a pod or a workload, and lacks apiVersion or kind. */
export function isUntyped(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isUntyped);
  if (!isMapping(value) || objectType(value) !== undefined) return false;
  return SPECS.some((path) => {
    let inner: unknown = value;
    for (const key of path) inner = isMapping(inner) ? inner[key] : undefined;
    return isPodSpec(inner);
  });
}

export const UNTYPED: Text = {
  fr: "ce document a la forme d'un pod ou d'un workload, mais il y manque apiVersion ou kind : Kubernetes le refuse et il n'est pas jugé. Les écrire, ou retirer le document",
  en: "this document has the form of a pod or a workload, but lacks apiVersion or kind: Kubernetes refuses it, and it is not judged. Write them, or take the document out",
};
