import type { GivenInput, TrialInputs } from "../../../contract/trial-subject.ts";
import { maskVariable } from "../../../secrets/config-object.ts";
import { isSecretName } from "../../../secrets/secret-name.ts";
import { normalPath } from "../mount-path.ts";
import type { TrialSettings } from "../settings.ts";
import type { DeclaredInputs, OpenSource } from "./declared-input.ts";
import { placeParts } from "./declared-inputs.ts";
import { ownSalt, valueDigest } from "./value-digest.ts";

/**
 * Stored inputs; `given`: values that replaced objects, recorded only with a manifest, since otherwise they
 * follow from the settings.
 */
interface Inputs extends Pick<TrialInputs, "given" | "ambiguous" | "withheld" | "memoryBytes" | "cpus"> {
  /** Whether the trial has no manifest, so that all settings are given. */
  readonly alone: boolean;
  readonly declared: DeclaredInputs;
  readonly settings: TrialSettings;
}

/** Inputs of a trial's container, as stored in evidence. */
export function trialInputs(inputs: Inputs): TrialInputs {
  const { alone, declared, withheld, ambiguous, settings, memoryBytes, cpus } = inputs;
  const salt = ownSalt();
  const given = alone
    ? ofImageAlone(salt, settings)
    : inputs.given.map((one) => withDigest(one, salt, settings));
  const digests = [...declared].map(([place, { text }]) => [place, valueDigest(salt, place, text) ?? ""]);
  return {
    salt,
    ...(alone ? {} : { manifest: true as const }),
    declared: Object.fromEntries(digests),
    given,
    absent: absentObjects(declared, given),
    ambiguous,
    withheld,
    ...(memoryBytes === undefined ? {} : { memoryBytes }),
    ...(cpus === undefined ? {} : { cpus }),
  };
}

function ofImageAlone(salt: string, settings: TrialSettings): readonly GivenInput[] {
  const { env = {}, files = {}, mounts = [], probes = [] } = settings;
  const commands = probes.flatMap(({ exec }) => (exec === undefined ? [] : [exec]));
  const values: readonly (readonly [place: string, name: string, text: string])[] = [
    ...Object.entries(env).map(([name, text]) => [`env ${name}`, name, text] as const),
    ...Object.entries(files).map(([path, text]) => [`file ${normalPath(path)}`, path, text] as const),
    ...(commands.length === 0 ? [] : [["exec", "exec", JSON.stringify(commands)] as const]),
  ];
  return [
    ...values.map(([place, name, text]) => {
      const digest = mayBeSecret(name, text) ? undefined : valueDigest(salt, place, text);
      return { place, ...(digest === undefined ? {} : { digest }) };
    }),
    ...mounts.map((path) => ({ place: `mount ${normalPath(path)}` })),
  ];
}

/**
 * A value that replaced a ConfigMap's value, with its digest unless it may be secret; values for Secrets have
 * no digest.
 */
function withDigest(given: GivenInput, salt: string, { env = {}, files = {} }: TrialSettings): GivenInput {
  const { place, standsFor = "" } = given;
  const [kind, name] = placeParts(place);
  const text = kind === "env" ? env[name] : files[name];
  if (!standsFor.startsWith("ConfigMap ") || text === undefined || mayBeSecret(name, text)) return given;
  const digest = valueDigest(salt, place, text);
  return digest === undefined ? given : { ...given, digest };
}

/**
 * Whether a value may be secret. Evidence is published, so it contains no digest of secret values: a weak
 * value could be guessed from its digest.
 */
function mayBeSecret(name: string, text: string): boolean {
  return isSecretName(name) || maskVariable(name, text) !== text;
}

function absentObjects(declared: DeclaredInputs, given: readonly GivenInput[]): readonly string[] {
  const stood = new Set(given.map(({ standsFor }) => standsFor));
  const open = [...declared.values()].flatMap((one): readonly OpenSource[] => one.open ?? []);
  const absent = open.filter(({ object, atHand }) => atHand !== true && !stood.has(object));
  return [...new Set(absent.map(({ object }) => object))];
}
