import type { Digest } from "../contract/image-facts.ts";
import { type Attaching, attach, type Layout, type SignedAttestation } from "./attach/attach.ts";
import { type AttachedReport, attachReports } from "./attach/attach-report.ts";
import type { Pause } from "./attach/shared-tag.ts";
import { attachSignature } from "./attach/sign-image.ts";
import type { SubjectDescriptor } from "./attach/subject.ts";
import { envelopeBy } from "./dsse/sign-envelope.ts";
import { SIGN_PREDICATE, STATEMENT_TYPE } from "./in-toto/statement.ts";
import { isAbout, type Predicate, statementBytes } from "./in-toto/write-statement.ts";
import type { ArtifactStore } from "./store/artifact-store.ts";
import type { Signer } from "./witness/signer.ts";

/** Manifests to which statements are attached, and in which places. */
export interface Attachment {
  /** The image's index and manifests. */
  readonly subjects: readonly SubjectDescriptor[];
  /** Scan reports that statements name. */
  readonly reports?: readonly AttachedReport[];
  readonly layout: Layout;
}

export interface AttestRequest extends Attachment {
  /** Registry and repository, by which statements name the image. */
  readonly name: string;
  readonly predicates: readonly Predicate[];
  /** Whether to sign the image itself, too. */
  readonly sign: boolean;
  readonly key: Signer;
  readonly now: Date;
}

/** Signed statement about one manifest of the image. */
export interface SignedAbout extends SignedAttestation {
  readonly digest: Digest;
}

/** Pause between attempts at a shared tag, and receiver of warnings. */
export type AttestPorts = { readonly pause: Pause } & Pick<Attaching, "warn">;

/**
 * Signs a statement about each subject for each predicate, and attaches the statements.
 *
 * @throws UnavailableError shared-tag-contended; as the store and the key
 */
export async function attestImage(
  store: ArtifactStore,
  request: AttestRequest,
  ports: AttestPorts,
): Promise<void> {
  const { name, subjects, predicates, sign, key, layout } = request;
  for (const subject of subjects) {
    const stated = predicates.filter((predicate) => isAbout(predicate, subject.digest));
    const signed = stated.map((predicate) => signedAbout(request, subject, predicate));
    await attachStatements(store, { ...request, subjects: [subject] }, await Promise.all(signed), ports);
    if (!sign) continue;
    const attestation = await signedAbout(request, subject, { type: SIGN_PREDICATE, content: {} });
    await attachSignature({ store, subject, ...ports }, { name, key, attestation }, layout);
  }
}

/**
 * Attaches signed statements, each to the manifest of its subject.
 *
 * @throws UnavailableError shared-tag-contended; as the store
 */
export async function attachStatements(
  store: ArtifactStore,
  { subjects, reports = [], layout }: Attachment,
  statements: readonly SignedAbout[],
  ports: AttestPorts,
): Promise<void> {
  for (const subject of subjects) {
    const attaching = { store, subject, ...ports };
    // Reports are attached before the statements, which cannot be checked without them.
    if (reports.length > 0) await attachReports(attaching, reports);
    const about = statements.filter(({ digest }) => digest === subject.digest);
    await attach(attaching, about, layout);
  }
}

async function signedAbout(
  { name, key, now }: AttestRequest,
  { digest }: SubjectDescriptor,
  predicate: Predicate,
): Promise<SignedAbout> {
  const envelope = await envelopeBy(key, STATEMENT_TYPE, statementBytes({ name, digest }, predicate));
  const material = await key.witness?.materialOf({ kind: "envelope", envelope });
  const signed = { digest, envelope, predicateType: predicate.type, keyId: key.id, created: now };
  return material === undefined ? signed : { ...signed, material };
}
