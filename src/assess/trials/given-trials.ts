import { InvalidInputError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { Text } from "../../contract/text.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import type { TrialEvidence } from "../../evidence/file.ts";

/** Trials of one image: the trials that ran as a judged container, by container, and all other trials. */
interface ImageTrials {
  readonly all: readonly TrialEvidence[];
  /** Trials of no judged container: of the image alone, or of manifests that are not judged. */
  readonly unplaced: readonly TrialEvidence[];
  readonly byPlace: ReadonlyMap<string, readonly TrialEvidence[]>;
}

type Place = NonNullable<TrialEvidence["ranAs"]>;

/**
 * Trials of evidence files, found by image and by container. Evidence may come from an untrusted person, and
 * each trial may salt its values differently, so the number of comparisons with containers is bounded.
 */
export class GivenTrials {
  readonly all: readonly TrialEvidence[];
  readonly #byImage: ReadonlyMap<string, ImageTrials>;
  readonly #texts = new Map<TrialFacts, string>();
  #comparisons = 0;
  #counted = 0;

  /**
   * @param isJudged whether a manifest document is judged in this run
   * @throws InvalidInputError `trials-too-many`
   */
  constructor(all: readonly TrialEvidence[], isJudged: (place: Place) => boolean) {
    verify("trialsPerRun", all.length);
    this.all = all;
    const groups = Map.groupBy(all, ({ trial }) => trial.imageId);
    this.#byImage = new Map([...groups].map(([imageId, trials]) => [imageId, imageTrials(trials, isJudged)]));
  }

  /** True if a trial of this image was given. */
  has(imageId: string): boolean {
    return this.#byImage.has(imageId);
  }

  /** Trials of an image that ran as this container, or as a container that is not judged. */
  of(imageId: string, place: Place | undefined): readonly TrialEvidence[] {
    const { unplaced = [], byPlace } = this.#byImage.get(imageId) ?? {};
    const placed = place === undefined ? [] : (byPlace?.get(placeKey(place)) ?? []);
    return this.#toCompare([...unplaced, ...placed]);
  }

  /** Trials of an image that ran as other judged containers. */
  ofOthers(imageId: string, place: Place | undefined): readonly TrialEvidence[] {
    const { byPlace = new Map<string, readonly TrialEvidence[]>() } = this.#byImage.get(imageId) ?? {};
    const own = place === undefined ? undefined : placeKey(place);
    return this.#toCompare([...byPlace].flatMap(([key, trials]) => (key === own ? [] : trials)));
  }

  /** Attested trials of an image, bounded like given trials. */
  attested(trials: readonly TrialEvidence[]): readonly TrialEvidence[] {
    verify("trialsPerRun", trials.length);
    verify("trialSaltsPerImage", saltsOf(trials));
    return this.#toCompare(trials);
  }

  #toCompare(trials: readonly TrialEvidence[]): readonly TrialEvidence[] {
    this.#comparisons += trials.length;
    verify("trialComparisons", this.#comparisons);
    return trials;
  }

  /**
   * Counts the comparisons of trials with one more container.
   *
   * @throws InvalidInputError `trials-too-many`
   */
  count(trials: number): void {
    this.#counted += trials;
    verify("trialsCounted", this.#counted);
  }

  /** The trial as JSON, to sort and compare trials. */
  text(trial: TrialFacts): string {
    const known = this.#texts.get(trial) ?? JSON.stringify(trial);
    this.#texts.set(trial, known);
    return known;
  }
}

function imageTrials(all: readonly TrialEvidence[], isJudged: (place: Place) => boolean): ImageTrials {
  verify("trialSaltsPerImage", saltsOf(all));
  const unplaced = all.filter(({ ranAs }) => ranAs === undefined || !isJudged(ranAs));
  const placed = all.filter((one) => !unplaced.includes(one));
  return { all, unplaced, byPlace: Map.groupBy(placed, ({ ranAs }) => (ranAs ? placeKey(ranAs) : "")) };
}

function saltsOf(trials: readonly TrialEvidence[]): number {
  return new Set(trials.map(({ trial }) => trial.inputs?.salt)).size;
}

function placeKey({ file, document, path }: Place): string {
  return JSON.stringify([file, document, path]);
}

const BOUNDS = {
  trialsPerRun: { fr: "essais", en: "trials" },
  trialSaltsPerImage: {
    fr: "exécutions de « douane trial » pour une même image",
    en: "runs of `douane trial` for one image",
  },
  trialComparisons: {
    fr: "comparaisons d'un essai et d'un conteneur",
    en: "comparisons of a trial and a container",
  },
  trialsCounted: {
    fr: "essais à juger, comptés pour chaque conteneur",
    en: "trials to judge, counted for each container",
  },
} as const satisfies Partial<Record<keyof typeof LIMITS, Text>>;

function verify(bound: keyof typeof BOUNDS, count: number): void {
  const most = LIMITS[bound];
  if (count <= most) return;
  const { fr, en } = BOUNDS[bound];
  throw new InvalidInputError("trials-too-many", {
    fr: `les preuves demandent plus de ${most} ${fr} (limite ${bound}). Ne donner avec --evidence que les essais des manifestes jugés, les plus récents de chaque image, ou juger les manifestes en plusieurs fois.`,
    en: `the evidence calls for more than ${most} ${en} (limit ${bound}). Give with --evidence only the trials of the manifests that are judged, the latest of each image, or judge the manifests in several runs.`,
  });
}
