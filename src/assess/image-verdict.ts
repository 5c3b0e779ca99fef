import type { ImageVerdict } from "../attest/predicates/verdict.ts";
import type { AttestationFacts } from "../contract/attestation-facts.ts";
import { ATTESTED_ROWS, type AttestedRow } from "../contract/attestation-policy.ts";
import { CONTRACT } from "../contract/edition.ts";
import { InvalidInputError } from "../contract/error.ts";
import type { ReferenceFacts } from "../contract/evidence.ts";
import type { Digest } from "../contract/image-facts.ts";
import type { RowId } from "../contract/rows.ts";
import { enforcedRows } from "../policy/enforced-rows.ts";
import { policyDigest } from "../policy/policy-digest.ts";
import { rulesDigest } from "./attestations/rules-digest.ts";
import { judgingFacts } from "./judging-facts.ts";
import { type AskedImage, assessOneImage, type ImagePorts } from "./one-image.ts";

/**
 * Rows that depend only on the image and its attestations. Excluded: row 14, judged anew with each day's
 * data; row 17, about a reference; and rows that need a manifest or a trial.
 */
const IMAGE_ROWS: readonly RowId[] = [
  "non-root",
  "no-baked-state",
  "provenance",
  "scans",
  "minimal",
  "no-dockerfile",
];
/** The image rows that no policy lifts. */
const MANDATORY: readonly RowId[] = ["non-root", "no-baked-state"];

/**
 * Verdict on an image by the platform's policy, for a verification summary. Manifest, trial and vulnerability
 * data are not part of the judgement.
 *
 * @param given see parseSource()
 * @param verifier URI of the verifier
 * @returns the verdict, with the digests by which the image was reached
 * @throws any error that prevents reading the image or its attestations
 */
export async function imageVerdict(
  given: string,
  { verifier, ...asked }: AskedImage & { readonly verifier: string },
  ports: ImagePorts,
): Promise<{
  readonly verdict: ImageVerdict;
  /** Rows because of which the verdict is a refusal; no recommendation is among them. */
  readonly refusing: ImageVerdict["rows"];
  readonly digests: readonly Digest[];
}> {
  const { douane } = ports;
  const { policy } = asked;
  const assessed = await assessOneImage(given, asked, ports);
  const { attestations, verdict, image: evidence } = assessed;
  if (attestations !== undefined && "unread" in attestations) throw unread(given, attestations);
  const rows = verdict.rows
    .filter(({ id }) => IMAGE_ROWS.includes(id))
    .map(({ id, answer }) => ({ id, answer }));
  const enforced = enforcedRows(policy, ports.today);
  const binding = ATTESTED_ROWS.filter((id: AttestedRow) =>
    typeof enforced === "boolean" ? enforced : enforced.includes(id),
  );
  const needed: readonly RowId[] = [...MANDATORY, ...binding];
  const refusing = rows.filter(
    ({ id, answer }) => needed.includes(id) && answer !== "yes" && answer !== "n/a",
  );
  const passed = refusing.length === 0;
  const isBuilt = rows.some(({ id, answer }) => id === "provenance" && answer === "yes");
  const checks = attestations?.checks ?? [];
  const { digest, indexDigest, otherIndexDigests = [], imageId, platform } = evidence.image;
  const level = isBuilt ? attestations?.level : undefined;
  return {
    verdict: {
      verifier,
      douane,
      contract: CONTRACT,
      at: judgingFacts(policy, ports).at,
      resource: `${repositoryOf(evidence.reference)}@${digest ?? imageId}`,
      imageId,
      platform,
      policy: policyDigest(policy),
      rules: rulesDigest(douane),
      rows,
      passed,
      ...(level === undefined ? {} : { level }),
      inputs: [...new Set(checks.flatMap(({ by }) => by ?? []))],
    },
    refusing,
    digests: [digest, indexDigest, ...otherIndexDigests].filter((one) => one !== undefined),
  };
}

/** Name of the image's repository, with its registry; without a registry, the given name of the image. */
function repositoryOf({ registry, repository, given }: ReferenceFacts): string {
  return registry === undefined || repository === undefined ? given : `${registry}/${repository}`;
}

function unread(given: string, { unread: why }: Extract<AttestationFacts, { readonly unread: unknown }>) {
  return new InvalidInputError("attestations-unread", {
    fr: `${given} : ses attestations n'ont pas pu être lues : ${why.fr}`,
    en: `${given}: its attestations could not be read: ${why.en}`,
  });
}
