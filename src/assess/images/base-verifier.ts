import { DouaneError } from "../../contract/error.ts";
import { evaluate } from "../../contract/evaluate.ts";
import type { BaseFacts, Digest, ImageFacts, RawImage } from "../../contract/image-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import { stillMasked } from "../../contract/masked.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { ImageOpener } from "../../image/open.ts";
import type { OpenImage } from "../../image/source/open-image.ts";
import { type BaseName, baseNames } from "../../policy/bases.ts";
import { BASE_RULES } from "../../rules/image/base-rules.ts";
import type { Assessment } from "../run/assessment.ts";
import { type BasedImage, baseCandidates } from "./base-candidates.ts";

/** Possible base image, as its registry returns it. */
interface AskedBase {
  /** Full reference with a digest. */
  readonly reference: string;
  /** DiffIds of the base image's layers, bottom first. */
  readonly diffIds: readonly Digest[];
}

interface ImageLayers {
  readonly layers: readonly { readonly diffId: Digest }[];
}

/**
 * Finds layers that belong to a base image: by digests of layers, verified while reading, and by a registry
 * that the policy names. Each candidate is queried once per run. A candidate whose registry does not answer
 * is not verified.
 */
export class BaseVerifier {
  readonly #assessment: Assessment;
  readonly #opener: Pick<ImageOpener, "openRegistry">;
  readonly #names: readonly BaseName[];
  readonly #asked = new Map<string, Promise<AskedBase | undefined>>();

  readonly #lookupMs: number;

  /** @param lookupMs timeout of one query */
  constructor(
    assessment: Assessment,
    opener: Pick<ImageOpener, "openRegistry">,
    lookupMs: number = LIMITS.baseLookupMs,
  ) {
    this.#assessment = assessment;
    this.#lookupMs = lookupMs;
    this.#opener = opener;
    this.#names = baseNames(assessment.request.policy.bases);
  }

  /** The image with its verified base. No registry is queried if a base would not change a verdict. */
  async verified(image: ImageFacts, opened: BasedImage & ImageLayers): Promise<ImageFacts> {
    const candidates = baseCandidates(opened, this.#names);
    if (candidates.length === 0 || !matters(image)) return image;
    const base = await this.baseOf(opened, candidates);
    if (base === undefined) return image;
    const raw: RawImage = image;
    return stillMasked({ ...raw, base }, image);
  }

  /** Candidate that contains the most of the image's layers. */
  async baseOf({ layers }: ImageLayers, candidates: readonly string[]): Promise<BaseFacts | undefined> {
    let best: BaseFacts | undefined;
    for (const candidate of candidates) {
      const asked = await this.#ask(candidate);
      if (asked === undefined) continue;
      const { reference, diffIds } = asked;
      const isBase = diffIds.length > 0 && diffIds.every((diffId, index) => layers[index]?.diffId === diffId);
      if (isBase && diffIds.length > (best?.layers ?? 0)) best = { reference, layers: diffIds.length };
    }
    return best;
  }

  async #ask(candidate: string): Promise<AskedBase | undefined> {
    const known = this.#asked.get(candidate) ?? this.#open(candidate);
    this.#asked.set(candidate, known);
    return known;
  }

  async #open(candidate: string): Promise<AskedBase | undefined> {
    try {
      const image = await withinTime(this.#opener.openRegistry(candidate), this.#lookupMs);
      const reference = candidate.includes("@") ? candidate : `${candidate}@${image.digest}`;
      const asked = { reference, diffIds: image.layers.map(({ diffId }) => diffId) };
      await image.close();
      return asked;
    } catch (error) {
      this.#assessment.ports.signal.throwIfAborted();
      if (!(error instanceof DouaneError)) throw error;
      this.#assessment.unanswered(error);
      await this.#assessment.warn(unverified(candidate, error.text));
      return undefined;
    }
  }
}

/** Whether a rule fails because of something that may come from a base. */
function matters(image: ImageFacts): boolean {
  return evaluate(BASE_RULES, { image }).some(({ outcome }) => outcome.status === "fail");
}

/** Opens an image within a time limit, since an unresponsive registry must not delay a verdict. */
async function withinTime(opening: Promise<OpenImage>, ms: number): Promise<OpenImage> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(tooLate(ms)), ms);
  try {
    return await Promise.race([opening, late.promise]);
  } catch (error) {
    // A late image is closed, a late error ignored.
    opening.then(
      (image) => image.close(),
      () => {},
    );
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function tooLate(ms: number): DouaneError {
  const seconds = ms / 1_000;
  return new DouaneError("base-time", 69, {
    fr: `pas de réponse en ${seconds} s (borne baseLookupMs).`,
    en: `no answer within ${seconds} s (bound baseLookupMs).`,
  });
}

function unverified(candidate: string, { fr, en }: Text): Text {
  const name = excerpt(candidate);
  return {
    fr: `l'image de base ${name} n'a pas pu être vérifiée : ce qui est trouvé dans ses couches compte comme le reste. ${fr}`,
    en: `the base image ${name} could not be verified: findings in its layers count like the others. ${en}`,
  };
}
