import type { PodSpecFacts } from "../../contract/pod-facts.ts";
import type { RawWorkload } from "../../contract/workload-facts.ts";
import { holdsImage } from "../custom/signs.ts";
import { isMapping, valueAt } from "../decode/collections.ts";
import { mappingsIn } from "./related-object.ts";
import { readableSecrets } from "./token-secrets.ts";

type Mapping = Readonly<Record<string, unknown>>;

/** Kinds that change neither pods nor their rights, wherever they are created. */
const HARMLESS: ReadonlySet<string> = new Set([
  "CiliumNetworkPolicy",
  "Event",
  "NetworkPolicy",
  "PodDisruptionBudget",
  "ResourceQuota",
]);

/** Kinds whose objects bear on a workload from any namespace. */
const OF_ALL_NAMESPACES: ReadonlySet<string> = new Set([
  "ClusterRole",
  "ClusterRoleBinding",
  "Namespace",
  "RoleBinding",
]);

/**
 * Test whether rules of a Kyverno policy create objects that may affect a workload's pods
 * (https://kyverno.io/docs/policy-types/cluster-policy/generate/); undefined if the rules generate only
 * objects that change no pod. The trigger of a rule is ignored, since the generated objects stay.
 */
export function kyvernoGeneration(value: Mapping): ((facts: RawWorkload) => boolean) | undefined {
  const made = mappingsIn(valueAt(value, "spec", "rules"))
    .flatMap(({ generate }) => (isMapping(generate) ? targetsOf(generate) : []))
    // Pods in a policy are named as not judged (custom/policies.ts).
    .filter(({ startsPods }) => !startsPods)
    .filter(({ kind }) => kind === undefined || !HARMLESS.has(kind));
  if (made.length === 0) return undefined;
  return (facts) => made.some((one) => mayBearOn(one, facts));
}

/** An object that a policy creates; fields with variables are absent. */
interface Made {
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
  /** Whether the policy declares containers for the object. */
  readonly startsPods: boolean;
}

function targetsOf(generate: Mapping): readonly Made[] {
  const { foreach, cloneList } = generate;
  const cloned = valueAt(cloneList, "kinds");
  const kinds = Array.isArray(cloned) ? cloned : [];
  const each = mappingsIn(foreach).flatMap(targetsOf);
  const own = "kind" in generate || (each.length === 0 && kinds.length === 0) ? [made(generate)] : [];
  const lists = kinds.map((kind) => {
    const { name: _name, ...others } = made({ ...generate, kind: String(kind).split("/").at(-1) });
    return others;
  });
  return [...own, ...lists, ...each];
}

function made({ kind, name, namespace, data }: Mapping): Made {
  return {
    startsPods: holdsImage(data),
    ...literal("kind", kind),
    ...literal("name", name),
    ...literal("namespace", namespace),
  };
}

/** A field without variables (`{{ … }}`) and wildcards. */
function literal<Key extends "kind" | "name" | "namespace">(key: Key, value: unknown): Pick<Made, Key> {
  const isLiteral = typeof value === "string" && value !== "" && !/[{*?]/.test(value);
  return (isLiteral ? { [key]: value } : {}) as Pick<Made, Key>;
}

function mayBearOn({ kind, name, namespace }: Made, facts: RawWorkload): boolean {
  const isElsewhere =
    namespace !== undefined && facts.namespace !== undefined && namespace !== facts.namespace;
  if (isElsewhere && !(kind !== undefined && OF_ALL_NAMESPACES.has(kind))) return false;
  if (kind !== "ConfigMap" && kind !== "Secret") return true;
  const used = configNames(kind, facts.pod.spec);
  return name === undefined ? used.length > 0 : used.includes(name);
}

/** Names of ConfigMaps or Secrets that containers get; none for another kind. */
export function configNames(kind: string, spec: PodSpecFacts): readonly string[] {
  if (kind === "Secret") return readableSecrets(spec).map(({ name }) => name);
  if (kind !== "ConfigMap") return [];
  const containers = [...spec.containers, ...spec.initContainers, ...spec.ephemeralContainers];
  const names = [
    ...containers.flatMap(({ env = [], envFrom = [] }) => [
      ...env.map(({ valueFrom }) => valueFrom?.configMapKeyRef?.name),
      ...envFrom.map(({ configMapRef }) => configMapRef?.name),
    ]),
    ...spec.volumes.flatMap(({ configMap, projected }) => [
      configMap?.name,
      ...(projected?.sources ?? []).map((source) => source.configMap?.name),
    ]),
  ];
  return names.flatMap((one = "") => (one === "" ? [] : [one]));
}
