import { LIMITS } from "../../../contract/limits.ts";
import { excerpt } from "../../../contract/shown.ts";
import type { Text } from "../../../contract/text.ts";
import type { Reservation } from "../../../contract/trial-facts.ts";
import type { GivenInput, TrialInputs } from "../../../contract/trial-subject.ts";
import { maskText } from "../../../secrets/scan.ts";
import { type DeclaredInput, type DeclaredInputs, EMPTY_DIR } from "./declared-input.ts";
import { openSource, placeParts } from "./declared-inputs.ts";
import { isKnownByFile } from "./declared-keys.ts";
import { additionText, differenceText, lackText, OTHER_HOST, optionalText } from "./input-texts.ts";
import { beyondSecrets, type JudgedObjects, replacedConfigMaps, unlikeReplaced } from "./replaced-objects.ts";
import { valueDigest } from "./value-digest.ts";

/** Inputs of a judged container. */
export interface JudgedInputs {
  readonly declared: DeclaredInputs;
  /** Limits of the manifest; absent for an image alone. */
  readonly manifest?: Pick<TrialInputs, "memoryBytes" | "cpus">;
  /** Inputs that the manifest provides and a trial of the image alone does not. */
  readonly unprovidedAlone?: readonly Reservation[];
  /** ENV of the image, `NAME=value`. */
  readonly imageEnv: readonly string[];
  /** Objects of the judged files; absent for an image alone. */
  readonly objects?: JudgedObjects;
}

export type ComparedInputs =
  | { readonly difference: Text }
  /** The trial counts; `reservations` are inputs of the trial that the manifest does not declare. */
  | { readonly reservations: readonly Reservation[] };

/** Inputs that a trial without a manifest could not know: reservations, not differences. */
const OF_MANIFESTS =
  /^(?:size|token|hooks|sysctls|exec|probes|ports|pod|role|terminal|container|service|hosts)(?: |$)/;
/**
 * Memory limits below this number of bytes have to be tried: only small programs, such as exporters in Go,
 * need less.
 */
const SMALL_MEMORY = 64 * 1024 ** 2;
/**
 * Inputs that may be added after a trial: probes, since their rules compare them with the trial's own
 * requests.
 */
const MAY_COME_LATER = "probes";

/**
 * Compares the inputs of a trial's container with those of the judged container, by effective value. Values
 * of Secrets, and of objects that are not among the files, are compared by name and key.
 *
 * @param digestOf valueDigest(); the number of its calls is bounded
 */
export function compareInputs(
  trial: TrialInputs,
  judged: JudgedInputs,
  digestOf: typeof valueDigest = valueDigest,
): ComparedInputs {
  const real = maskedPlaces(judged.declared);
  const replaced = trial.manifest === true ? replacedConfigMaps(trial.given) : [];
  const { objects } = judged;
  const isReplaced = objects !== undefined && replaced.length > 0;
  const declared = isReplaced ? maskedPlaces(objects.without(replaced)) : real;
  const one = new Comparison(trial, { ...judged, declared }, digestOf);
  const added = Object.keys(trial.declared).find((place) => !declared.has(place) && !isKnownByFile(place));
  const other =
    added ??
    [...declared.keys()].find((place) => !one.isSame(place)) ??
    (isReplaced
      ? unlikeReplaced({
          given: trial.given,
          declared: real,
          tried: declared,
          config: objects.config,
          isGiven: (place, text) => one.isGiven(place, text),
        })
      : undefined) ??
    (trial.manifest === true ? beyondSecrets(trial.given, real) : undefined);
  if (one.isCut) return { difference: CUT };
  if (other !== undefined) return { difference: differenceText(other) };
  if (judged.manifest === undefined) return { reservations: [] };
  const { manifest, unprovidedAlone = [] } = judged;
  const unprovided = trial.manifest === true ? [] : unprovidedAlone;
  const additions = one.additions();
  if (one.isCut) return { difference: CUT };
  return { reservations: [...beyondLimits(trial, manifest), ...unprovided, ...additions, ...one.lacks()] };
}

/** Inputs by place, as stored in evidence. */
function maskedPlaces(declared: DeclaredInputs): DeclaredInputs {
  return new Map([...declared].map(([place, input]) => [maskText(place), input]));
}

/**
 * Memory and CPUs of the trial that exceed the judged limits. Without limits in its manifest, a trial had its
 * own default limits. A trial without a manifest is compared by its settings. Otherwise, its default memory
 * counts only against a small limit: usage is not measured, and larger limits suffice for most programs.
 */
function beyondLimits(
  { manifest: ofManifest, memoryBytes, cpus }: TrialInputs,
  judged: NonNullable<JudgedInputs["manifest"]>,
): readonly Text[] {
  const isSmall = judged.memoryBytes !== undefined && judged.memoryBytes < SMALL_MEMORY;
  const bytes = memoryBytes ?? (ofManifest === true || isSmall ? LIMITS.trialMemoryBytes : 0);
  const processors = cpus ?? (ofManifest === true ? Number.POSITIVE_INFINITY : 0);
  return [
    ...(bytes > (judged.memoryBytes ?? bytes) ? [additionText("memory")] : []),
    ...(processors > (judged.cpus ?? processors) ? [additionText("cpu")] : []),
  ];
}

