import { type Origin, originName } from "../../contract/origin.ts";
import type { PlacementFacts } from "../../contract/placement.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { Reservation, TrialFacts } from "../../contract/trial-facts.ts";
import type { TrialSubject } from "../../contract/trial-subject.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import type { BoundTrial, ImageEvidence, TrialEvidence } from "../../evidence/file.ts";
import { ambiguousObjects, graceOf, lifetimeOf } from "../../evidence/trial/inputs/bound-settings.ts";
import { ambiguousText } from "../../evidence/trial/inputs/compare-inputs.ts";
import { type ImageIds, judgedInputs, judgedNeighbours } from "../../evidence/trial/inputs/judged-inputs.ts";
import { type ConfigLookup, NO_OBJECTS } from "../../evidence/trial/namespace-objects.ts";
import type { TrialSettings } from "../../evidence/trial/settings.ts";
import { hasUnknownNames, trialSubject } from "../../evidence/trial/subject.ts";
import { boundTo } from "../../evidence/trial-binding.ts";
import type { ObjectSource } from "./object-source.ts";

/** Subject of a trial: a container of a workload, or an image alone. */
export interface TriedSubject {
  readonly image: ImageEvidence["image"];
  readonly placed?: {
    readonly workload: WorkloadFacts;
    readonly placement: PlacementFacts;
    /** Image ids of the pod's other containers, by their reference in the manifest; undefined if not read. */
    readonly imageIdOf?: ImageIds;
  };
  /** Origin of the manifest, as stored. */
  readonly origin?: Origin;
}

export interface BindingMeans {
  readonly objects: ObjectSource;
  /** Arguments with which an image alone is judged. */
  readonly settings?: Pick<TrialSettings, "args">;
  /** Set if the manifests come from evidence, so that objects beside them are unavailable. */
  readonly isStored?: boolean;
}

/**
 * Binds given trials to the containers for which they count. The result for a subject depends only on the
 * subject and the trials, not on the order of the subjects.
 */
export class TrialBinding {
  readonly #handed: readonly TrialEvidence[];
  readonly #used = new Set<TrialEvidence>();
  /** Reason why a trial did not count for a container of the same image: the first one found. */
  readonly #differences = new Map<TrialEvidence, Text>();
  readonly #means: BindingMeans;

  constructor(handed: readonly TrialEvidence[], means: BindingMeans) {
    this.#handed = handed;
    this.#means = means;
  }

  /**
   * Assigns at most one trial to each container of a subject. Of matching ones, it prefers one of the same
   * place, then of a similar pod, then the first; containers that run alike share one only if there is no
   * other.
   */
  bind(containers: readonly TriedSubject[]): readonly (BoundTrial | undefined)[] {
    if (this.#handed.length === 0) return containers.map(() => undefined);
    const own = new Set<TrialEvidence>();
    return containers.map((container) => {
      const bound = this.#boundTo(container).toSorted(
        (a, b) => distance(a.evidence, container) - distance(b.evidence, container),
      );
      // Trials without reservations come first.
      const [whole, reserved] = [
        bound.filter(({ reservations }) => reservations.length === 0),
        bound.filter(({ reservations }) => reservations.length > 0),
      ];
      const found =
        [...whole, ...reserved].find(({ evidence }) => !own.has(evidence)) ?? whole[0] ?? bound[0];
      if (found === undefined) return undefined;
      const { evidence, reservations } = found;
      own.add(evidence);
      this.#used.add(evidence);
      return reservations.length === 0 ? evidence : { ...evidence, reservations };
    });
  }

