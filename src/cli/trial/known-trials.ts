import { containerName, type PlacementFacts, placements } from "../../contract/placement.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { TrialFacts, TrialSubject } from "../../contract/trial-facts.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import type { StoredEvidence } from "../../evidence/file.ts";
import { NO_CONFIG } from "../../evidence/trial/config-lookup.ts";
import { settingsFor, type TrialSettings } from "../../evidence/trial/settings.ts";
import { hasUnknownNames, trialSubject } from "../../evidence/trial/subject.ts";
import { boundTo } from "../../evidence/trial-binding.ts";
import type { ConfigSource } from "./config-source.ts";

/** A container of a workload. */
export interface PlacedTrial {
  readonly workload: WorkloadFacts;
  readonly placement: PlacementFacts;
}

/** What is known of how containers behave: trials of this run, and those that were handed in. */
export class KnownTrials {
  readonly #own = new Map<string, TrialFacts>();
  readonly #handed: readonly TrialFacts[];
  /** By container, in the order in which they are judged: containers that run alike find theirs by it. */
  readonly #used = new Map<string, TrialFacts>();
  /** Why the trials that were handed in did not count for a container of the same image. */
  readonly #differences = new Map<TrialFacts, Text>();
  readonly #settings: TrialSettings;
  readonly #config: ConfigSource;

  constructor(handed: readonly TrialFacts[], settings: TrialSettings, config: ConfigSource) {
    this.#handed = handed;
    this.#settings = settings;
    this.#config = config;
  }

  /** Every trial that was used, for the next run. */
  get all(): readonly TrialFacts[] {
    return [...new Set([...this.#used.values(), ...this.#own.values()])];
  }

  add(facts: TrialFacts, evidence: StoredEvidence, placed?: PlacedTrial): void {
    this.#own.set(keyOf(evidence, placed), facts);
  }

  /** The trial of this container, or of this image alone. */
  of(evidence: StoredEvidence, placed?: PlacedTrial): TrialFacts | undefined {
    const key = keyOf(evidence, placed);
    const found = this.#used.get(key) ?? this.#own.get(key) ?? this.#handedFor(evidence, placed);
    if (found !== undefined) this.#used.set(key, found);
    return found;
  }

  /** Of those that count: one of a pod like this, which no other container has yet. */
  #handedFor(evidence: StoredEvidence, placed?: PlacedTrial): TrialFacts | undefined {
    if (this.#handed.length === 0) return undefined;
    const bound = this.#boundTo(evidence, placed);
    const [used, others] = [new Set(this.#used.values()), othersOf(placed)];
    const free = bound.filter((trial) => !used.has(trial));
    return free.find((trial) => isBeside(trial, others)) ?? free[0] ?? bound[0];
  }

  #boundTo(evidence: StoredEvidence, placed?: PlacedTrial): readonly TrialFacts[] {
    const sources = {
      image: evidence.image,
      spec: placed?.placement.spec,
      securityContext: placed?.workload.pod.spec.securityContext,
      settings: settingsFor(this.#settings, placed && containerName(placed.placement)),
      config: placed === undefined ? NO_CONFIG : this.#config(placed.workload),
    };
    const subject = trialSubject(sources);
    const open = hasUnknownNames(sources);
    return this.#handed.filter((trial) => {
      const binding = boundTo(trial, open ? withNamesOf(trial, subject) : subject);
      if (binding.bound) this.#differences.set(trial, ANOTHER);
      else if (trial.imageId === subject.imageId) this.#differences.set(trial, binding.difference);
      return binding.bound;
    });
  }

  /** What to say of the trials that were handed in and did not count. */
  get ignored(): readonly Text[] {
    const used = new Set(this.#used.values());
    return this.#handed
      .filter((trial) => !used.has(trial))
      .map((trial) => {
        const why = this.#differences.get(trial) ?? otherImage(trial);
        return {
          fr: `essai ignoré : ${why.fr}.`,
          en: `trial ignored: ${why.en}.`,
        };
      });
  }
}

function keyOf({ image, reference }: StoredEvidence, placed?: PlacedTrial): string {
  if (placed === undefined) return JSON.stringify([image.imageId, reference.given]);
  const { workload, placement } = placed;
  return JSON.stringify([image.imageId, workload.file, workload.document, placement.path]);
}

const ANOTHER: Text = {
  fr: "un autre essai du même conteneur a compté",
  en: "another trial of the same container counted",
};

/** Names of the other containers of the pod. */
function othersOf(placed: PlacedTrial | undefined): readonly string[] {
  if (placed === undefined) return [];
  const { workload, placement } = placed;
  return placements(workload)
    .filter(({ role, path }) => role !== "ephemeral" && path !== placement.path)
    .map(containerName);
}

function isBeside({ beside = [] }: TrialFacts, others: readonly string[]): boolean {
  return beside.length === others.length && others.every((name) => beside.includes(name));
}

/** Variables whose names nobody can tell may be any. */
function withNamesOf(trial: TrialSubject, subject: TrialSubject): TrialSubject {
  return { ...subject, envNames: [...new Set([...subject.envNames, ...trial.envNames])] };
}

function otherImage({ imageId, platform }: TrialFacts): Text {
  const of = `${excerpt(imageId)} (${excerpt(platform)})`;
  return {
    fr: `il porte sur l'image ${of}, aucune de celles jugées ici`,
    en: `it is about the image ${of}, none of those judged here`,
  };
}
