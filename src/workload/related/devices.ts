import { valueAt } from "../decode/collections.ts";
import { groupOf, type KubernetesObject } from "../objects/kind.ts";
import { type Bearing, mappingsIn } from "./related-object.ts";

/**
 * Claim to devices, or a template of claims
 * (https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/); undefined for other
 * objects.
 */
export function devicesOf(object: KubernetesObject): Bearing | undefined {
  const { kind, value } = object;
  if (groupOf(object) !== "resource.k8s.io") return undefined;
  if (kind !== "ResourceClaim" && kind !== "ResourceClaimTemplate") return undefined;
  const spec = kind === "ResourceClaim" ? valueAt(value, "spec") : valueAt(value, "spec", "spec");
  const requests = mappingsIn(valueAt(spec, "devices", "requests"));
  // The field is in the request itself (v1alpha3, v1beta1) or in `exactly`.
  const adminAccess = requests.some(
    (one) => one["adminAccess"] === true || valueAt(one, "exactly", "adminAccess") === true,
  );
  return { kind: "devices", adminAccess };
}
