import type { ObjectLocation } from "../../contract/object-location.ts";
import { isMapping, valueAt } from "../decode/collections.ts";
import { groupOf, type KubernetesObject, typeOf } from "../objects/kind.ts";
import { apiExtensionOf } from "./api-extensions.ts";
import { countsUnapplied, isPerhapsNotApplied } from "./applied.ts";
import { scalingOf } from "./autoscalers.ts";
import { definitionOf } from "./definitions.ts";
import { devicesOf } from "./devices.ts";
import { budgetOf } from "./disruption-budgets.ts";
import { exemptionOf } from "./exemptions.ts";
import { addressesOf, publishedAddressesOf } from "./fixed-addresses.ts";
import { mutationOf } from "./mutations.ts";
import { overlaysElsewhere } from "./named-workloads.ts";
import { otherNamespaceOf } from "./other-namespaces.ts";
import { rightsOf } from "./rbac.ts";
import { refusedOf } from "./refused-objects.ts";
import { type Bearing, mappingsIn, namedIn, type RelatedObject } from "./related-object.ts";
import { quotaOf } from "./resource-quotas.ts";
import { routeOf } from "./routes.ts";
import { serviceOf } from "./services.ts";
import { snippetsOf } from "./snippets.ts";
import { madeSecret, secretOf } from "./token-secrets.ts";

/** Kinds that belong to no namespace. */
const OF_CLUSTER: ReadonlySet<string> = new Set([
  "APIService",
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
  "CustomResourceDefinition",
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
  "ValidatingWebhookConfiguration",
]);

/** Effects of an object on the pods of workloads beside it: one entry each, none for most objects. */
export function relatedObjects(
  object: KubernetesObject,
  locate: () => ObjectLocation,
): readonly RelatedObject[] {
  const { kind } = object;
  const type = typeOf(object);
  const named = namedIn(object);
  return bearingsOf(object).map((bearing) => {
    const name = bearing.kind === "secret" ? (madeSecret(object) ?? named.name) : named.name;
    return { kind, type, ...named, name, isOfCluster: OF_CLUSTER.has(kind), at: locate(), bearing };
  });
}

function bearingsOf(object: KubernetesObject): readonly Bearing[] {
  const first = READERS.map((read) => read(object)).find((bearing) => bearing !== undefined);
  const others = [apiExtensionOf, snippetsOf, publishedAddressesOf, otherNamespaceOf, refusedOf].map((read) =>
    read(object),
  );
  const all = [first, ...others].filter((bearing) => bearing !== undefined);
  return isPerhapsNotApplied(object) ? all.flatMap((bearing) => countsUnapplied(bearing) ?? []) : all;
}

const ENFORCE = "pod-security.kubernetes.io/enforce";

function ofCore(object: KubernetesObject): Bearing | undefined {
  if (groupOf(object) !== "") return undefined;
  const { kind, value } = object;
  if (kind === "Namespace") {
    const labels = (name: string) => valueAt(value, "metadata", "labels", name);
    return {
      kind: "namespace",
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
      kind: "account",
      givesIdentity: typeof role === "string" && role !== "",
      ...(typeof automount === "boolean" ? { automountServiceAccountToken: automount } : {}),
    };
  }
  if (kind === "ResourceQuota") return quotaOf(value["spec"]);
  if (kind !== "LimitRange") return undefined;
  const limits = mappingsIn(valueAt(value, "spec", "limits")).filter(({ type }) =>
    ["Container", "Pod"].includes(String(type)),
  );
  return limits.length === 0 ? undefined : { kind: "limits", limits };
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

/** Readers, each for one class of objects; the first reader that recognises an object counts. */
const READERS: readonly ((object: KubernetesObject) => Bearing | undefined)[] = [
  mutationOf,
  exemptionOf,
  rightsOf,
  serviceOf,
  addressesOf,
  routeOf,
  scalingOf,
  budgetOf,
  secretOf,
  devicesOf,
  overlaysElsewhere,
  definitionOf,
  ofCore,
];
