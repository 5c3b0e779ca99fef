import { isMapping, valueAt } from "../decode/collections.ts";
import { groupOf, type KubernetesObject, typeOf } from "../objects/kind.ts";
import { countsUnapplied, isPerhapsNotApplied } from "./applied.ts";
import { devicesOf } from "./devices.ts";
import { exemptionOf } from "./exemptions.ts";
import { addressesOf } from "./fixed-addresses.ts";
import { mutationOf } from "./mutations.ts";
import { overlaysElsewhere } from "./named-workloads.ts";
import { rightsOf } from "./rbac.ts";
import { type Bearing, mappingsIn, namedIn, type RelatedObject } from "./related-object.ts";
import { routeOf } from "./routes.ts";
import { scalingOf } from "./scaling.ts";
import { serviceOf } from "./services.ts";
import { madeSecret, secretOf } from "./token-secrets.ts";

/** Kinds that belong to no namespace. */
const OF_CLUSTER: ReadonlySet<string> = new Set([
  "AdmissionConfiguration",
  "Assign",
  "AssignImage",
  "AssignMetadata",
  "ClusterAdmissionPolicy",
  "ClusterOverridePolicy",
  "ClusterPolicy",
  "ClusterRole",
  "ClusterRoleBinding",
  "CompositeController",
  "DecoratorController",
  "GeneratingPolicy",
  "ModifySet",
  "MutatingAdmissionPolicy",
  "MutatingAdmissionPolicyBinding",
  "MutatingPolicy",
  "MutatingWebhookConfiguration",
  "Namespace",
  "PodSecurityConfiguration",
  "SecurityContextConstraints",
  "Tenant",
]);

/** An object that affects the pods of workloads beside it; undefined for all others. */
export function relatedObject(
  object: KubernetesObject,
  file: string,
  line: () => number,
): RelatedObject | undefined {
  const bearing = bearingOf(object);
  if (bearing === undefined) return undefined;
  const { kind } = object;
  const type = typeOf(object);
  const named = namedIn(object);
  const name = bearing.is === "secret" ? (madeSecret(object) ?? named.name) : named.name;
  return { kind, type, ...named, name, isOfCluster: OF_CLUSTER.has(kind), file, line: line(), bearing };
}

function bearingOf(object: KubernetesObject): Bearing | undefined {
  for (const read of READERS) {
    const bearing = read(object);
    if (bearing !== undefined) return isPerhapsNotApplied(object) ? countsUnapplied(bearing) : bearing;
  }
  return undefined;
}

const ENFORCE = "pod-security.kubernetes.io/enforce";

function ofCore(object: KubernetesObject): Bearing | undefined {
  if (groupOf(object) !== "") return undefined;
  const { kind, value } = object;
  if (kind === "Namespace") {
    const labels = (name: string) => valueAt(value, "metadata", "labels", name);
    return {
      is: "namespace",
      ...text("level", labels(ENFORCE)),
      ...text("version", labels(`${ENFORCE}-version`)),
      metadata: {
        labels: textsByKey(valueAt(value, "metadata", "labels")),
        annotations: textsByKey(valueAt(value, "metadata", "annotations")),
      },
    };
  }
  if (kind === "ServiceAccount") {
    const automount = value["automountServiceAccountToken"];
    const role = valueAt(value, "metadata", "annotations", "eks.amazonaws.com/role-arn");
    return {
      is: "account",
      givesIdentity: typeof role === "string" && role !== "",
      ...(typeof automount === "boolean" ? { automountServiceAccountToken: automount } : {}),
    };
  }
  if (kind !== "LimitRange") return undefined;
  const limits = mappingsIn(valueAt(value, "spec", "limits")).filter(({ type }) => type === "Container");
  return limits.length === 0 ? undefined : { is: "limits", limits };
}

function text<Key extends string>(key: Key, value: unknown): { readonly [K in Key]?: string } {
  return typeof value === "string" ? ({ [key]: value } as { readonly [K in Key]?: string }) : {};
}

function textsByKey(value: unknown): Readonly<Record<string, string>> {
  if (!isMapping(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

/** Readers of one class of objects each; the first that knows an object counts. */
const READERS: readonly ((object: KubernetesObject) => Bearing | undefined)[] = [
  mutationOf,
  exemptionOf,
  rightsOf,
  serviceOf,
  addressesOf,
  routeOf,
  scalingOf,
  secretOf,
  devicesOf,
  overlaysElsewhere,
  ofCore,
];
