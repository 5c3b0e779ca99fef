import type { GivenInput } from "../../../contract/trial-subject.ts";
import { maskText } from "../../../secrets/scan.ts";
import type { ConfigLookup } from "../namespace-objects.ts";
import { withConfigValues } from "./declared-environment.ts";
import type { DeclaredInput, DeclaredInputs } from "./declared-input.ts";
import { placeParts } from "./declared-inputs.ts";

/** The judged manifest's objects, for a trial that was given values in place of missing objects. */
export interface JudgedObjects {
  readonly config: ConfigLookup;
  /** Inputs from the trial's point of view: without these ConfigMaps. */
  readonly without: (configMaps: readonly string[]) => DeclaredInputs;
}

/** Names of the ConfigMaps whose values settings of a trial replaced, sorted. */
export function replacedConfigMaps(given: readonly GivenInput[]): readonly string[] {
  const names = given.flatMap(({ standsFor = "" }) => {
    const [kind, name] = placeParts(standsFor);
    return kind === "ConfigMap" ? [nameOf(name)] : [];
  });
  return [...new Set(names)].toSorted();
}

/** Name of an object: `web/host` → `web`. */
function nameOf(objectKey: string): string {
  return objectKey.split("/")[0] ?? "";
}

interface Compared {
  readonly given: readonly GivenInput[];
  /** Inputs of the judged container. */
  readonly declared: DeclaredInputs;
  /** The same inputs from the trial's point of view, without the ConfigMaps that settings replaced. */
  readonly tried: DeclaredInputs;
  readonly config: ConfigLookup;
  /** Whether the trial was given this value at this place. */
  readonly isGiven: (place: string, text: string) => boolean;
}

/**
 * Finds a place where a ConfigMap of the judged files differs from the settings that replaced it: another
 * value, a value that the settings lacked, or a value that only the settings had.
 *
 * @returns the place; undefined if all values are equal
 */
export function unlikeReplaced(compared: Compared): string | undefined {
  const { given, declared, config } = compared;
  const names = replacedConfigMaps(given).filter((name) => config("ConfigMap", name) !== undefined);
  if (names.length === 0) return undefined;
  const binary = names.find((name) => (config("ConfigMap", name)?.binary.length ?? 0) > 0);
  if (binary !== undefined) return `file ${binary}`;
  const isOfNames = ({ standsFor = "" }: GivenInput): boolean =>
    names.some((name) => standsFor === `ConfigMap ${name}` || standsFor.startsWith(`ConfigMap ${name}/`));
  const added = given.find((one) => isOfNames(one) && !declared.has(one.place));
  if (added !== undefined) return added.place;
  return [...declared.keys()].find((place) => !isAlike(place, names, compared));
}

function isAlike(place: string, names: readonly string[], compared: Compared): boolean {
  const { declared, tried, config, isGiven } = compared;
  const [own, before] = [declared.get(place), tried.get(place)];
  if (own === undefined || own.text === before?.text) return true;
  if (before === undefined) return isGiven(place, own.text);
  if (isOpen(before, names)) return place.startsWith("mount ") || isGiven(place, own.text);
  // The variable refers to a variable of the ConfigMap, which is compared at its own place.
  return (
    own.text === withConfigValues(before.text, (name, key) => config("ConfigMap", name)?.variables().get(key))
  );
}

function isOpen({ open = [] }: DeclaredInput, names: readonly string[]): boolean {
  return open.some(({ object }) => {
    const [kind, name] = placeParts(object);
    return kind === "ConfigMap" && names.includes(nameOf(name));
  });
}

/**
 * Finds a place that settings filled in place of a Secret, although the Secret of the judged files lacks this
 * key.
 *
 * @returns the place; undefined if there is none
 */
export function beyondSecrets(given: readonly GivenInput[], declared: DeclaredInputs): string | undefined {
  const beyond = given.find(({ place, standsFor = "" }) => {
    const [kind, name] = placeParts(standsFor);
    const keys = kind === "Secret" ? declared.get(`keys ${name}`) : undefined;
    if (keys === undefined) return false;
    const { places = [], itemPlaces = [] } = keys;
    return ![...places, ...itemPlaces].some((one) => one === place || maskText(one) === place);
  });
  return beyond?.place;
}
