import { valueAt } from "../decode/collections.ts";
import { type KubernetesObject, typeOf } from "../objects/kind.ts";
import type { Bearing, OwnApi, RelatedRead } from "./related-object.ts";

/** Kind that a CustomResourceDefinition defines; undefined for other objects. */
export function definitionOf(object: KubernetesObject): Bearing | undefined {
  if (typeOf(object) !== "apiextensions.k8s.io/CustomResourceDefinition") return undefined;
  const { spec } = object.value;
  const [group, plural] = [valueAt(spec, "group"), valueAt(spec, "names", "plural")];
  if (typeof group !== "string" || typeof plural !== "string") return undefined;
  return { kind: "definition", group, plural };
}

/** Kinds that objects of an environment define; without an environment, kinds that any object defines. */
export function definedKinds(
  objects: readonly RelatedRead[],
  environment: string | undefined,
): OwnApi["kinds"] {
  const isSame = (one: RelatedRead) => one.environment === undefined || one.environment === environment;
  return new Set(
    objects.flatMap((one) => {
      const { bearing } = one;
      if (bearing.kind !== "definition" || !isSame(one)) return [];
      return [`${bearing.plural}.${bearing.group}`, `*.${bearing.group}`];
    }),
  );
}
