import type { Segment } from "../../contract/field-path.ts";
import { isMapping } from "../decode/collections.ts";
import { groupOf, type KubernetesObject } from "../objects/kind.ts";
import { holdsImage } from "./signs.ts";

/** Paths, by API group, to objects that a policy's engine creates or adds to other pods. */
const MADE: Readonly<Record<string, readonly (readonly string[])[]>> = {
  "kyverno.io": [
    ["spec", "rules", "generate"],
    ["spec", "rules", "mutate"],
  ],
  "mutations.gatekeeper.sh": [["spec", "parameters", "assign", "value"]],
};

/**
 * Parts of a policy that start containers: a pod that Kyverno generates, a sidecar that a mutation adds.
 * Patterns (`*`) and filled-in values (`{{…}}`) are about other pods.
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

/** Values at this path, through lists. */
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
