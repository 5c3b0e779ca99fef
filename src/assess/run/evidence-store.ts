import { ORIGINS, type Origin, originName } from "../../contract/origin.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { EvidencePiece, ImageEvidence, TrialEvidence, WorkloadEvidence } from "../../evidence/file.ts";
import type { OpenImage } from "../../image/source/open-image.ts";
import type { Policy } from "../../policy/policy.ts";

type StoredImage = Extract<EvidencePiece, { readonly kind: "image" }>;

/** Evidence collected before this run, with its files as the user named them. */
export interface GivenEvidence {
  readonly pieces: readonly EvidencePiece[];
  readonly sources: readonly string[];
}

/** Evidence collected before this run, with a record of its use. */
export class EvidenceStore implements GivenEvidence {
  readonly images: readonly StoredImage[];
  readonly workloads: readonly WorkloadEvidence[];
  readonly trials: readonly TrialEvidence[];
  readonly pieces: readonly EvidencePiece[];
  readonly sources: readonly string[];
  readonly #taken = new Set<StoredImage>();

  /** @param sources files with the evidence, as the user named them */
  constructor(pieces: readonly EvidencePiece[] = [], sources: readonly string[] = []) {
    this.pieces = pieces;
    this.sources = sources;
    this.images = pieces.filter((piece) => piece.kind === "image");
    this.workloads = pieces.filter((piece) => piece.kind === "workload");
    this.trials = pieces.filter((piece) => piece.kind === "trial");
  }

  /**
   * Stored evidence of an opened image: same image id and platform, and same manifest if both manifests are
   * known. Of several pieces, the piece with the most command lines of workloads.
   */
  match(opened: OpenImage): ImageEvidence | undefined {
    const matches = this.images.filter((stored) => isOf(stored, opened));
    for (const match of matches) this.#taken.add(match);
    return matches.toSorted((a, b) => startsIn(b) - startsIn(a))[0];
  }

  /** Marks evidence as used for an image that is not read. */
  use(evidence: ImageEvidence): ImageEvidence {
    for (const stored of this.images) if (stored.image === evidence.image) this.#taken.add(stored);
    return evidence;
  }

  /** Evidence of images by the text that names them, if the text is unambiguous. */
  get imagesByText(): ReadonlyMap<string, ImageEvidence> {
    const groups = Map.groupBy(this.images, ({ reference }) => reference.given);
    return new Map(
      [...groups].flatMap(([text, [first, ...others]]) =>
        first !== undefined && isOneImage([first, ...others]) ? [[text, first] as const] : [],
      ),
    );
  }

  /** Texts about evidence that no image of this run used. */
  get ignored(): readonly Text[] {
    const images = this.images.filter((stored) => !this.#taken.has(stored)).map(ignoredImage);
    return this.workloads.length === 0 ? images : [...images, ignoredWorkloads(this.workloads.length)];
  }
}

/**
 * Evidence whose origin the policy trusts, and texts about the rest. Without a policy, all evidence counts.
 */
export function countedEvidence(
  pieces: readonly EvidencePiece[],
  { evidenceFrom = [...ORIGINS] }: Policy,
): { readonly counted: readonly EvidencePiece[]; readonly left: readonly Text[] } {
  const counts = ({ origin }: EvidencePiece): boolean => evidenceFrom.includes(origin.by);
  const counted = pieces.filter(counts);
  const left = new Map(
    pieces.filter((piece) => !counts(piece)).map(({ origin }) => [originName(origin), origin]),
  );
  return { counted, left: [...left.values()].map(notCounted) };
}

function startsIn({ image }: ImageEvidence): number {
  return image.overridden?.length ?? 0;
}

function isOf({ image }: ImageEvidence, opened: OpenImage): boolean {
  const { imageId, platform, digest } = opened;
  const sameManifest = digest === undefined || image.digest === undefined || image.digest === digest;
  return image.imageId === imageId && image.platform === platform && sameManifest;
}

function notCounted(origin: Origin): Text {
  const name = quoted(originName(origin));
  return {
    fr: `preuves ignorées : ${name} (origine ${origin.by}) ; la politique n'admet pas cette origine (evidenceFrom).`,
    en: `evidence ignored: ${name} (origin ${origin.by}); the policy does not count that origin (evidenceFrom).`,
  };
}

function ignoredImage({ image }: ImageEvidence): Text {
  const of = `${quoted(image.source)} (${image.digest ?? image.imageId}, ${image.platform})`;
  return {
    fr: `preuves ignorées : elles concernent ${of}, aucune des images jugées ici.`,
    en: `evidence ignored: it is about ${of}, none of the images judged here.`,
  };
}

function ignoredWorkloads(count: number): Text {
  return {
    fr: `preuves ignorées : leurs ${count} workloads ne sont jugés que par --evidence seul, sans image ni manifeste.`,
    en: `evidence ignored: its ${count} workloads are judged only if --evidence is given alone, without images or manifests.`,
  };
}

/** Whether all evidence is about one image on one platform. */
export function isOneImage(evidence: readonly ImageEvidence[]): boolean {
  return new Set(evidence.map(({ image }) => `${image.imageId} ${image.platform}`)).size < 2;
}
