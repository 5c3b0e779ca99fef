// ConfigMaps, Secrets and PersistentVolumeClaims that the API server refuses: a pod that uses one never gets
// it.

import { shownLocation } from "../../contract/object-location.ts";
import { excerpt } from "../../contract/shown.ts";
import { type InvalidField, podField, type RawWorkload } from "../../contract/workload-facts.ts";
import type { KubernetesObject } from "../objects/kind.ts";
import { usedObjects } from "../objects/used-objects.ts";
import { checkClaim } from "../validation/claims.ts";
import { checkConfigMap, checkSecret } from "../validation/config-values.ts";
import type { Field } from "../validation/field.ts";
import type { Bearing, RelatedRead } from "./related-object.ts";

const CHECKS: Readonly<Record<string, (object: Field) => void>> = {
  ConfigMap: checkConfigMap,
  Secret: checkSecret,
  PersistentVolumeClaim: checkClaim,
};

/** First field that the API server refuses in an object from which pods get values or storage. */
export function refusedOf({
  apiVersion,
  kind,
  value,
}: KubernetesObject): Extract<Bearing, { readonly kind: "refused" }> | undefined {
  const check = apiVersion === "v1" && Object.hasOwn(CHECKS, kind) ? CHECKS[kind] : undefined;
  const invalid: InvalidField[] = [];
  check?.({ value, invalid, at: [] });
  const [field] = invalid;
  return field === undefined ? undefined : { kind: "refused", field };
}

/**
 * The workload with an invalid field for each object that its pods use and the API server refuses. A Pod of
 * the cluster already has its objects.
 */
export function withRefusedObjects(facts: RawWorkload, near: readonly RelatedRead[]): RawWorkload {
  const all = near.filter(({ bearing }) => bearing.kind === "refused");
  if (all.length === 0 || facts.created === true) return facts;
  const claims = facts.claims.flatMap(({ name, source }) =>
    source === "claim" ? [`PersistentVolumeClaim/${name}`] : [],
  );
  const used = new Set([...usedObjects(facts.pod.spec).all, ...claims]);
  const found = all.flatMap(({ kind, name, at, bearing }): readonly InvalidField[] => {
    if (bearing.kind !== "refused" || !used.has(`${kind}/${name}`)) return [];
    const title = `${kind} ${excerpt(name)} (${shownLocation(at)})`;
    const { fr, en } = bearing.field.problem;
    return [
      {
        path: podField(facts, "spec"),
        problem: {
          fr: `les pods utilisent ${title} : ${fr}`,
          en: `the pods use ${title}: ${en}`,
        },
      },
    ];
  });
  return found.length === 0 ? facts : { ...facts, refused: [...(facts.refused ?? []), ...found] };
}
