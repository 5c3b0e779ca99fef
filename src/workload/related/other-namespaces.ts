// Effects of objects on other namespaces. The contract does not mention such effects, so rules only note
// them.

import { formatPath } from "../../contract/field-path.ts";
import type { OtherNamespaceEffect } from "../../contract/related-facts.ts";
import type { RawWorkload } from "../../contract/workload-facts.ts";
import { isMapping, valueAt } from "../decode/collections.ts";
import { copySource } from "../objects/copied-object.ts";
import { groupOf, type KubernetesObject, typeOf } from "../objects/kind.ts";
import { configNames } from "./generated-objects.ts";
import type { Bearing, RelatedRead, Surroundings } from "./related-object.ts";
import { servicesIn } from "./routes.ts";
import { servicesTarget } from "./service-targets.ts";

type Other = Extract<Bearing, { readonly kind: "other-namespace" }>;
type Mapping = Readonly<Record<string, unknown>>;

/** Kinds that affect the pods of their namespace, whoever created them. */
const PLACED: ReadonlySet<string> = new Set([
  "LimitRange",
  "ResourceQuota",
  "cilium.io/CiliumNetworkPolicy",
  "networking.k8s.io/NetworkPolicy",
]);

/** Annotations by which controllers copy an object to other namespaces. */
const COPIES: readonly string[] = [
  "kubed.appscode.com/sync",
  "replicator.v1.mittwald.de/replicate-to",
  "replicator.v1.mittwald.de/replicate-to-matching",
];
const REFLECTOR = "reflector.v1.k8s.emberstack.com/reflection-auto";

/** Depth of an Ingress that is searched for Services. */
const DEPTH = 12;

/** Effect of an object on other namespaces; undefined for other objects. */
export function otherNamespaceOf(object: KubernetesObject): Other | undefined {
  const { value } = object;
  const type = typeOf(object);
  const { namespace } = isMapping(value["metadata"]) ? value["metadata"] : {};
  if (PLACED.has(type))
    return typeof namespace === "string" ? ofKind("placed", "metadata.namespace", namespace) : undefined;
  if (type === "Secret" || type === "ConfigMap") return copiesOf(value);
  if (type === "PersistentVolumeClaim") return cloneOf(value);
  if (type !== "networking.k8s.io/Ingress" && groupOf(object) !== "gateway.networking.k8s.io")
    return undefined;
  const services = servicesIn(value["spec"], "spec", DEPTH);
  return services.length === 0 ? undefined : { ...ofKind("leads", "spec", ""), services };
}

function ofKind(does: OtherNamespaceEffect["does"], field: string, target: string): Other {
  return { kind: "other-namespace", does, field, target, services: [] };
}

function copiesOf(value: Mapping): Other | undefined {
  const source = copySource({ value });
  if (source !== undefined) return ofKind("takes", "metadata.annotations", source.trim());
  const mark = (name: string) => valueAt(value, "metadata", "annotations", name);
  const asked = COPIES.find((name) => typeof mark(name) === "string");
  const isReflected = mark(`${REFLECTOR}-enabled`) === "true";
  const name = asked ?? (isReflected ? `${REFLECTOR}-namespaces` : undefined);
  if (name === undefined) return undefined;
  const target = mark(name);
  const field = formatPath(["metadata", "annotations", name]);
  return ofKind("gives", field, typeof target === "string" && target !== "" ? target : "*");
}

function cloneOf(value: Mapping): Other | undefined {
  const { kind, name, namespace } = asMapping(valueAt(value, "spec", "dataSourceRef"));
  if (typeof namespace !== "string" || namespace === "") return undefined;
  return ofKind("clones", "spec.dataSourceRef", `${namespace}/${String(kind)}/${String(name)}`);
}

function asMapping(value: unknown): Mapping {
  return isMapping(value) ? value : {};
}

/**
 * Whether an object for another namespace is in a workload's folder, and the run has no workload in that
 * namespace.
 */
export function isPlacedElsewhere(
  { bearing, namespace, folder }: RelatedRead,
  own: string,
  namespaces: ReadonlySet<string | undefined>,
): boolean {
  const isPlaced = bearing.kind === "other-namespace" && bearing.does === "placed";
  return isPlaced && folder === own && !namespaces.has(namespace) && !namespaces.has(undefined);
}

/** Requests that concern a workload. */
export function otherNamespaceEffects(
  one: RelatedRead,
  { does, field, target, services }: Other,
  facts: RawWorkload,
  surroundings: Surroundings,
): readonly OtherNamespaceEffect[] {
  const effect = { is: "other-namespace", does, field, target } as const;
  const isOwn = target.startsWith(`${facts.namespace ?? ""}/`);
  switch (does) {
    case "placed":
      return one.namespace === facts.namespace ? [] : [effect];
    case "takes":
      return isOwn || !configNames(one.kind, facts.pod.spec).includes(one.name) ? [] : [effect];
    case "clones":
      return isOwn || !facts.claims.some(({ name }) => name === one.name) ? [] : [effect];
    case "gives":
      return [effect];
    default:
      return leadingElsewhere(services, facts, surroundings).map((host) => ({ ...effect, target: host }));
  }
}

/** Hosts to which ExternalName Services lead, excluding names of these pods. */
function leadingElsewhere(
  services: Other["services"],
  facts: RawWorkload,
  surroundings: Surroundings,
): readonly string[] {
  const hosts = services.flatMap((service) =>
    surroundings.near.flatMap(({ bearing, name }): readonly string[] => {
      if (bearing.kind !== "service" || bearing.externalName === undefined || name !== service.name)
        return [];
      const isOwn = servicesTarget([service], facts, surroundings) === "these-pods";
      return isOwn ? [] : [bearing.externalName];
    }),
  );
  return [...new Set(hosts)];
}
