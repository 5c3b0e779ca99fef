import type { IgnoredAttestation, JudgedAttestations } from "../../contract/attestation-facts.ts";
import type { AttestationPolicy } from "../../contract/attestation-policy.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { maskMessage } from "../../secrets/message.ts";
import { readAttachments } from "../read/read-attachments.ts";
import { tagsOnce } from "../read/tags-once.ts";
import { verifyAttachments } from "../read/verify-attachments.ts";
import type { ArtifactReader } from "../store/artifact-store.ts";
import type { Certifier } from "./certify.ts";
import { withEnds } from "./check-ends.ts";
import { type AttestedSubject, judgeAttestations } from "./judge-attestations.ts";
import type { SignedStatement } from "./signers.ts";
import type { TrustedKey } from "./trusted-key.ts";

/** Attestations of an image, verified by the policy's keys and authorities, and not judged yet. */
export interface ImageAttestations extends Pick<AttestedSubject, "repository"> {
  readonly statements: readonly SignedStatement[];
  /** Verification summaries of sources: about Git commits. */
  readonly sources: readonly SignedStatement[];
  /** Attestations that prove nothing about the image: unreadable, unsigned, about another image. */
  readonly unverified: readonly IgnoredAttestation[];
  /** Trusted keys that signed the image itself, each once; such signatures decide no row. */
  readonly imageSigners: readonly TrustedKey[];
}

/** Parts of an image's attachments that are read. */
interface ReadImageOptions {
  /** True if signatures of the image itself are read besides its attestations. */
  readonly signatures: boolean;
  /** Verifies certificates; absent where the policy names no identity. */
  readonly certify?: Certifier;
}

/**
 * Reads and verifies the attestations of an image: of its manifest, and of the indexes that led to the
 * manifest, since each of these digests may be deployed.
 *
 * @param digests digests of manifest and indexes
 * @throws InvalidInputError too-many-attestations, attested-bytes; UnavailableError as the store
 */
export async function readImageAttestations(
  store: ArtifactReader,
  digests: readonly Digest[],
  keys: readonly TrustedKey[],
  options: ReadImageOptions = { signatures: false },
): Promise<Omit<ImageAttestations, "repository">> {
  const statements: SignedStatement[] = [];
  const sources: SignedStatement[] = [];
  const unverified: IgnoredAttestation[] = [];
  const imageSigners = new Set<TrustedKey>();
  const once = tagsOnce(store);
  for (const digest of digests) {
    const found = await readAttachments(once, digest, options);
    const certified = await options.certify?.(found.attestations);
    const verified = verifyAttachments(found, digest, keys, certified);
    statements.push(...verified.statements);
    sources.push(...verified.sources);
    unverified.push(...verified.refused);
    unverified.push(...found.problems);
    for (const key of verified.imageSigners) imageSigners.add(key);
  }
  return { statements, sources, unverified, imageSigners: [...imageSigners] };
}

/**
 * Judges an image's attestations; a secret that a statement holds is masked in every text (see statedValue()).
 *
 * @param at milliseconds since 1970
 */
export function judgeImageAttestations(
  { statements, sources, unverified, repository }: ImageAttestations,
  policy: AttestationPolicy,
  at: number,
): JudgedAttestations {
  const subject = { sources, ...(repository === undefined ? {} : { repository }) };
  const judged = judgeAttestations(statements, policy, subject, at);
  const later = (time: number) => judgeAttestations(statements, policy, subject, time).checks;
  return {
    ...judged,
    checks: withEnds(judged.checks, at, later),
    unverified: unverified.map((one) => ({ ...one, text: maskMessage(one.text) })),
  };
}
