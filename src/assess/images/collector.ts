import type { RawImage } from "../../contract/image-facts.ts";
import { stillMasked } from "../../contract/masked.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { ImageEvidence } from "../../evidence/file.ts";
import { type CollectedImage, ImageFactsCollector } from "../../evidence/image.ts";
import type { ImageUser } from "../../evidence/named-images.ts";
import type { ImageOpener } from "../../image/open.ts";
import { closingOnError, type OpenImage } from "../../image/source/open-image.ts";
import { selectingRules } from "../../rules/rule-set.ts";
import { startOverrides } from "../../start/entrypoint-and-command.ts";
import type { Assessment } from "../run/assessment.ts";
import type { ReadingImage } from "../run/request.ts";
import { BaseVerifier } from "./base-verifier.ts";
import { foreignPlatform } from "./foreign-platform.ts";
import type { ImageJob } from "./image-jobs.ts";
import { inImageTime } from "./image-time.ts";
import type { KeptEvidence } from "./kept-evidence.ts";
import { withBase } from "./with-base.ts";

/** Called with each image while it is open. */
export type OnImageOpen = (
  image: OpenImage,
  evidence: ImageEvidence,
  users: readonly ImageUser[],
) => Promise<void>;

/** Collects evidence of an image: read from the image, or stored evidence of the same image. */
export function imageCollector(
  assessment: Assessment,
  opener: ImageOpener,
  total: number,
  onImageOpen: OnImageOpen | undefined,
): (job: ImageJob, number: number) => Promise<ImageEvidence> {
  const { request, ports } = assessment;
  let shared: Promise<ImageFactsCollector> | undefined;
  const bases = new BaseVerifier(assessment, opener);
  return async (job, number) => {
    ports.signal.throwIfAborted();
    const reading: ReadingImage = { kind: "reading-image", image: job.name, number, of: total };
    await ports.emit(reading);
    const kept = onImageOpen === undefined ? await keptEvidence(assessment, job) : undefined;
    const known = await kept?.find();
    if (known !== undefined) return inImageTime(ports.signal, (signal) => completed(known, signal));
    const { image, evidence } = await inImageTime(ports.signal, (signal) =>
      opened(job, reading, kept, signal),
    );
    try {
      await onImageOpen?.(image, evidence, job.users);
      return evidence;
    } finally {
      await image.close();
    }
  };

  async function opened(
    job: ImageJob,
    reading: ReadingImage,
    kept: KeptEvidence | undefined,
    signal: AbortSignal,
  ): Promise<{ readonly image: OpenImage; readonly evidence: ImageEvidence }> {
    const image = await job.open(opener, signal);
    return closingOnError(image, async () => {
      if (image.choice !== undefined) await assessment.warn(chosen(job.name, image.choice));
      const evidence = await evidenceOf(image, job, reading, kept, signal);
      await attested(image, evidence, signal);
      return { image, evidence };
    });
  }

  /**
   * Reads the image's attestations from its registry, and warns if the image is for another platform than this
   * machine's.
   */
  async function attested(
    image: Pick<OpenImage, "digest" | "indexDigest" | "otherIndexDigests" | "reference">,
    evidence: ImageEvidence,
    signal: AbortSignal,
  ): Promise<void> {
    const failure = await assessment.attestations?.collect(image, evidence.image, signal);
    if (failure !== undefined) assessment.unanswered(failure);
    const foreign = request.platform === undefined ? foreignPlatform(evidence.image.platform) : undefined;
    if (foreign !== undefined) await assessment.warn(foreign(evidence.image.source));
  }

  /**
   * Stored evidence, with the parts that may have changed meanwhile read again: its verified base, and its
   * attestations.
   */
  async function completed(
    { image, sbom, reference, origin }: Required<ImageEvidence>,
    signal: AbortSignal,
  ): Promise<ImageEvidence> {
    const { source, annotations, layers, config } = image;
    const opened = { source, annotations, layers, config: { config: { Labels: config.labels } } };
    const verified = await bases.verified(image, opened);
    const evidence = { image: verified, sbom: withBase(sbom, verified.base), reference, origin };
    await attested({ ...reachedBy(image, image), reference }, evidence, signal);
    return evidence;
  }

  async function evidenceOf(
    image: OpenImage,
    job: ImageJob,
    reading: ReadingImage,
    kept: KeptEvidence | undefined,
    signal: AbortSignal,
  ): Promise<ImageEvidence> {
    const reference = job.reference ?? image.reference;
    const stored = assessment.evidence.match(image);
    if (stored !== undefined) {
      const raw: RawImage = stored.image;
      const { sbom, origin } = stored;
      const { otherPlatforms } = image;
      const listed = otherPlatforms.length === 0 ? {} : { otherPlatforms };
      const own = stillMasked(
        { ...raw, source: job.name, ...reachedBy(raw, image), ...listed },
        stored.image,
      );
      return { image: own, reference, origin, ...(sbom === undefined ? {} : { sbom }) };
    }
    const read = await collected(image, job, reading, signal);
    await kept?.keep(read, reference);
    const { origin } = assessment;
    const verified = await bases.verified(read.image, image);
    return { image: verified, sbom: withBase(read.sbom, verified.base), reference, origin };
  }

  async function collected(
    image: OpenImage,
    { users }: ImageJob,
    reading: ReadingImage,
    signal: AbortSignal,
  ): Promise<CollectedImage> {
    const { cache: directory, unusedCache } = ports;
    shared ??= factsCollector(assessment, total);
    const facts = await shared;
    const collected = await facts.collect(image, {
      starts: users.flatMap(({ placement }) => startOverrides(placement.spec)),
      signal,
      onProgress: (bytes) => void ports.emit({ ...reading, bytes }),
      onReading: (inThreads) => void ports.emit({ kind: "reading-layers", inThreads }),
    });
    if (directory !== undefined && facts.cacheProblem !== undefined) {
      await assessment.warn(unused(directory, facts.cacheProblem));
    }
    if (unusedCache !== undefined) await assessment.warn(unused(unusedCache.directory, unusedCache.reason));
    return collected;
  }
}

