import { judgeImageAttestations } from "../../attest/policy/image-attestations.ts";
import { type ImageSignature, imageSignatures } from "../../attest/policy/image-signatures.ts";
import { otherStatements } from "../../attest/policy/other-statements.ts";
import type { SignedStatement } from "../../attest/policy/signers.ts";
import type {
  AttestationCheck,
  IgnoredAttestation,
  JudgedAttestations,
} from "../../contract/attestation-facts.ts";
import {
  ATTESTED_ROWS,
  type AttestationPolicy,
  type AttestedRow,
} from "../../contract/attestation-policy.ts";
import { UsageError } from "../../contract/error.ts";
import type { ReferenceFacts } from "../../contract/evidence.ts";
import type { Digest } from "../../contract/image-facts.ts";
import type { RowVerdict } from "../../contract/verdict.ts";
import { type ImageOpener, imageOpener, type OpenOptions } from "../../image/open.ts";
import type { OpenImage } from "../../image/source/open-image.ts";
import { enforcedRows } from "../../policy/enforced-rows.ts";
import type { Policy } from "../../policy/policy.ts";
import { policyDigest } from "../../policy/policy-digest.ts";
import { AttestationReader } from "./attestation-reader.ts";
import { attestedRows } from "./attested-rows.ts";
import { rebuiltCheck } from "./rebuilt-check.ts";
import { verdictCheck, verdictsIn } from "./verdict-check.ts";

/** An image whose attestations were verified. */
export interface VerifiedImage {
  readonly reference: ReferenceFacts;
  readonly digest: Digest;
  readonly indexDigest?: Digest;
  readonly platform: string;
  readonly judged: JudgedAttestations;
  /** Statements by signers of the policy that no check names, with the reasons. */
  readonly others: readonly IgnoredAttestation[];
  /** Rows that rest on attestations, as `check` answers them. */
  readonly rows: readonly RowVerdict[];
  /** The attested rows that the policy enforces on the day of judging. */
  readonly enforced: readonly AttestedRow[];
  /** Signatures of the image itself by keys of the policy; absent if they were not requested. */
  readonly signatures?: readonly ImageSignature[];
}

/** Request for one image. */
export interface VerifyRequest extends OpenOptions {
  /** Source of the image: see parseSource(). */
  readonly image: string;
  readonly policy: Policy & { readonly attestations: AttestationPolicy };
  /** Source of the image of another build, to be compared. */
  readonly rebuilt?: string;
  /** Time of judging, ISO 8601. */
  readonly at: string;
  /** Version of douane that must have made the verdicts. */
  readonly douane: string;
  /** True if signatures of the image itself are read besides its attestations. */
  readonly signatures: boolean;
}

/**
 * Verifies the attestations of an image by the policy. No layer is read, and only the image's registry is
 * contacted.
 *
 * @throws UsageError verify-source: an image that can have no attestations; rebuilt-same; as
 * AttestationReader.read()
 */
export async function verifyImage({
  image: source,
  policy,
  at,
  signatures,
  rebuilt,
  douane,
  ...options
}: VerifyRequest): Promise<VerifiedImage> {
  const opener = imageOpener(options);
  const { registries } = opener;
  const { cwd } = options;
  const reader = new AttestationReader(policy.attestations, {
    registries,
    signatures,
    ...(cwd === undefined ? {} : { cwd }),
  });
  try {
    const image = await opener.open(source);
    try {
      const comparison = rebuiltCheck(image, await rebuiltImage(opener, image, rebuilt));
      return await verified(image, reader, { policy, at, signatures, douane }, comparison);
    } finally {
      await image.close();
    }
  } finally {
    await opener.close();
  }
}

/**
 * The image of the other build, for the same platform. The image is already closed, since only its documents
 * are compared.
 */
async function rebuiltImage(
  opener: ImageOpener,
  image: OpenImage,
  source: string | undefined,
): Promise<OpenImage | undefined> {
  if (source === undefined) return undefined;
  const other = await opener.open(source, undefined, image.platform);
  await other.close();
  if (isSamePlace(image, other)) throw sameImage(source);
  return other;
}

/** Whether both names lead to the same object: comparing an object with itself would prove nothing. */
function isSamePlace({ source, reference, digest }: OpenImage, other: OpenImage): boolean {
  if (source === other.source) return true;
  const { registry, repository } = reference;
  if (registry === undefined || other.reference.registry !== registry) return false;
  return other.reference.repository === repository && other.digest === digest;
}

async function verified(
  image: OpenImage,
  reader: AttestationReader,
  { policy, at, signatures, douane }: Pick<VerifyRequest, "policy" | "at" | "signatures" | "douane">,
  comparison: AttestationCheck,
): Promise<VerifiedImage> {
  const found = await reader.read(image);
  const { digest, indexDigest, reference, platform } = image;
  if (found === undefined || digest === undefined) throw withoutAttestations(image.source);
  const time = Date.parse(at);
  const { checks, ...others } = judgeImageAttestations(found, policy.attestations, time);
  const verdict = await verdictsOf(image, found.statements, { policy, at, douane });
  const judged = { ...others, checks: [...checks, comparison, ...verdict] };
  const signed = [...found.statements, ...found.sources];
  const today = at.slice(0, 10);
  const enforced = enforcedRows(policy, today);
  return {
    reference,
    digest,
    ...(indexDigest === undefined ? {} : { indexDigest }),
    platform,
    judged,
    others: otherStatements(signed, judged.checks, policy.attestations),
    rows: await attestedRows(judged, image, { acceptances: policy.acceptedFindings ?? [], today }),
    enforced: ATTESTED_ROWS.filter((id) =>
      typeof enforced === "boolean" ? enforced : enforced.includes(id),
    ),
    ...(signatures ? { signatures: imageSignatures(found.imageSigners, policy.attestations, time) } : {}),
  };
}

/**
 * Check of the image's verdicts; none if the image has no verdicts and the policy names no signers for
 * verdicts.
 */
async function verdictsOf(
  { imageId, platform }: OpenImage,
  statements: readonly SignedStatement[],
  { policy, at, douane }: Pick<VerifyRequest, "policy" | "at" | "douane">,
): Promise<readonly AttestationCheck[]> {
  const verdicts = verdictsIn(statements);
  const { attestations } = policy;
  if (verdicts.length === 0 && attestations.statements.verdict === undefined) return [];
  // The digest needs all rules, which nothing else here needs.
  const { rulesDigest } = await import("./rules-digest.ts");
  const binding = { imageId, platform, policy: policyDigest(policy), rules: rulesDigest(douane) };
  return [verdictCheck(verdicts, attestations, binding, Date.parse(at))];
}

function sameImage(source: string): UsageError {
  return new UsageError("rebuilt-same", {
    fr: `--rebuilt ${source} : c'est l'image elle-même, au même endroit. Construire de nouveau le même commit, pousser le résultat dans un autre dépôt ou le garder dans un répertoire OCI, et le nommer.`,
    en: `--rebuilt ${source}: this is the image itself, in the same place. Build the same commit again, push the result to another repository or keep it in an OCI layout, and name that.`,
  });
}

function withoutAttestations(source: string): UsageError {
  return new UsageError("verify-source", {
    fr: `${source} : une archive ou un moteur local ne garde pas d'attestations. Vérifier l'image poussée : registre/nom@sha256:…, ou oci:RÉPERTOIRE.`,
    en: `${source}: an archive or a local engine keeps no attestations. Verify the image that was pushed: registry/name@sha256:…, or oci:FOLDER.`,
  });
}
