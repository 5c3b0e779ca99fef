import { type Attaching, attach, type Layout, type SignedAttestation } from "./attach/attach.ts";
import { type AttachedReport, attachReports } from "./attach/attach-report.ts";
import type { Pause } from "./attach/shared-tag.ts";
import { attachSignature, SIGN_PREDICATE } from "./attach/sign-image.ts";
import type { SubjectDescriptor } from "./attach/subject.ts";
import { signEnvelope } from "./dsse/sign-envelope.ts";
import { STATEMENT_TYPE } from "./in-toto/statement.ts";
import { type Predicate, statementBytes } from "./in-toto/write-statement.ts";
import type { PrivateKey } from "./keys/private-key.ts";
import type { ArtifactStore } from "./store/artifact-store.ts";

export interface AttestRequest {
  /** Registry and repository, by which statements name the image. */
  readonly name: string;
  /** The image's index and manifests. */
  readonly subjects: readonly SubjectDescriptor[];
  readonly predicates: readonly Predicate[];
  /** Scan reports that statements name. */
  readonly reports?: readonly AttachedReport[];
  /** Whether to sign the image itself, too. */
  readonly sign: boolean;
  readonly key: PrivateKey;
  readonly layout: Layout;
  readonly now: Date;
}

/**
 * Signs a statement about each subject for each predicate, and attaches them.
 *
 * @throws UnavailableError shared-tag-contended; as the store
 */
export async function attestImage(
  store: ArtifactStore,
  request: AttestRequest,
  ports: { readonly pause: Pause } & Pick<Attaching, "warn">,
): Promise<void> {
  const { name, subjects, predicates, reports = [], sign, key, layout } = request;
  for (const subject of subjects) {
    const attaching = { store, subject, ...ports };
    // Before the statements, which nobody could check without the reports.
    if (reports.length > 0) await attachReports(attaching, reports);
    const attestations = predicates.map((predicate) => signed(request, subject, predicate));
    await attach(attaching, attestations, layout);
    if (!sign) continue;
    const attestation = signed(request, subject, { type: SIGN_PREDICATE, content: {} });
    await attachSignature(attaching, { name, key, attestation }, layout);
  }
}

function signed(
  { name, key, now }: AttestRequest,
  { digest }: SubjectDescriptor,
  predicate: Predicate,
): SignedAttestation {
  const envelope = signEnvelope(STATEMENT_TYPE, statementBytes({ name, digest }, predicate), key);
  return { envelope, predicateType: predicate.type, keyId: key.id, created: now };
}
