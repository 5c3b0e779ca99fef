import { containerName, type PlacementFacts } from "../../contract/placement.ts";
import type { Text } from "../../contract/text.ts";
import type { TrialFacts, TrialSubject } from "../../contract/trial-facts.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import type { StoredEvidence } from "../../evidence/file.ts";
import { NO_CONFIG } from "../../evidence/trial/config-lookup.ts";
import { hasUnknownNames, trialSubject } from "../../evidence/trial/subject.ts";
import { type TrialWishes, wishesFor } from "../../evidence/trial/wishes.ts";
import { boundTo } from "../../evidence/trial-binding.ts";
import { quoted } from "../../rules/quoted.ts";
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
  readonly #used = new Set<TrialFacts>();
  /** Why the trials that were handed in did not count for a container of the same image. */
  readonly #differences = new Map<TrialFacts, Text>();
  readonly #wishes: TrialWishes;
  readonly #config: ConfigSource;

  constructor(handed: readonly TrialFacts[], wishes: TrialWishes, config: ConfigSource) {
    this.#handed = handed;
    this.#wishes = wishes;
    this.#config = config;
  }

  /** Every trial that was used, for the next run. */
  get all(): readonly TrialFacts[] {
    return [...new Set([...this.#own.values(), ...this.#used])];
  }

  add(facts: TrialFacts, evidence: StoredEvidence, placed?: PlacedTrial): void {
    this.#own.set(keyOf(evidence, placed), facts);
  }

  /** The trial of this container, or of this image alone. */
  of(evidence: StoredEvidence, placed?: PlacedTrial): TrialFacts | undefined {
    const own = this.#own.get(keyOf(evidence, placed));
    if (own !== undefined || this.#handed.length === 0) return own;
    const sources = {
      image: evidence.image,
      spec: placed?.placement.spec,
      securityContext: placed?.workload.pod.spec.securityContext,
      wishes: wishesFor(this.#wishes, placed && containerName(placed.placement)),
      config: placed === undefined ? NO_CONFIG : this.#config(placed.workload),
    };
    const subject = trialSubject(sources);
    const open = hasUnknownNames(sources);
    for (const trial of this.#handed) {
      const binding = boundTo(trial, open ? withNamesOf(trial, subject) : subject);
      if (binding.bound) {
        this.#used.add(trial);
        return trial;
      }
      if (trial.imageId === subject.imageId) this.#differences.set(trial, binding.difference);
    }
    return undefined;
  }

  /** What to say of the trials that were handed in and did not count. */
  get ignored(): readonly Text[] {
    return this.#handed
      .filter((trial) => !this.#used.has(trial))
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

/** Variables whose names nobody can tell may be any. */
function withNamesOf(trial: TrialSubject, subject: TrialSubject): TrialSubject {
  return { ...subject, envNames: [...new Set([...subject.envNames, ...trial.envNames])] };
}

function otherImage({ imageId, platform }: TrialFacts): Text {
  const of = `${quoted(imageId)} (${quoted(platform)})`;
  return {
    fr: `il porte sur l'image ${of}, aucune de celles jugées ici`,
    en: `it is about the image ${of}, none of those judged here`,
  };
}
