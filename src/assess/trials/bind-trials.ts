import { type Origin, originName } from "../../contract/origin.ts";
import type { PlacementFacts } from "../../contract/pod-containers.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { Reservation, TrialFacts } from "../../contract/trial-facts.ts";
import type { TrialSubject } from "../../contract/trial-subject.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import type { BoundTrial, ImageEvidence, TrialEvidence } from "../../evidence/file.ts";
import { ambiguousObjects, graceOf, lifetimeOf } from "../../evidence/trial/inputs/bound-settings.ts";
import { ambiguousText } from "../../evidence/trial/inputs/compare-inputs.ts";
import {
  type ImageIds,
  judgedInputs,
  judgedNeighbours,
  openInputs,
} from "../../evidence/trial/inputs/judged-inputs.ts";
import {
  type ConfigLookup,
  type NamespaceObjects,
  NO_OBJECTS,
} from "../../evidence/trial/namespace-objects.ts";
import type { TrialSettings } from "../../evidence/trial/settings.ts";
import { hasUnknownNames, trialSubject } from "../../evidence/trial/subject.ts";
import { boundTo } from "../../evidence/trial-binding.ts";
import { isSameAccount, primaryGroup } from "../../start/accounts.ts";
import { GivenTrials } from "./given-trials.ts";
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
  /** Trials that are attested about this image. They do not count for the same image from another source. */
  readonly attested?: readonly TrialEvidence[];
  /** Origin of the manifest, as stored. */
  readonly origin?: Origin;
  /** Trial made by this run, or given to this run by the user. */
  readonly own?: BoundTrial;
}

export interface BindingMeans {
  readonly objects: ObjectSource;
  /** Arguments with which an image alone is judged. */
  readonly settings?: Pick<TrialSettings, "args">;
  /** Set if the manifests come from evidence, so that related objects are unavailable. */
  readonly isStored?: boolean;
  /** Workloads that are judged. A trial that ran as a container of one of them belongs to this container. */
  readonly judged?: readonly Pick<WorkloadFacts, "at">[];
}

/**
 * Binds given trials to the containers for which they count. The result for a subject depends only on the
 * subject and the set of trials, not on any order.
 */
export class TrialBinding {
  readonly #given: GivenTrials;
  readonly #used = new Set<TrialEvidence>();
  readonly #attested = new Set<TrialEvidence>();
  /** Reason why a trial did not count for a container of the same image: the first reason found. */
  readonly #differences = new Map<TrialEvidence, Text>();
  readonly #means: BindingMeans;
  /** Images of judged containers that trials were compared with. */
  readonly #images = new Set<string>();

  /** @throws InvalidInputError `trials-too-many`, as bind() */
  constructor(handed: readonly TrialEvidence[], means: BindingMeans) {
    this.#means = means;
    const judged = new Set(
      (means.judged ?? []).flatMap(({ at }) => (at.in === "file" ? [documentKey(at)] : [])),
    );
    this.#given = new GivenTrials(handed, (place) => judged.has(documentKey(place)));
  }

