import { InvalidInputError } from "../contract/error.ts";
import { LIMITS } from "../contract/limits.ts";
import { isMapping } from "./decode/collections.ts";
import type { Segment } from "./field-path.ts";
import type { KubernetesObject } from "./kind.ts";

/**
 * The Kubernetes objects of a document: itself, the items of a List (also a typed one such as
 * DeploymentList, whose items may leave their kind out), the elements of a JSON array. What has no
 * apiVersion and kind is none.
 *
 * @throws InvalidInputError list-too-deep
 */
export function* objectsOf(document: unknown): Generator<KubernetesObject> {
  if (Array.isArray(document)) yield* itemsOf(document, [], 1);
  else yield* objectsIn(document, [], 0, {});
}

interface Inherited {
  readonly apiVersion?: unknown;
  readonly kind?: unknown;
}

function* objectsIn(
  value: unknown,
  path: readonly Segment[],
  depth: number,
  inherited: Inherited,
): Generator<KubernetesObject> {
  if (depth > LIMITS.listDepth) throw tooDeep();
  if (!isMapping(value)) return;
  const { apiVersion = inherited.apiVersion, kind = inherited.kind } = value as Inherited;
  if (typeof apiVersion !== "string" || typeof kind !== "string") return;
  const { items } = value as { items?: unknown };
  if (!kind.endsWith("List") || !Array.isArray(items)) {
    yield { value, apiVersion, kind, path };
    return;
  }
  const itemKind = kind.slice(0, -"List".length);
  yield* itemsOf(items, [...path, "items"], depth + 1, itemKind === "" ? {} : { apiVersion, kind: itemKind });
}

function* itemsOf(
  items: readonly unknown[],
  path: readonly Segment[],
  depth: number,
  inherited: Inherited = {},
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
