import { LIMITS } from "../../../contract/limits.ts";
import { excerpt } from "../../../contract/shown.ts";
import type { Text } from "../../../contract/text.ts";
import type { GivenInput, TrialInputs } from "../../../contract/trial-subject.ts";
import { maskText } from "../../../secrets/scan.ts";
import { type DeclaredInput, type DeclaredInputs, EMPTY_DIR } from "./declared-input.ts";
import { openSource, placeParts } from "./declared-inputs.ts";
import { additionText, differenceText, lackText, optionalText } from "./input-texts.ts";
import { valueDigest } from "./value-digest.ts";

/** What a container that is judged is given. */
export interface JudgedInputs {
  readonly declared: DeclaredInputs;
  /** Limits of the manifest; absent: an image alone. */
  readonly manifest?: Pick<TrialInputs, "memoryBytes" | "cpus">;
  /** ENV of the image, `NAME=value`. */
  readonly imageEnv: readonly string[];
}

export type ComparedInputs =
  | { readonly difference: Text }
  /** It counts; `reservations` say on what its trial rested that the manifest does not give. */
  | { readonly reservations: readonly Text[] };

/** A trial of an image alone could not know of these: they change what nobody saw it rest on. */
const OF_MANIFESTS =
  /^(?:size|token|hooks|sysctls|exec|probes|ports|pod|role|terminal|container|service)(?: |$)/;
/** Probes that the manifest had not yet: what the trial asked by itself is held against them by their rules. */
const MAY_COME_LATER = "probes";

/**
 * Compares what a trial's container was given with what image and manifest give the judged one, by
 * effective values. Values of Secrets, and of objects that are elsewhere, are compared by name and key.
 */
export function compareInputs(trial: TrialInputs, judged: JudgedInputs): ComparedInputs {
  const declared = new Map([...judged.declared].map(([place, input]) => [maskText(place), input]));
  const one = new Comparison(trial, { ...judged, declared });
  const added = Object.keys(trial.declared).find((place) => !declared.has(place));
  const other = added ?? [...declared.keys()].find((place) => !one.isSame(place));
  if (other !== undefined) return { difference: differenceText(other) };
  if (judged.manifest === undefined) return { reservations: [] };
  return { reservations: [...beyondLimits(trial, judged.manifest), ...one.additions(), ...one.lacks()] };
}

/** Memory and processors that the trial had beyond the judged limits. A trial under a manifest without limits had the trial's own bounds; a trial of an image alone is held to what its settings named. */
function beyondLimits(
  { manifest: ofManifest, memoryBytes, cpus }: TrialInputs,
  judged: NonNullable<JudgedInputs["manifest"]>,
): readonly Text[] {
  const bytes = memoryBytes ?? (ofManifest === true ? LIMITS.trialMemoryBytes : 0);
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

  constructor(trial: TrialInputs, judged: JudgedInputs) {
    this.#trial = trial;
    this.#judged = judged;
    this.#given = new Map(trial.given.map((one) => [one.place, one]));
  }

  /** Whether the container was given at this place what the judged one is. */
  isSame(place: string): boolean {
    const input = this.#judged.declared.get(place);
    if (input === undefined) return false;
    const { declared, manifest } = this.#trial;
    if (Object.hasOwn(declared, place)) return declared[place] === this.#digest(place, input.text);
    if (manifest === true) return place === MAY_COME_LATER;
    return OF_MANIFESTS.test(place) || this.#isGivenAlone(place, input);
  }

  /** By the settings of a trial of the image alone, or by the image itself. */
  #isGivenAlone(place: string, input: DeclaredInput): boolean {
    const [kind, name] = placeParts(place);
    if (kind === "envFrom") return true;
    if (kind === "mount") return this.#isMountedAlone(name, input);
    const given = this.#given.get(place);
    if (given === undefined) return kind === "env" && this.#judged.imageEnv.includes(`${name}=${input.text}`);
    if (input.open !== undefined) return true;
    return given.digest !== undefined && given.digest === this.#digest(place, input.text);
  }

  #isMountedAlone(path: string, { text }: DeclaredInput): boolean {
    if (text === EMPTY_DIR) return this.#given.has(`mount ${path}`);
    return this.#trial.given.some(({ place }) => {
      return place === `file ${path}` || place.startsWith(`file ${path}/`);
    });
  }

  /** What the settings gave to a trial of the image alone, and the manifest does not. */
  additions(): readonly Text[] {
    if (this.#trial.manifest === true) return [];
    return this.#trial.given.flatMap(({ place, digest }): readonly Text[] => {
      const input = this.#judged.declared.get(place);
      if (place === "exec") {
        const isSame = input !== undefined && digest === this.#digest(place, input.text);
        return isSame ? [] : [additionText(place)];
      }
      // The manifest says it, and it was found to be the same.
      if (input !== undefined && input.open === undefined) return [];
      const source = openSource(this.#judged.declared, place);
      if (source === undefined) return [additionText(place)];
      return source.optional ? [optionalText(place, source.object)] : [];
    });
  }

  /** What a trial of the image alone could not know of, and what the container may rest on. */
  lacks(): readonly Text[] {
    if (this.#trial.manifest === true) return [];
    return [...this.#judged.declared].flatMap(([place, { isSeenAlone }]) => {
      return place.startsWith("service ") && isSeenAlone !== true ? [lackText(place)] : [];
    });
  }

  #digest(place: string, text: string): string | undefined {
    return valueDigest(this.#trial.salt, place, text);
  }
}

/** Objects of which the trial or the judged files hold several, with different contents. */
export function ambiguousText(object: string): Text {
  const shown = excerpt(object);
  return {
    fr: `${shown} figure plusieurs fois dans les manifestes, avec des contenus différents : personne ne sait lequel sera appliqué`,
    en: `${shown} stands several times among the manifests, with different contents: nobody knows which is applied`,
  };
}