  /**
   * Assigns its trials to each container of a subject: one trial, with the others in `others`, in an order
   * that depends only on their content. Every trial that fits counts, since an omitted trial might refute.
   */
  bind(containers: readonly TriedSubject[]): readonly (BoundTrial | undefined)[] {
    return containers.map((container) => {
      const { placed } = container;
      const bound = this.#bound(container);
      if (bound === undefined || placed === undefined) return bound;
      return withUngiven(bound, placed, this.#means.objects(placed.workload));
    });
  }

  #bound(container: TriedSubject): BoundTrial | undefined {
    const { own, image, attested = [] } = container;
    // Preparing the manifest for a comparison takes time: an image without trials needs none.
    if (!this.#given.has(image.imageId) && attested.length === 0) return own;
    for (const one of attested) this.#attested.add(one);
    const counted = this.#inOrder(this.#counted(container), container);
    for (const { evidence } of counted) this.#used.add(evidence);
    const judged = distinct(counted, this.#given);
    this.#given.count(judged.length);
    const given = judged.map(
      ({ evidence, reservations }): BoundTrial =>
        reservations.length === 0 ? evidence : { ...evidence, reservations },
    );
    const [first, ...others] = own === undefined ? given : [own, ...given];
    return first === undefined || others.length === 0 ? first : { ...first, others };
  }

  /**
   * Trials that count. Trials of this place, or of a place that is not judged, precede trials that ran as
   * another judged container; trials without reservations precede those with. Beside the run's own trial,
   * only trials that fit as well count.
   */
  #counted(container: TriedSubject): readonly Bound[] {
    const { image, own, placed, attested = [] } = container;
    const place = placed === undefined ? undefined : placeOf(placed);
    const compare = this.#comparison(container);
    const candidates = [...this.#given.of(image.imageId, place), ...this.#given.attested(attested)];
    const here = candidates.flatMap(compare);
    const wholeHere = here.filter(isWhole);
    if (own !== undefined) return own.reservations === undefined ? wholeHere : here;
    if (wholeHere.length > 0) return wholeHere;
    const elsewhere = this.#given.ofOthers(image.imageId, place).flatMap(compare);
    return [elsewhere.filter(isWhole), here, elsewhere].find((some) => some.length > 0) ?? [];
  }

  /** Texts about trials that were not used. */
  get ignored(): readonly Text[] {
    return [...this.#given.all, ...this.#attested]
      .filter((trial) => !this.#used.has(trial))
      .map((evidence) => {
        const why = this.#differences.get(evidence) ?? this.#without(evidence.trial);
        return { fr: `essai ignoré : ${why.fr}.`, en: `trial ignored: ${why.en}.` };
      });
  }

  #without(trial: TrialFacts): Text {
    return this.#images.has(trial.imageId) ? ANOTHER : otherImage(trial);
  }

  /**
   * Compares a container with trials: each trial with its reservations, or undefined if the trial does not
   * count.
   */
  #comparison({ image, placed, origin }: TriedSubject): (evidence: TrialEvidence) => readonly Bound[] {
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
    const imageGroup = primaryGroup(image, subject.user.runAs);
    this.#images.add(image.imageId);
    return (evidence) => {
      const { trial } = evidence;
      const isTogether =
        this.#means.isStored === true && origin !== undefined && ranWith(evidence, placed, origin);
      const binding = boundTo(trial, {
        subject: open ? withNamesOf(trial, subject) : subject,
        stopSignal: spec?.lifecycle?.stopSignal ?? image.config.stopSignal ?? "SIGTERM",
        ...(lifetime === undefined ? {} : { lifetime }),
        ...(imageGroup === undefined ? {} : { imageGroup }),
        isSameAccount: (one, other) => isSameAccount(image, one, other),
        ...(workload === undefined ? {} : { graceMs: graceOf(workload) * 1_000 }),
        ...(isTogether ? {} : { inputs, neighbours }),
      });
      if (trial.imageId === subject.imageId && !this.#differences.has(evidence)) {
        this.#differences.set(evidence, binding.bound ? ANOTHER : binding.difference);
      }
      if (!binding.bound) return [];
      const reservations = uniqueTexts([...ambiguous, ...binding.reservations]);
      return [{ evidence, reservations }];
    };
  }

  /** Trials by distance, then origin, then content, independent of the order in which they were given. */
  #inOrder(bound: readonly Bound[], { placed }: TriedSubject): readonly Bound[] {
    if (bound.length < 2) return bound;
    const neighbours = placed === undefined ? [] : judgedNeighbours(placed);
    const keyed = bound.map((one) => {
      const { origin, trial } = one.evidence;
      const far = distance(one.evidence, placed, neighbours);
      return { one, key: [far, originName(origin), this.#given.text(trial)].join("\n") };
    });
    return keyed.toSorted((a, b) => (a.key < b.key ? -1 : 1)).map(({ one }) => one);
  }
}

type Placed = NonNullable<TriedSubject["placed"]>;

interface Bound {
  readonly evidence: TrialEvidence;
  readonly reservations: readonly Reservation[];
}

/** Bound trials, with a reservation for each input of the manifest that no trial can provide. */
function withUngiven(bound: BoundTrial, placed: Placed, objects: NamespaceObjects): BoundTrial {
  const { others, reservations: own = [] } = bound;
  const more = openInputs(placed, objects, bound.trial);
  const each = others?.map((one) => withUngiven(one, placed, objects));
  if (more.length === 0 && each === undefined) return bound;
  return {
    ...bound,
    ...(more.length === 0 ? {} : { reservations: uniqueTexts([...own, ...more]) }),
    ...(each === undefined ? {} : { others: each }),
  };
}

function isWhole({ reservations }: Bound): boolean {
  return reservations.length === 0;
}

/** Trials without duplicates: the same evidence given twice is one observation. */
function distinct(bound: readonly Bound[], given: GivenTrials): readonly Bound[] {
  if (bound.length < 2) return bound;
  const seen = new Set<string>();
  return bound.filter(({ evidence }) => {
    const text = given.text(evidence.trial);
    return !seen.has(text) && seen.add(text);
  });
}

function documentKey({ file, document }: { readonly file: string; readonly document: number }): string {
  return `${document} ${file}`;
}

/** Place of a container in a manifest file. */
function placeOf({ workload: { at }, placement: { path } }: Placed): TrialEvidence["ranAs"] {
  return at.in === "file" ? { file: at.file, document: at.document, path } : undefined;
}

/** Whether the trial ran as this container of this manifest file. */
function isPlace(ranAs: NonNullable<TrialEvidence["ranAs"]>, placed: TriedSubject["placed"]): boolean {
  if (placed === undefined) return false;
  const { at } = placed.workload;
  return at.in === "file" && documentKey(at) === documentKey(ranAs) && ranAs.path === placed.placement.path;
}

function uniqueTexts<T extends Text>(texts: readonly T[]): readonly T[] {
  return [...new Map(texts.map((text) => [text.en, text])).values()];
}

/** Whether the trial ran at this place, in the same manifest file. */
function ranWith({ ranAs, origin }: TrialEvidence, placed: TriedSubject["placed"], of: Origin): boolean {
  if (ranAs === undefined || !isPlace(ranAs, placed)) return false;
  return origin.by === of.by && originName(origin) === originName(of);
}

const ANOTHER: Text = {
  fr: "un autre essai du même conteneur a compté",
  en: "another trial of the same container counted",
};

/**
 * Distance between a trial and the judged container: 0 if the trial ran as this container; 1 if its pod had
 * containers of the same names; 2 otherwise.
 */
function distance(
  { ranAs, trial }: TrialEvidence,
  placed: TriedSubject["placed"],
  neighbours: readonly { readonly name: string }[],
): number {
  if (placed === undefined) return ranAs === undefined ? 0 : 2;
  if (ranAs !== undefined && isPlace(ranAs, placed)) return 0;
  return isBeside(trial, neighbours) ? 1 : 2;
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
