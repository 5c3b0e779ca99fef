import { judgeImageAttestations } from "../../attest/policy/image-attestations.ts";
import { type ImageSignature, imageSignatures } from "../../attest/policy/image-signatures.ts";
import type { JudgedAttestations } from "../../contract/attestation-facts.ts";
import {
  ATTESTED_ROWS,
  type AttestationPolicy,
  type AttestedRow,
} from "../../contract/attestation-policy.ts";
import { UsageError } from "../../contract/error.ts";
import type { ReferenceFacts } from "../../contract/evidence.ts";
import type { Digest } from "../../contract/image-facts.ts";
import type { RowVerdict } from "../../contract/verdict.ts";
import { imageOpener, type OpenOptions } from "../../image/open.ts";
import type { OpenImage } from "../../image/source/open-image.ts";
import { enforcedRows } from "../../policy/enforced-rows.ts";
import type { Policy } from "../../policy/policy.ts";
import { AttestationReader } from "./attestation-reader.ts";
import { attestedRows } from "./attested-rows.ts";

/** An image whose attestations were verified. */
export interface VerifiedImage {
  readonly reference: ReferenceFacts;
  readonly digest: Digest;
  readonly indexDigest?: Digest;
  readonly platform: string;
  readonly judged: JudgedAttestations;
  /** Rows that rest on attestations, as `check` answers them. */
  readonly rows: readonly RowVerdict[];
  /** Rows of these that the policy enforces on the day of judging. */
  readonly enforced: readonly AttestedRow[];
  /** Signatures of the image itself by keys of the policy; absent if they were not asked for. */
  readonly signatures?: readonly ImageSignature[];
}

/** Request for one image. */
export interface VerifyRequest extends OpenOptions {
  /** Source of the image: see parseSource(). */
  readonly image: string;
  readonly policy: Policy & { readonly attestations: AttestationPolicy };
  /** Time of judging, ISO 8601. */
  readonly at: string;
  /** Whether signatures of the image itself are read, too. */
  readonly signatures: boolean;
}

/**
 * Verifies the attestations of an image by the policy. No layer is read, and nothing but the image's place is
 * connected to.
 *
 * @throws UsageError verify-source: an image that can have no attestations; as AttestationReader.read()
 */
export async function verifyImage({
  image: source,
  policy,
  at,
  signatures,
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
      return await verified(image, reader, { policy, at, signatures });
    } finally {
      await image.close();
    }
  } finally {
    await opener.close();
  }
}

async function verified(
  image: OpenImage,
  reader: AttestationReader,
  { policy, at, signatures }: Pick<VerifyRequest, "policy" | "at" | "signatures">,
): Promise<VerifiedImage> {
  const found = await reader.read(image);
  const { digest, indexDigest, reference, platform } = image;
  if (found === undefined || digest === undefined) throw withoutAttestations(image.source);
  const time = Date.parse(at);
  const judged = judgeImageAttestations(found, policy.attestations, time);
  const today = at.slice(0, 10);
  const enforced = enforcedRows(policy, today);
  return {
    reference,
    digest,
    ...(indexDigest === undefined ? {} : { indexDigest }),
    platform,
    judged,
    rows: await attestedRows(judged, image, { acceptances: policy.acceptedFindings ?? [], today }),
    enforced: ATTESTED_ROWS.filter((id) =>
      typeof enforced === "boolean" ? enforced : enforced.includes(id),
    ),
    ...(signatures ? { signatures: imageSignatures(found.imageSigners, policy.attestations, time) } : {}),
  };
}

function withoutAttestations(source: string): UsageError {
  return new UsageError("verify-source", {
    fr: `${source} : une archive ou un moteur local ne garde pas d'attestations. Vérifier l'image poussée : registre/nom@sha256:…, ou oci:RÉPERTOIRE.`,
    en: `${source}: an archive or a local engine keeps no attestations. Verify the image that was pushed: registry/name@sha256:…, or oci:FOLDER.`,
  });
}
