import type { ContainerFacts, EnvSourceFacts, KeyRefFacts } from "../../contract/pod-facts.ts";
import { excerpt } from "../../contract/shown.ts";
import type { RawWorkload } from "../../contract/workload-facts.ts";
import type { GivenSecret } from "../../secrets/trial.ts";
import type { EnvironmentSources } from "../../start/manifest-environment.ts";
import { POD } from "../../trial/supervisor/network.ts";
import type { ConfigObject } from "../../workload/config-objects.ts";
import type { ConfigLookup } from "./config-lookup.ts";
import { keyNotFound, notFound, type Shortfall } from "./injected.ts";
import { resourceValue } from "./resource-value.ts";
import type { TrialSettings } from "./settings.ts";

/** What a container's variables are made of. */
export interface TrialEnvironment {
  readonly spec: ContainerFacts;
  readonly workload: RawWorkload | undefined;
  readonly config: ConfigLookup;
  readonly settings: TrialSettings;
  readonly hostname: string;
  /** Absent: those of every pod. */
  readonly services?: ReadonlyMap<string, string>;
}

/** Values of a Secret are handed on to `secrets`: nobody may read them afterwards. */
interface Means {
  readonly onShortfall: Shortfall;
  readonly secrets: GivenSecret[];
}

/**
 * Where the values are that a manifest does not give: in the ConfigMaps and Secrets at hand, in what
 * the trial's pod says of itself. Hands every value of a Secret on to `secrets`.
 */
export function trialSources(
  { spec, workload, config, settings, hostname }: TrialEnvironment,
  means: Means,
): EnvironmentSources {
  return {
    envFrom: (source) => ofObject(source, config, means),
    valueFrom: ({ name = "", valueFrom = {} }) => {
      const { configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef } = valueFrom;
      if (configMapKeyRef !== undefined) return keyValue("ConfigMap", configMapKeyRef, config, means);
      if (secretKeyRef !== undefined) {
        const found = keyValue("Secret", secretKeyRef, config, means);
        if (found !== undefined) means.secrets.push([`${name} ${secretKeyRef.key ?? ""}`, found]);
        return found;
      }
      const found =
        fieldValue(fieldRef?.fieldPath, workload, hostname) ??
        resourceValue(resourceFieldRef?.resource ?? "", resourceFieldRef?.divisor ?? "1", spec);
      if (found === undefined) means.onShortfall(noSource(name));
      return found;
    },
    ...(settings.env === undefined ? {} : { settings: settings.env }),
  };
}

function ofObject(
  { configMapRef, secretRef }: EnvSourceFacts,
  config: ConfigLookup,
  { onShortfall, secrets }: Means,
): readonly (readonly [string, string])[] {
  const kind = secretRef === undefined ? "ConfigMap" : "Secret";
  const { name = "", optional } = secretRef ?? configMapRef ?? {};
  if (name === "") return [];
  const object = config(kind, name);
  if (object === undefined) {
    if (optional !== true) onShortfall(notFound(kind, name));
    return [];
  }
  const values = [...object.variables()];
  if (kind === "Secret") secrets.push(...values);
  return values;
}

function keyValue(
  kind: ConfigObject["kind"],
  { name = "", key = "", optional }: KeyRefFacts,
  config: ConfigLookup,
  { onShortfall }: Means,
): string | undefined {
  const object = config(kind, name);
  const value = object?.variables().get(key);
  if (value === undefined && optional !== true) {
    onShortfall(object === undefined ? notFound(kind, name) : keyNotFound(kind, name, key));
  }
  return value;
}

/** The node's address, as the pod sees it. */
const HOST = "10.88.0.1";

/** What the trial's pod says of itself. */
function fieldValue(
  path: string | undefined,
  workload: RawWorkload | undefined,
  hostname: string,
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
    ["status.hostIP", HOST],
    ["status.hostIPs", HOST],
    ["status.podIP", POD.ipv4],
    ["status.podIPs", `${POD.ipv4},${POD.ipv6}`],
  ]);
  return fields.get(path ?? "");
}

function noSource(name: string) {
  return {
    fr: `la variable ${excerpt(name)} a une source que l'essai n'a pas : elle n'est pas définie. Lui donner une valeur dans trial.env (douane.yaml).`,
    en: `the variable ${excerpt(name)} has a source that the trial does not have: it is not set. Give it a value in trial.env (douane.yaml).`,
  };
}