class Comparison {
  readonly #trial: TrialInputs;
  readonly #judged: JudgedInputs;
  readonly #given: ReadonlyMap<string, GivenInput>;
  readonly #digestOf: typeof valueDigest;
  #isCut = false;

  constructor(trial: TrialInputs, judged: JudgedInputs, digestOf: typeof valueDigest) {
    this.#digestOf = digestOf;
    this.#trial = trial;
    this.#judged = judged;
    this.#given = new Map(trial.given.map((one) => [one.place, one]));
  }

  /** Whether trial and judged container have the same input at this place. */
  isSame(place: string): boolean {
    const input = this.#judged.declared.get(place);
    if (input === undefined) return false;
    const { declared, manifest } = this.#trial;
    if (Object.hasOwn(declared, place)) return declared[place] === this.#digest(place, input.text);
    if (isKnownByFile(place)) return this.#hasGiven(input.places ?? []);
    // A Service that gives no variable, and targets only ports that the container declares, does not change
    // the result of the trial.
    if (manifest === true) return place === MAY_COME_LATER || input.isSeenAlone === true;
    return OF_MANIFESTS.test(place) || this.#isGivenAlone(place, input);
  }

  /**
   * Whether a trial without a Secret had the values of all its keys: from settings, or from `env` of the
   * manifest, which takes precedence over the Secret.
   */
  #hasGiven(places: readonly string[]): boolean {
    const { declared } = this.#trial;
    return places.every((place) => {
      const masked = maskText(place);
      return this.#given.has(place) || this.#given.has(masked) || Object.hasOwn(declared, masked);
    });
  }

  /** Whether settings of a trial without a manifest, or the image itself, provided the input. */
  #isGivenAlone(place: string, input: DeclaredInput): boolean {
    const [kind, name] = placeParts(place);
    if (kind === "envFrom") return true;
    if (kind === "mount") return this.#isMountedAlone(name, input);
    const given = this.#given.get(place);
    if (given === undefined) return kind === "env" && this.#judged.imageEnv.includes(`${name}=${input.text}`);
    if (input.open !== undefined) return true;
    return this.isGiven(place, input.text);
  }

  #isMountedAlone(path: string, { text }: DeclaredInput): boolean {
    if (text === EMPTY_DIR) return this.#given.has(`mount ${path}`);
    return this.#trial.given.some(({ place }) => {
      return place === `file ${path}` || place.startsWith(`file ${path}/`);
    });
  }

  /** Whether settings gave this value at this place. */
  isGiven(place: string, text: string): boolean {
    const digest = this.#given.get(place)?.digest;
    return digest !== undefined && digest === this.#digest(place, text);
  }

  /** Inputs from settings of a trial without a manifest that the judged manifest lacks. */
  additions(): readonly Text[] {
    if (this.#trial.manifest === true) return [];
    const ofKeys = new Set([...this.#judged.declared.values()].flatMap(({ places = [] }) => places));
    return this.#trial.given.flatMap(({ place, digest }): readonly Text[] => {
      if (ofKeys.has(place)) return [];
      const input = this.#judged.declared.get(place);
      if (place === "exec") {
        const isSame = input !== undefined && digest === this.#digest(place, input.text);
        return isSame ? [] : [additionText(place)];
      }
      if (input === undefined && this.#isOfImage(place)) return [];
      // The manifest declares the input with the same value.
      if (input !== undefined && input.open === undefined) return [];
      const source = openSource(this.#judged.declared, place);
      if (source === undefined) return [additionText(place)];
      return source.optional ? [optionalText(place, source.object)] : [];
    });
  }

  /** Whether settings repeated the value that the image itself gives to a variable. */
  #isOfImage(place: string): boolean {
    const [kind, name] = placeParts(place);
    if (kind !== "env" || this.#judged.declared.has("envFrom")) return false;
    const entries = this.#judged.imageEnv.filter((entry) => entry.startsWith(`${name}=`));
    return entries.some((entry) => this.isGiven(place, entry.slice(name.length + 1)));
  }

  /** Inputs of the manifest that a trial without a manifest lacked, and that the container may depend on. */
  lacks(): readonly Text[] {
    if (this.#trial.manifest === true) return [];
    return [...this.#judged.declared].flatMap(([place, { isSeenAlone }]) => {
      if (place === "hosts") return [OTHER_HOST];
      return place.startsWith("service ") && isSeenAlone !== true ? [lackText(place)] : [];
    });
  }

  /** Whether values were left uncompared, since the run's bound on digests was reached. */
  get isCut(): boolean {
    return this.#isCut;
  }

  #digest(place: string, text: string): string | undefined {
    const digest = this.#digestOf(this.#trial.salt, place, text);
    if (digest === undefined) this.#isCut = true;
    return digest;
  }
}

const CUT: Text = {
  fr: `plus de ${LIMITS.trialValueDigests} valeurs étaient à comparer (limite trialValueDigests) ; juger les manifestes en plusieurs fois`,
  en: `more than ${LIMITS.trialValueDigests} values were to be compared (limit trialValueDigests); judge the manifests in several runs`,
};

/** Objects that exist several times with different contents, in the trial or in the judged files. */
export function ambiguousText(object: string): Text {
  const shown = excerpt(object);
  return {
    fr: `${shown} figure plusieurs fois dans les manifestes, avec des contenus différents : personne ne sait lequel sera appliqué`,
    en: `${shown} stands several times among the manifests, with different contents: nobody knows which is applied`,
  };
}
