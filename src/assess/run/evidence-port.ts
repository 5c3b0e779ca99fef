import type { Digest } from "../../contract/image-facts.ts";
import type { RecordedAnswers } from "../../vulnerabilities/database.ts";

/** Identity of the evidence of an image: what was read, and how. */
export interface EvidenceKey {
  /** Digest by which manifests name the image: of its manifest, or of an index. */
  readonly digest: Digest;
  /** SHA-256 of the name, of the platform, and of the start commands that were followed. */
  readonly asked: Digest;
  /** SHA-256 of the versions of rules, analyzers and catalogers. */
  readonly version: Digest;
}

/**
 * Evidence of images, stored between runs. A rejection is an error of the store; the run then goes on without stored
 * evidence.
 */
export interface EvidencePort {
  /** Evidence file of this key, with the time of its collection; undefined also for another version. */
  find(key: EvidenceKey): Promise<{ readonly text: string; readonly collectedAt: string } | undefined>;
  /** @param image digest of the image's manifest, by which verdicts name the image */
  keep(key: EvidenceKey, image: Digest, text: string): Promise<void>;
}

/**
 * Receives the queries of an image's comparison with the vulnerability data, and their answers. `image`: digest of the
 * image's manifest.
 */
export type OnCompared = (image: Digest, answers: RecordedAnswers) => void;