/** Loads the module that reads stored evidence; undefined without a store, or if the evidence cannot be stored. */
async function keptEvidence(assessment: Assessment, job: ImageJob): Promise<KeptEvidence | undefined> {
  if (assessment.ports.evidence === undefined) return undefined;
  const module = await import("./kept-evidence.ts");
  return module.keptEvidence(assessment, assessment.ports.evidence, job);
}

/**
 * Digests by which the opened image was reached, joined with the digests in its earlier evidence, which may
 * have reached the same manifest otherwise.
 */
function reachedBy(
  stored: RawImage,
  {
    digest,
    indexDigest,
    otherIndexDigests = [],
  }: Pick<RawImage, "digest" | "indexDigest" | "otherIndexDigests">,
): Pick<RawImage, "digest" | "indexDigest" | "otherIndexDigests"> {
  const before = [stored.indexDigest, ...(stored.otherIndexDigests ?? [])];
  const known = [indexDigest, ...otherIndexDigests, ...before].filter((one) => one !== undefined);
  const [first, ...others] = new Set(known);
  return {
    ...(digest === undefined ? {} : { digest }),
    ...(first === undefined ? {} : { indexDigest: first }),
    ...(others.length === 0 ? {} : { otherIndexDigests: others }),
  };
}

/** One collector for all images of the run, which share facts of layers. */
async function factsCollector({ ports }: Assessment, images: number): Promise<ImageFactsCollector> {
  const { cache: directory, douane } = ports;
  return new ImageFactsCollector({
    rules: await selectingRules(),
    isShared: images > 1,
    ...(directory === undefined ? {} : { cache: { directory, douane } }),
  });
}

function chosen(image: string, { fr, en }: Text): Text {
  return { fr: `${quoted(image)} : ${fr}`, en: `${quoted(image)}: ${en}` };
}

function unused(folder: string, problem: Text): Text {
  return {
    fr: `le cache ${folder} ne peut pas servir (${problem.fr}) : les couches seront relues la prochaine fois. --no-cache s'en passe sans avertir.`,
    en: `the cache ${folder} cannot be used (${problem.en}): layers will not be cached. --no-cache silences this warning.`,
  };
}
