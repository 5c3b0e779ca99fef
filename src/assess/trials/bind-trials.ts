import { containerName, type PlacementFacts, placements } from "../../contract/placement.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import type { TrialSubject } from "../../contract/trial-subject.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import type { ImageEvidence, TrialEvidence } from "../../evidence/file.ts";
import { NO_CONFIG } from "../../evidence/trial/namespace-objects.ts";
import { settingsFor, type TrialSettings } from "../../evidence/trial/settings.ts";
import { hasUnknownNames, trialSubject } from "../../evidence/trial/subject.ts";
import { boundTo } from "../../evidence/trial-binding.ts";
import type { ObjectSource } from "./object-source.ts";

/** What trials can be bound to: a container of a workload, or an image alone. */
export interface TriedSubject {
  readonly image: ImageEvidence["image"];
  readonly placed?: { readonly workload: WorkloadFacts; readonly placement: PlacementFacts };
}

/**
 * Binds trials that were handed in to the containers that they count for. What a subject gets
 * depends on nothing but itself and the trials: not on which subject asks first.
 */
export class TrialBinding {
  readonly #handed: readonly TrialEvidence[];
  readonly #used = new Set<TrialEvidence>();
  /** Why trials did not count for a container of the same image: the first reason that was met. */
  readonly #differences = new Map<TrialEvidence, Text>();
  readonly #settings: TrialSettings;
  readonly #objects: ObjectSource;

  constructor(handed: readonly TrialEvidence[], settings: TrialSettings, objects: ObjectSource) {
    this.#handed = handed;
    this.#settings = settings;
    this.#objects = objects;
  }

  /**
   * A trial for each of a subject's containers, as far as there is one. Of those that count, the
   * nearest: of this very place, of a pod like this, the first; containers that run alike do not
   * share one while there is another.
   */
  bind(containers: readonly TriedSubject[]): readonly (TrialEvidence | undefined)[] {
    if (this.#handed.length === 0) return containers.map(() => undefined);
    const own = new Set<TrialEvidence>();
    return containers.map((container) => {
      const bound = this.#boundTo(container).toSorted(
        (a, b) => distance(a, container) - distance(b, container),
      );
      const found = bound.find((trial) => !own.has(trial)) ?? bound[0];
      if (found === undefined) return undefined;
      own.add(found);
      this.#used.add(found);
      return found;
    });
  }

  /** What to say of the trials that counted for nothing. */
  get ignored(): readonly Text[] {
    return this.#handed
      .filter((trial) => !this.#used.has(trial))
      .map((evidence) => {
        const why = this.#differences.get(evidence) ?? otherImage(evidence.trial);
        return { fr: `essai ignoré : ${why.fr}.`, en: `trial ignored: ${why.en}.` };
      });
  }

  #boundTo({ image, placed }: TriedSubject): readonly TrialEvidence[] {
    const sources = {
      image,
      spec: placed?.placement.spec,
      securityContext: placed?.workload.pod.spec.securityContext,
      settings: settingsFor(this.#settings, placed && containerName(placed.placement)),
      config: placed === undefined ? NO_CONFIG : this.#objects(placed.workload).config,
    };
    const subject = trialSubject(sources);
    const open = hasUnknownNames(sources);
    return this.#handed.filter((evidence) => {
      const { trial } = evidence;
      const binding = boundTo(trial, open ? withNamesOf(trial, subject) : subject);
      if (trial.imageId === subject.imageId && !this.#differences.has(evidence)) {
        this.#differences.set(evidence, binding.bound ? ANOTHER : binding.difference);
      }
      return binding.bound;
    });
  }
}

const ANOTHER: Text = {
  fr: "un autre essai du même conteneur a compté",
  en: "another trial of the same container counted",
};

/** 0: it ran at this very place; 1: beside containers of the same names; 2: elsewhere. */
function distance({ ranAs, trial }: TrialEvidence, { placed }: TriedSubject): number {
  if (placed === undefined) return ranAs === undefined ? 0 : 2;
  const { workload, placement } = placed;
  const isHere = ranAs?.path === placement.path && ranAs.document === workload.document;
  if (isHere && ranAs.file === workload.file) return 0;
  return isBeside(trial, othersOf(workload, placement)) ? 1 : 2;
}

/** Names of the other containers of the pod. */
function othersOf(workload: WorkloadFacts, { path }: PlacementFacts): readonly string[] {
  return placements(workload)
    .filter(({ role, path: other }) => role !== "ephemeral" && other !== path)
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
