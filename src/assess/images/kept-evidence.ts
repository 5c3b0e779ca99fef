import { sha256 } from "../../contract/digest.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { Origin } from "../../contract/origin.ts";
import { EVIDENCE_FORMAT, EvidenceText, type ImageEvidence, parseEvidence } from "../../evidence/file.ts";
import { type CollectedImage, evidenceVersion } from "../../evidence/image.ts";
import { wantedPlatform } from "../../image/documents/platform.ts";
import { parseReference } from "../../net/reference.ts";
import { selectingRules } from "../../rules/rule-set.ts";
import { startOverrides } from "../../start/entrypoint-and-command.ts";
import type { Assessment } from "../run/assessment.ts";
import type { EvidenceKey, EvidencePort } from "../run/evidence-port.ts";
import type { ImageJob } from "./image-jobs.ts";

const EVIDENCE_MS = LIMITS.storedEvidenceDays * 86_400_000;
/** Milliseconds by which the clock of the store may be ahead. */
const CLOCKS_MS = 5 * 60_000;

/** Stored evidence of one image of a run: as collected from its layers, without its verified base. */
export interface KeptEvidence {
  /** Evidence that counts; undefined if there is none, or if the store does not answer. */
  find(): Promise<Required<ImageEvidence> | undefined>;
  /** Stores evidence that is whole; the run does not depend on the store. */
  keep(collected: CollectedImage, reference: ImageEvidence["reference"]): Promise<void>;
}

/**
 * @returns undefined if a tag names the image, if no manifest names the image, which may then be another one the next
 * time, or if evidence was handed in, which comes first
 */
export async function keptEvidence(
  { ports, request, origin, judgedAt }: Assessment,
  store: EvidencePort,
  job: ImageJob,
): Promise<KeptEvidence | undefined> {
  if (job.reference !== undefined || job.users.length === 0 || request.evidence.pieces.length > 0)
    return undefined;
  const { digest } = parseReference(job.name);
  if (digest === undefined) return undefined;
  const starts = job.users.flatMap(({ placement }) => startOverrides(placement.spec));
  const platform = job.platform ?? request.platform ?? wantedPlatform().architecture;
  const key: EvidenceKey = {
    digest,
    asked: sha256(JSON.stringify([job.name, platform, starts])),
    version: sha256(JSON.stringify([EVIDENCE_FORMAT, evidenceVersion(ports.douane, await selectingRules())])),
  };
  return {
    async find() {
      const found = await store.find(key).catch(() => undefined);
      if (found === undefined) return undefined;
      const age = Date.parse(judgedAt) - Date.parse(found.collectedAt);
      const counts = age >= -CLOCKS_MS && age <= EVIDENCE_MS;
      return counts ? evidenceIn(found.text, job.name, digest, origin) : undefined;
    },
    async keep({ image, sbom }, reference) {
      if (image.digest === undefined || image.layers.some(({ unread }) => unread !== undefined)) return;
      const text = new EvidenceText();
      const piece = text.add({ kind: "image", origin, reference, image, sbom });
      const whole = [text.begin(ports.douane), piece, text.end()].join("");
      await store.keep(key, image.digest, whole).catch(() => undefined);
    },
  };
}

/** Evidence as this run would have collected it; undefined if it is damaged, or about another image. */
function evidenceIn(
  text: string,
  name: string,
  asked: Digest,
  origin: Origin,
): Required<ImageEvidence> | undefined {
  try {
    const [piece] = parseEvidence(text, name);
    if (piece?.kind !== "image" || piece.sbom === undefined || piece.reference.given !== name)
      return undefined;
    const { image, sbom, reference } = piece;
    const digests = [image.digest, image.indexDigest, ...(image.otherIndexDigests ?? [])];
    return digests.includes(asked) ? { image, sbom, reference, origin } : undefined;
  } catch {
    return undefined;
  }
}
