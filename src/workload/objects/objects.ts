import { InvalidInputError } from "../../contract/error.ts";
import type { Segment } from "../../contract/field-path.ts";
import { LIMITS } from "../../contract/limits.ts";
import { isMapping } from "../decode/collections.ts";
import type { KubernetesObject } from "./kind.ts";

/**
 * Kubernetes objects of a document: itself, its list items, the elements of a JSON array. kubectl and Argo CD
 * treat anything with `items` as a List, whatever its kind, so the items of a ConfigMap may contain a Pod. A
 * value without apiVersion and kind is not an object.
 *
 * @throws InvalidInputError list-too-deep
 */
export function* objectsOf(document: unknown): Generator<KubernetesObject> {
  if (Array.isArray(document)) yield* itemsOf(document, [], 1, undefined);
  else yield* objectsIn(document, [], 0, undefined);
}

export type ObjectType = Pick<KubernetesObject, "apiVersion" | "kind">;

function* objectsIn(
  value: unknown,
  path: readonly Segment[],
  depth: number,
  inherited: ObjectType | undefined,
): Generator<KubernetesObject> {
  if (depth > LIMITS.listDepth) throw tooDeep();
  if (!isMapping(value)) return;
  const { items } = value as { readonly items?: unknown };
  const type = objectType(value) ?? inherited;
  if (type !== undefined && !(type.kind.endsWith("List") && Array.isArray(items))) {
    yield { value, ...type, path };
  }
  if (Array.isArray(items)) yield* itemsOf(items, [...path, "items"], depth + 1, itemType(type));
}

/** Type of an object; undefined if incomplete. kubectl then gives an item the type implied by its list. */
export function objectType({ apiVersion, kind }: Readonly<Record<string, unknown>>): ObjectType | undefined {
  const isNamed = (name: unknown): name is string => typeof name === "string" && name !== "";
  return isNamed(apiVersion) && isNamed(kind) ? { apiVersion, kind } : undefined;
}

function itemType(list: ObjectType | undefined): ObjectType | undefined {
  const kind = list?.kind.replace(/List$/, "") ?? "";
  return list === undefined || kind === "" ? undefined : { apiVersion: list.apiVersion, kind };
}

function* itemsOf(
  items: readonly unknown[],
  path: readonly Segment[],
  depth: number,
  inherited: ObjectType | undefined,
): Generator<KubernetesObject> {
  for (const [index, item] of items.entries()) {
    yield* objectsIn(item, [...path, index], depth, inherited);
  }
}

function tooDeep(): InvalidInputError {
  return new InvalidInputError("list-too-deep", {
    fr: `plus de ${LIMITS.listDepth} listes imbriquées (limite listDepth)`,
    en: `more than ${LIMITS.listDepth} lists within lists (limit listDepth)`,
  });
}