  /** Texts about trials that were not used. */
  get ignored(): readonly Text[] {
    return this.#handed
      .filter((trial) => !this.#used.has(trial))
      .map((evidence) => {
        const why = this.#differences.get(evidence) ?? otherImage(evidence.trial);
        return { fr: `essai ignoré : ${why.fr}.`, en: `trial ignored: ${why.en}.` };
      });
  }

  #boundTo({ image, placed, origin }: TriedSubject): readonly Bound[] {
    const objects = placed === undefined ? NO_OBJECTS : this.#means.objects(placed.workload);
    const spec = placed?.placement.spec;
    const { workload } = placed ?? {};
    // Keys of Secrets are not compared, since the person who ran the trial may not have had the Secret.
    const config: ConfigLookup = (kind, name) => (kind === "Secret" ? undefined : objects.config(kind, name));
    const securityContext = workload?.pod.spec.securityContext;
    const { settings: { args } = {} } = this.#means;
    const settings = placed === undefined && args !== undefined ? { args } : {};
    const sources = { image, spec, securityContext, settings, config };
    const subject = trialSubject(sources);
    const lifetime = lifetimeOf(workload, placed?.placement);
    const inputs = judgedInputs({ placed, objects }, image.config.env);
    const neighbours = judgedNeighbours(placed, placed?.imageIdOf);
    const ambiguous = ambiguousObjects(spec, workload, objects).map(ambiguousText);
    const open = hasUnknownNames(sources);
    return this.#handed.flatMap((evidence): readonly Bound[] => {
      const { trial } = evidence;
      const isTogether =
        this.#means.isStored === true && origin !== undefined && ranWith(evidence, placed, origin);
      const binding = boundTo(trial, {
        subject: open ? withNamesOf(trial, subject) : subject,
        stopSignal: spec?.lifecycle?.stopSignal ?? image.config.stopSignal ?? "SIGTERM",
        ...(lifetime === undefined ? {} : { lifetime }),
        ...(workload === undefined ? {} : { graceMs: graceOf(workload) * 1_000 }),
        ...(isTogether ? {} : { inputs, neighbours }),
      });
      if (trial.imageId === subject.imageId && !this.#differences.has(evidence)) {
        this.#differences.set(evidence, binding.bound ? ANOTHER : binding.difference);
      }
      if (!binding.bound) return [];
      const reservations = uniqueTexts([...ambiguous, ...binding.reservations]);
      return [{ evidence, reservations }];
    });
  }
}

interface Bound {
  readonly evidence: TrialEvidence;
  readonly reservations: readonly Reservation[];
}

function uniqueTexts<T extends Text>(texts: readonly T[]): readonly T[] {
  return [...new Map(texts.map((text) => [text.en, text])).values()];
}

/** Whether the trial ran at this place, in the same manifest file. */
function ranWith({ ranAs, origin }: TrialEvidence, placed: TriedSubject["placed"], of: Origin): boolean {
  if (placed === undefined || ranAs === undefined) return false;
  const { workload, placement } = placed;
  const { at } = workload;
  if (at.in !== "file" || ranAs.file !== at.file || ranAs.document !== at.document) return false;
  return ranAs.path === placement.path && origin.by === of.by && originName(origin) === originName(of);
}

const ANOTHER: Text = {
  fr: "un autre essai du même conteneur a compté",
  en: "another trial of the same container counted",
};

/** Distance of a trial: 0 for the same place; 1 beside containers of the same names; 2 otherwise. */
function distance({ ranAs, trial }: TrialEvidence, { placed }: TriedSubject): number {
  if (placed === undefined) return ranAs === undefined ? 0 : 2;
  const { workload, placement } = placed;
  const { at } = workload;
  const isHere = at.in === "file" && ranAs?.file === at.file && ranAs.document === at.document;
  if (isHere && ranAs.path === placement.path) return 0;
  return isBeside(trial, judgedNeighbours(placed)) ? 1 : 2;
}

function isBeside({ beside = [] }: TrialFacts, others: readonly { readonly name: string }[]): boolean {
  const names = new Set(beside.map(({ name }) => name));
  return beside.length === others.length && others.every(({ name }) => names.has(name));
}

/** The subject with the trial's variable names, if the manifest's are unknown. */
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
