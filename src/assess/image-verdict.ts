import type { ImageVerdict } from "../attest/predicates/verdict.ts";
import type { AttestationFacts } from "../contract/attestation-facts.ts";
import { ATTESTED_ROWS, type AttestedRow } from "../contract/attestation-policy.ts";
import { CONTRACT } from "../contract/edition.ts";
import { InvalidInputError } from "../contract/error.ts";
import type { Digest, ImageFacts } from "../contract/image-facts.ts";
import type { RowId } from "../contract/rows.ts";
import { enforcedRows } from "../policy/enforced-rows.ts";
import { NEWEST_MINOR } from "../policy/kubernetes-version.ts";
import { policyDigest } from "../policy/policy-digest.ts";
import { assess } from "./assess.ts";
import type { Assessed } from "./assess-subject.ts";
import { rulesDigest } from "./attestations/rules-digest.ts";
import { judgingFacts } from "./judging-facts.ts";
import type { AssessmentPorts, AssessmentRequest } from "./run/request.ts";

/**
 * Rows that depend on the image and its attestations alone. Row 14 is judged anew with each day's data, row 17 is
 * about a reference, and the others need a manifest or a trial.
 */
const IMAGE_ROWS: readonly RowId[] = [
  "non-root",
  "no-baked-state",
  "provenance",
  "scans",
  "minimal",
  "no-dockerfile",
];
/** Rows of these that no policy lifts. */
const MANDATORY: readonly RowId[] = ["non-root", "no-baked-state"];

type Asked = Pick<AssessmentRequest, "platform" | "policy" | "insecureRegistries" | "caFile">;

/**
 * Verdict on an image by the platform's policy, for a verification summary. Neither a manifest, nor a trial, nor
 * vulnerability data are part of the judgement.
 *
 * @param given see parseSource()
 * @param verifier URI of who judges
 * @returns the verdict, with the digests by which the image was reached
 * @throws any error that prevents reading the image or its attestations
 */
export async function imageVerdict(
  given: string,
  { verifier, ...asked }: Asked & { readonly verifier: string },
  ports: Omit<AssessmentPorts, "vulnerabilities">,
): Promise<{ readonly verdict: ImageVerdict; readonly digests: readonly Digest[] }> {
  const { douane } = ports;
  const { policy } = asked;
  const assessed = await assessedImage(given, asked, ports);
  const { attestations, verdict, image, reference } = assessed;
  if (attestations !== undefined && "unread" in attestations) throw unread(given, attestations);
  const rows = verdict.rows
    .filter(({ id }) => IMAGE_ROWS.includes(id))
    .map(({ id, answer }) => ({ id, answer }));
  const enforced = enforcedRows(policy, ports.today);
  const binding = ATTESTED_ROWS.filter((id: AttestedRow) =>
    typeof enforced === "boolean" ? enforced : enforced.includes(id),
  );
  const needed: readonly RowId[] = [...MANDATORY, ...binding];
  const passed = rows.every(({ id, answer }) => !needed.includes(id) || answer === "yes" || answer === "n/a");
  const isBuilt = rows.some(({ id, answer }) => id === "provenance" && answer === "yes");
  const checks = attestations?.checks ?? [];
  const { digest, indexDigest, otherIndexDigests = [], imageId, platform } = image;
  const level = isBuilt ? attestations?.level : undefined;
  return {
    verdict: {
      verifier,
      douane,
      contract: CONTRACT,
      at: judgingFacts(policy, ports).at,
      resource: `${reference}@${digest ?? imageId}`,
      imageId,
      platform,
      policy: policyDigest(policy),
      rules: rulesDigest(douane),
      rows,
      passed,
      ...(level === undefined ? {} : { level }),
      inputs: [...new Set(checks.flatMap(({ by }) => by ?? []))],
    },
    digests: [digest, indexDigest, ...otherIndexDigests].filter((one) => one !== undefined),
  };
}

type AssessedImage = Pick<Assessed, "verdict" | "attestations"> & {
  readonly image: Pick<ImageFacts, "digest" | "indexDigest" | "otherIndexDigests" | "imageId" | "platform">;
  readonly reference: string;
};

async function assessedImage(
  given: string,
  asked: Asked,
  ports: Omit<AssessmentPorts, "vulnerabilities">,
): Promise<AssessedImage> {
  const failures: unknown[] = [];
  const request: AssessmentRequest = {
    ...asked,
    inputs: { manifests: [], dockerfiles: [], projects: [], images: [given] },
    evidence: { pieces: [], sources: [] },
    minor: NEWEST_MINOR,
    readImages: true,
    tryImages: false,
    trial: {},
  };
  const telling: AssessmentPorts = {
    ...ports,
    emit: (event) => (event.kind === "failed" ? void failures.push(event.error) : ports.emit(event)),
  };
  for await (const { evidence, verdict, attestations } of assess(request, telling)) {
    const [piece] = evidence.filter(({ kind }) => kind === "image");
    if (piece?.kind !== "image") continue;
    const { registry, repository, given: name } = piece.reference;
    const reference = registry === undefined || repository === undefined ? name : `${registry}/${repository}`;
    const judged = attestations === undefined ? {} : { attestations };
    return { verdict, ...judged, image: piece.image, reference };
  }
  throw failures[0] ?? new TypeError("an image is judged, or it fails");
}

function unread(given: string, { unread: why }: Extract<AttestationFacts, { readonly unread: unknown }>) {
  return new InvalidInputError("attestations-unread", {
    fr: `${given} : ses attestations n'ont pas pu être lues : ${why.fr}`,
    en: `${given}: its attestations could not be read: ${why.en}`,
  });
}
