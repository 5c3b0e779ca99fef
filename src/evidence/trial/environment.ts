import type { ContainerFacts, EnvSourceFacts, KeyRefFacts } from "../../contract/pod-facts.ts";
import { excerpt } from "../../contract/shown.ts";
import type { ResourceFieldFacts } from "../../contract/volume-facts.ts";
import type { RawWorkload } from "../../contract/workload-facts.ts";
import type { GivenSecret } from "../../secrets/trial.ts";
import type { EnvironmentSources } from "../../start/manifest-environment.ts";
import type { ConfigObject } from "../../workload/config-objects.ts";
import { fieldValue } from "./field-value.ts";
import { keyNotFound, notFound, type UnmetInput } from "./injected.ts";
import type { ConfigLookup } from "./namespace-objects.ts";
import { resourceValue } from "./resource-value.ts";
import type { TrialSettings } from "./settings.ts";
import { containerNamed } from "./volume-files.ts";

/** Sources of a container's variables. */
export interface TrialEnvironment {
  readonly spec: ContainerFacts;
  readonly workload: RawWorkload | undefined;
  readonly config: ConfigLookup;
  readonly settings: TrialSettings;
  readonly hostname: string;
  /** Variables of Services; absent: only the variables that every pod gets. */
  readonly services?: ReadonlyMap<string, string>;
}

/** Callbacks; values of a Secret are added to `secrets`, so that they are masked later. */
interface Means {
  readonly onUnmetInput: UnmetInput;
  readonly secrets: GivenSecret[];
}

/**
 * Lookups for values outside the manifest: in available ConfigMaps and Secrets, and in fields of the trial's
 * pod. Reports every value of a Secret to `secrets`.
 */
export function trialSources(
  { spec, workload, config, settings, hostname }: TrialEnvironment,
  means: Means,
): EnvironmentSources {
  const given = workload === undefined ? {} : (settings.env ?? {});
  return {
    envFrom: (source) => [...ofObject(source, config, { ...means, given }), ...standIns(source, spec, given)],
    valueFrom: ({ name = "", valueFrom = {} }) => {
      const { configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef } = valueFrom;
      if (Object.hasOwn(given, name)) return given[name];
      if (configMapKeyRef !== undefined) return keyValue("ConfigMap", configMapKeyRef, config, means);
      if (secretKeyRef !== undefined) {
        const found = keyValue("Secret", secretKeyRef, config, means);
        if (found !== undefined) means.secrets.push([`${name} ${secretKeyRef.key ?? ""}`, found]);
        return found;
      }
      const found =
        fieldValue(fieldRef?.fieldPath, workload, hostname) ?? resourceOf(resourceFieldRef, workload, spec);
      if (found === undefined) means.onUnmetInput(noSource(name));
      return found;
    },
    // For an image without a manifest, the settings are the only source.
    ...(workload !== undefined || settings.env === undefined ? {} : { settings: settings.env }),
  };
}

/**
 * Variables from settings that replace a source whose object is not available, except variables that `env`
 * sets itself.
 */
function standIns(
  { prefix = "" }: EnvSourceFacts,
  { env = [] }: ContainerFacts,
  given: Readonly<Record<string, string>>,
): readonly (readonly [string, string])[] {
  return Object.entries(given)
    .filter(([name]) => name.startsWith(prefix) && !env.some((entry) => entry.name === name))
    .map(([name, value]) => [name.slice(prefix.length), value] as const);
}

function resourceOf(
  { containerName = "", resource = "", divisor = "1" }: ResourceFieldFacts = {},
  workload: RawWorkload | undefined,
  own: ContainerFacts,
): string | undefined {
  const container = containerName === "" ? own : containerNamed(workload, containerName);
  return container && resourceValue(resource, divisor, container);
}

function ofObject(
  { configMapRef, secretRef }: EnvSourceFacts,
  config: ConfigLookup,
  { onUnmetInput, secrets, given }: Means & { readonly given: Readonly<Record<string, string>> },
): readonly (readonly [string, string])[] {
  const kind = secretRef === undefined ? "ConfigMap" : "Secret";
  const { name = "", optional } = secretRef ?? configMapRef ?? {};
  if (name === "") return [];
  const object = config(kind, name);
  if (object === undefined) {
    if (optional !== true && Object.keys(given).length === 0) onUnmetInput(notFound(kind, name));
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
  { onUnmetInput }: Means,
): string | undefined {
  const object = config(kind, name);
  const value = object?.variables().get(key);
  if (value === undefined && optional !== true) {
    onUnmetInput(object === undefined ? notFound(kind, name) : keyNotFound(kind, name, key));
  }
  return value;
}

function noSource(name: string) {
  return {
    fr: `la variable ${excerpt(name)} a une source que l'essai n'a pas : elle n'est pas définie. Lui donner une valeur dans trial.env (douane.yaml).`,
    en: `the variable ${excerpt(name)} has a source that the trial does not have: it is not set. Give it a value in trial.env (douane.yaml).`,
  };
}
