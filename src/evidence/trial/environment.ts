import type { ContainerFacts, EnvFacts, EnvSourceFacts, KeyRefFacts } from "../../contract/pod-facts.ts";
import { excerpt } from "../../contract/shown.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import type { GivenSecret } from "../../secrets/trial.ts";
import { parseQuantity } from "../../trial/quantity.ts";
import { POD } from "../../trial/supervisor/network.ts";
import type { ConfigObject } from "../../workload/config-objects.ts";
import type { ConfigLookup } from "./config-lookup.ts";
import { keyNotFound, notFound, type Shortfall } from "./injected.ts";
import type { TrialSettings } from "./settings.ts";

/** What a container's variables are made of. */
export interface EnvironmentSources {
  readonly spec: ContainerFacts;
  readonly workload: WorkloadFacts | undefined;
  readonly config: ConfigLookup;
  readonly settings: TrialSettings;
  readonly hostname: string;
}

export interface InjectedEnvironment {
  /** In the manifest's order: what containerProcess() takes. */
  readonly pairs: readonly (readonly [name: string, value: string])[];
  /** Values that nobody may read afterwards. */
  readonly secrets: readonly GivenSecret[];
}

/** The variables that manifest and settings set, their values as in a pod of the trial. */
export function injectedEnvironment(sources: EnvironmentSources, lacks: Shortfall): InjectedEnvironment {
  const { spec, settings } = sources;
  const secrets: GivenSecret[] = [];
  const pairs = [
    ...(spec.envFrom ?? []).flatMap((source) => ofSource(source, sources, secrets, lacks)),
    ...(spec.env ?? []).flatMap((entry) => ofEntry(entry, sources, secrets, lacks)),
    ...Object.entries(settings.env ?? {}).map(([name, value]) => [name, literal(value)] as const),
  ];
  return { pairs, secrets };
}

/** Only values of the manifest's `env` may refer to others. */
function literal(value: string): string {
  return value.replaceAll("$", "$$$$");
}

function ofSource(
  { prefix = "", configMapRef, secretRef }: EnvSourceFacts,
  { config }: EnvironmentSources,
  secrets: GivenSecret[],
  lacks: Shortfall,
): readonly (readonly [string, string])[] {
  const kind = secretRef === undefined ? "ConfigMap" : "Secret";
  const { name = "", optional } = secretRef ?? configMapRef ?? {};
  if (name === "") return [];
  const object = config(kind, name);
  if (object === undefined) {
    if (optional !== true) lacks(notFound(kind, name));
    return [];
  }
  const values = [...object.values()];
  if (kind === "Secret") secrets.push(...values);
  return values.map(([key, value]) => [`${prefix}${key}`, literal(value)] as const);
}

function ofEntry(
  entry: EnvFacts,
  sources: EnvironmentSources,
  secrets: GivenSecret[],
  lacks: Shortfall,
): readonly (readonly [string, string])[] {
  const { name = "", value, valueFrom } = entry;
  if (name === "") return [];
  if (valueFrom === undefined) return [[name, value ?? ""]];
  const { configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef } = valueFrom;
  if (secretKeyRef !== undefined) {
    const found = keyValue("Secret", secretKeyRef, sources.config, lacks);
    if (found !== undefined) secrets.push([`${name} ${secretKeyRef.key ?? ""}`, found]);
    return found === undefined ? [] : [[name, literal(found)]];
  }
  const found =
    configMapKeyRef !== undefined
      ? keyValue("ConfigMap", configMapKeyRef, sources.config, lacks)
      : (fieldValue(fieldRef?.fieldPath, sources) ?? resourceValue(resourceFieldRef?.resource, sources.spec));
  if (found !== undefined) return [[name, literal(found)]];
  if (configMapKeyRef === undefined) lacks(noSource(name));
  return [];
}

function keyValue(
  kind: ConfigObject["kind"],
  { name = "", key = "", optional }: KeyRefFacts,
  config: ConfigLookup,
  lacks: Shortfall,
): string | undefined {
  const object = config(kind, name);
  const value = object?.values().get(key);
  if (value === undefined && optional !== true) {
    lacks(object === undefined ? notFound(kind, name) : keyNotFound(kind, name, key));
  }
  return value;
}

/** What the trial's pod says of itself. */
function fieldValue(
  path: string | undefined,
  { workload, hostname }: EnvironmentSources,
): string | undefined {
  const keyed = /^metadata\.(labels|annotations)\['([^']+)'\]$/.exec(path ?? "");
  if (keyed !== null) {
    const [, map, key = ""] = keyed;
    const values = (map === "labels" ? workload?.pod.labels : workload?.pod.annotations) ?? {};
    return Object.hasOwn(values, key) ? values[key] : "";
  }
  const fields = new Map([
    ["metadata.name", hostname],
    ["metadata.namespace", workload?.namespace ?? "default"],
    ["metadata.uid", "00000000-0000-4000-8000-000000000000"],
    ["spec.nodeName", "node"],
    ["spec.serviceAccountName", workload?.pod.spec.serviceAccountName ?? "default"],
    ["status.hostIP", "10.88.0.1"],
    ["status.podIP", POD.ipv4],
    ["status.podIPs", `${POD.ipv4},${POD.ipv6}`],
  ]);
  return fields.get(path ?? "");
}

/** Divisors are not read: cores and bytes, as without one. */
function resourceValue(resource: string | undefined, { resources }: ContainerFacts): string | undefined {
  const [list, name = ""] = (resource ?? "").split(".");
  if (list !== "limits" && list !== "requests") return undefined;
  const quantities = resources?.[list] ?? {};
  const number = parseQuantity(Object.hasOwn(quantities, name) ? (quantities[name] ?? "") : "");
  return number === undefined ? undefined : `${Math.ceil(number)}`;
}

function noSource(name: string) {
  return {
    fr: `la variable ${excerpt(name)} a une source que l'essai n'a pas : elle n'est pas définie. Lui donner une valeur dans trial.env (douane.yaml).`,
    en: `the variable ${excerpt(name)} has a source that the trial does not have: it is not set. Give it a value in trial.env (douane.yaml).`,
  };
}
