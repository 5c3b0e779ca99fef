import type { Segment } from "../../contract/field-path.ts";
import { isMapping } from "../decode/collections.ts";
import { groupOf, type KubernetesObject } from "../kind.ts";
import { holdsImage } from "./signs.ts";

/** By API group: where a policy says what its engine makes, or adds to the pods of others. */
const MADE: Readonly<Record<string, readonly (readonly string[])[]>> = {
  "kyverno.io": [
    ["spec", "rules", "generate"],
    ["spec", "rules", "mutate"],
  ],
  "mutations.gatekeeper.sh": [["spec", "parameters", "assign", "value"]],
};

/**
 * Where a policy has containers started: a pod that Kyverno generates, a sidecar that a mutation adds.
 * Patterns (`*`) and values that the engine fills in (`{{…}}`) are about the pods of others.
 */
export function madeByPolicy(object: KubernetesObject): readonly (readonly Segment[])[] {
  const group = groupOf(object);
  const places = Object.hasOwn(MADE, group) ? MADE[group] : undefined;
  return (places ?? []).flatMap((path) => {
    return partsAt(object.value, path, object.path).flatMap((part) =>
      holdsImage(part.value) ? [part.path] : [],
    );
  });
}

interface Part {
  readonly value: unknown;
  readonly path: readonly Segment[];
}

/** What stands at this path, lists on the way gone through. */
function partsAt(
  value: unknown,
  [key, ...rest]: readonly string[],
  path: readonly Segment[],
): readonly Part[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      partsAt(item, key === undefined ? rest : [key, ...rest], [...path, index]),
    );
  }
  if (key === undefined) return [{ value, path }];
  return isMapping(value) ? partsAt(value[key], rest, [...path, key]) : [];
}
