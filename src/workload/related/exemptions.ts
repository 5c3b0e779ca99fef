import { serviceAccountOf } from "../../contract/pod-defaults.ts";
import type { RawWorkload } from "../../contract/workload-facts.ts";
import { isMapping, valueAt } from "../decode/collections.ts";
import { type KubernetesObject, typeOf } from "../objects/kind.ts";
import { type Bearing, type Exemption, mappingsIn, namedIn, textsIn } from "./related-object.ts";

type Mapping = Readonly<Record<string, unknown>>;
type Exempts = (facts: RawWorkload) => Exemption | undefined;

const ENFORCE = "pod-security.kubernetes.io/enforce";
const LOWER: ReadonlySet<unknown> = new Set(["privileged", "baseline"]);

/** Readers of exemptions, by kind. */
const READERS: Readonly<Record<string, (object: KubernetesObject) => Exempts | undefined>> = {
  "apiserver.config.k8s.io/AdmissionConfiguration": ({ value }) => {
    const plugin = mappingsIn(value["plugins"]).find(({ name }) => name === "PodSecurity");
    return podSecurity(plugin?.["configuration"]);
  },
  "argoproj.io/Application": (object) =>
    labelled(object, valueAt(object.value, "spec", "destination", "namespace")),
  "argoproj.io/ApplicationSet": (object) => labelled(object, undefined),
  "capsule.clastix.io/Tenant": (object) => labelled(object, undefined),
  "hnc.x-k8s.io/HierarchyConfiguration": (object) => labelled(object, namedIn(object).namespace),
  "hnc.x-k8s.io/SubnamespaceAnchor": (object) => labelled(object, namedIn(object).name),
  "kyverno.io/ClusterPolicy": (object) => labelled(object, undefined, ["mutate", "generate"]),
  "pod-security.admission.config.k8s.io/PodSecurityConfiguration": ({ value }) => podSecurity(value),
  "security.openshift.io/SecurityContextConstraints": constraints,
};

/** Object that lowers the profile Restricted for pods beside it; undefined for other objects. */
export function exemptionOf(object: KubernetesObject): Bearing | undefined {
  const type = typeOf(object);
  const exempts = Object.hasOwn(READERS, type) ? READERS[type]?.(object) : undefined;
  return exempts === undefined ? undefined : { kind: "exemption", exempts };
}

/**
 * Exemptions of the API server's own configuration
 * (https://kubernetes.io/docs/tasks/configure-pod-container/enforce-standards-admission-controller/).
 */
function podSecurity(configuration: unknown): Exempts | undefined {
  const { defaults, exemptions } = isMapping(configuration) ? configuration : {};
  const level = valueAt(defaults, "enforce");
  const namespaces = textsIn(valueAt(exemptions, "namespaces")) ?? [];
  const others = ["usernames", "runtimeClasses"].find(
    (field) => (textsIn(valueAt(exemptions, field)) ?? []).length > 0,
  );
  return ({ namespace }) => {
    if (namespace !== undefined && namespaces.includes(namespace))
      return { field: "exemptions.namespaces", holds: "these-pods" };
    if (LOWER.has(level)) return { field: `defaults.enforce: ${String(level)}`, holds: "these-pods" };
    if (namespace === undefined && namespaces.length > 0)
      return { field: "exemptions.namespaces", holds: "perhaps-these-pods" };
    return others === undefined ? undefined : { field: `exemptions.${others}`, holds: "perhaps-these-pods" };
  };
}

/** Fields of SecurityContextConstraints that allow more than Restricted, with a test each. */
const PERMISSIVE: Readonly<Record<string, (value: unknown) => boolean>> = {
  allowHostDirVolumePlugin: isTrue,
  allowHostIPC: isTrue,
  allowHostNetwork: isTrue,
  allowHostPID: isTrue,
  allowHostPorts: isTrue,
  allowPrivilegedContainer: isTrue,
  allowPrivilegeEscalation: (value) => value !== false,
  allowedCapabilities: addsCapabilities,
  defaultAddCapabilities: addsCapabilities,
  runAsUser: (value) => valueAt(value, "type") === "RunAsAny",
  seLinuxContext: (value) => valueAt(value, "type") === "RunAsAny",
};

function isTrue(value: unknown): boolean {
  return value === true;
}

function addsCapabilities(value: unknown): boolean {
  return (textsIn(value) ?? []).some((name) => name !== "NET_BIND_SERVICE");
}

/** Test for OpenShift's constraints, whose users and groups may have more rights than Restricted allows. */
function constraints({ value }: KubernetesObject): Exempts | undefined {
  const field = Object.keys(PERMISSIVE).find((name) => PERMISSIVE[name]?.(value[name]));
  if (field === undefined) return undefined;
  const [users, groups] = [textsIn(value["users"]) ?? [], textsIn(value["groups"]) ?? []];
  return (facts) => {
    const namespace = facts.namespace ?? "";
    const isNamed =
      users.includes(`system:serviceaccount:${namespace}:${serviceAccountOf(facts.pod.spec)}`) ||
      ["system:authenticated", "system:serviceaccounts", `system:serviceaccounts:${namespace}`].some(
        (group) => groups.includes(group),
      );
    return isNamed ? { field, holds: "these-pods" } : undefined;
  };
}

/** Depth below an object that is searched for the label. */
const DEPTH = 12;

/**
 * Test for controllers that label Namespaces.
 *
 * @param space Namespace that gets the labels, if the object states it
 * @param parts keys below which labels are set; default: anywhere
 */
function labelled(
  { value }: KubernetesObject,
  space: unknown,
  parts?: readonly string[],
): Exempts | undefined {
  const level = parts === undefined ? levelIn(value["spec"], DEPTH) : levelBelow(value["spec"], parts, DEPTH);
  if (level === undefined) return undefined;
  const field = `${ENFORCE}: ${level}`;
  return ({ namespace }) => {
    if (typeof space !== "string" || space === "" || namespace === undefined)
      return { field, holds: "perhaps-these-pods" };
    return space === namespace ? { field, holds: "these-pods" } : undefined;
  };
}

function levelBelow(value: unknown, parts: readonly string[], depth: number): string | undefined {
  if (depth === 0 || typeof value !== "object" || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = parts.includes(key) ? levelIn(inner, depth - 1) : levelBelow(inner, parts, depth - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Level of a label as `KEY: level`, or as `{ key: KEY, value: level }`, that is lower than Restricted. */
function levelIn(value: unknown, depth: number): string | undefined {
  if (depth === 0 || typeof value !== "object" || value === null) return undefined;
  const { key, value: own } = value as Mapping;
  if (key === ENFORCE && LOWER.has(own)) return String(own);
  for (const [name, inner] of Object.entries(value)) {
    const isLabel = name.replace(/^\+\((.{1,80})\)$/, "$1") === ENFORCE;
    const found = isLabel && LOWER.has(inner) ? String(inner) : levelIn(inner, depth - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
