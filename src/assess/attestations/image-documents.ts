import { ageProblem, timeOf } from "../../attest/policy/age.ts";
import { type AttestedDocument, attestedDocuments } from "../../attest/policy/attested-documents.ts";
import type { ImageAttestations } from "../../attest/policy/image-attestations.ts";
import { statedTrial } from "../../attest/predicates/trial.ts";
import type { DocumentCheckId } from "../../contract/attestation-facts.ts";
import type { AttestationPolicy } from "../../contract/attestation-policy.ts";
import { InvalidInputError } from "../../contract/error.ts";
import type { ReferenceFacts } from "../../contract/evidence.ts";
import type { Digest, ImageFacts } from "../../contract/image-facts.ts";
import type { FoundSbom, SbomFacts } from "../../contract/sbom-facts.ts";
import type { Text } from "../../contract/text.ts";
import type { VulnerabilityFacts } from "../../contract/vulnerability-facts.ts";
import { parseEvidence, type TrialEvidence } from "../../evidence/file.ts";
import { withAttestedSboms } from "../../evidence/image.ts";
import { subjectName } from "../../sbom/documents/document.ts";
import { aboutImage, embeddedSbom, foundSbom } from "../../sbom/embedded/embedded-sbom.ts";
import { purlOf } from "../../sbom/purl.ts";
import { componentsOfImage } from "../../vulnerabilities/match/matched-component.ts";
import { applyVex } from "../../vulnerabilities/vex/apply-vex.ts";
import { readVex } from "../../vulnerabilities/vex/read-vex.ts";
import type { VexStatement } from "../../vulnerabilities/vex/statement.ts";

type AttestedSbom = Parameters<typeof withAttestedSboms>[1][number];

interface Documents {
  readonly sboms?: readonly AttestedSbom[];
  readonly vex?: readonly VexStatement[];
  /** Trials, and problems of trials that could not be read. */
  readonly trials?: readonly (TrialEvidence | Text)[];
}

/** Documents about an image that signers of the policy attested; used in row 14. */
export class ImageDocuments {
  readonly #sboms: readonly AttestedSbom[];
  readonly #vex: readonly VexStatement[];
  /** Trials of the image. Their observations count for the subjects that the trials are bound to. */
  readonly trials: readonly TrialEvidence[];
  /** Texts about attested trials that could not be read. */
  readonly problems: readonly Text[];
  /** Completed SBOM facts by the image's original facts, so that vulnerabilities are looked up once. */
  readonly #completed = new WeakMap<SbomFacts, SbomFacts>();

  constructor({ sboms = [], vex = [], trials = [] }: Documents) {
    this.#sboms = sboms;
    this.#vex = vex;
    this.trials = trials.flatMap((one) => ("en" in one ? [] : [one]));
    this.problems = trials.flatMap((one) => ("en" in one ? [one] : []));
  }

  /** The image's packages and SBOMs, with the attested SBOMs. */
  sbom(own: SbomFacts): SbomFacts {
    const known = this.#completed.get(own) ?? withAttestedSboms(own, this.#sboms);
    this.#completed.set(own, known);
    return known;
  }

  /** Findings with the attested VEX statements that apply to them. */
  vulnerabilities(
    facts: VulnerabilityFacts,
    { image, reference, sbom }: DocumentedImage,
  ): VulnerabilityFacts {
    if (this.#vex.length === 0) return facts;
    const components = componentsOfImage(sbom.packages, image.base?.layers);
    const subject = {
      name: subjectName({ reference }),
      platform: image.platform,
      digests: digestsOf(image),
      purls: components.map(({ facts: one, os }) => purlOf(one, os)),
    };
    return applyVex(facts, this.#vex, subject).facts;
  }
}

/** An image with the packages to which VEX statements refer. */
export interface DocumentedImage {
  readonly image: ImageFacts;
  readonly reference: ReferenceFacts;
  readonly sbom: SbomFacts;
}

/** @param at time of judging, milliseconds since 1970 */
export function imageDocuments(
  { statements, repository }: Pick<ImageAttestations, "statements" | "repository">,
  image: ImageFacts,
  policy: AttestationPolicy,
  at: number,
): ImageDocuments {
  const of = (kind: DocumentCheckId) => attestedDocuments(statements, kind, policy, repository, at).documents;
  const days = policy.statements.vex?.maximumAgeDays;
  return new ImageDocuments({
    sboms: of("sbom").map((one) => attestedSbom(one, image)),
    // A statement that could lift a finding needs a date in the past. All other statements count with any
    // date.
    vex: latestVersions(of("vex"))
      .flatMap(vexStatements)
      .filter(
        ({ status, timestamp }) =>
          (status !== "fixed" && status !== "not_affected") ||
          (timeOf(timestamp) !== undefined && ageProblem(timestamp, days, at) === undefined),
      ),
    trials: of("trial").flatMap(attestedTrials),
  });
}

/**
 * Trials of a statement, with their signer. The place of a trial in a manifest is removed: it means nothing
 * elsewhere.
 */
function attestedTrials({ name, signer, content }: AttestedDocument): readonly (TrialEvidence | Text)[] {
  try {
    const pieces = parseEvidence(JSON.stringify(statedTrial(content)), name);
    return pieces.flatMap((piece) => {
      if (piece.kind !== "trial" || piece.origin.by !== "handed-in") return [];
      const { trial, origin } = piece;
      return [{ trial, origin: { by: "signed", signer, douane: origin.douane } }];
    });
  } catch (error) {
    if (error instanceof InvalidInputError) return [error.text];
    throw error;
  }
}

/** Documents of an image whose attestations could not be read: an SBOM may be among them. */
export function unreadDocuments(problem: Text, image: ImageFacts, policy: AttestationPolicy): ImageDocuments {
  const { signers = [] } = policy.statements.sbom ?? {};
  const at = { in: "attestation", manifest: image.digest ?? image.imageId } as const;
  const unread: FoundSbom = { at, bytes: 0, state: "too-long", problem, components: 0, about: "unsaid" };
  return new ImageDocuments(signers.length === 0 ? {} : { sboms: [{ found: unread, stated: [] }] });
}

/**
 * The signer attests the subject of the statement; a document that names another image is refused all the
 * same.
 */
function attestedSbom({ name, signer, content, text }: AttestedDocument, image: ImageFacts): AttestedSbom {
  const document = embeddedSbom(text === undefined ? bytesOf(content) : Buffer.from(text), name);
  const layers = image.layers.map(({ diffId }) => diffId);
  const about = aboutImage(document.subject, { digests: digestsOf(image), layers });
  const state = document.state === "valid" && about === "foreign" ? "foreign" : document.state;
  const at = { in: "attestation", manifest: name } as const;
  return {
    found: { ...foundSbom(document, { at, state, about }), signed: true, signer },
    stated: state === "valid" ? document.packages : [],
  };
}

/** Documents without a later version (`@id`, `version`) by the same signer. */
function latestVersions(documents: readonly AttestedDocument[]): readonly AttestedDocument[] {
  const versionOf = ({ content }: AttestedDocument) => Number(content["version"] ?? 0) || 0;
  const keyOf = ({ signer, content }: AttestedDocument) => JSON.stringify([signer, content["@id"]]);
  const latest = new Map<string, number>();
  for (const one of documents) latest.set(keyOf(one), Math.max(versionOf(one), latest.get(keyOf(one)) ?? 0));
  return documents.filter(
    (one) => one.content["@id"] === undefined || versionOf(one) >= (latest.get(keyOf(one)) ?? 0),
  );
}

function vexStatements({ name, signer, content }: AttestedDocument): readonly VexStatement[] {
  return readVex(bytesOf(content), name).map((one) => ({ ...one, signer }));
}

function bytesOf(content: AttestedDocument["content"]): Uint8Array {
  return Buffer.from(JSON.stringify(content));
}

function digestsOf({ digest, indexDigest, otherIndexDigests = [], imageId }: ImageFacts): readonly Digest[] {
  return [digest, indexDigest, ...otherIndexDigests, imageId].filter((one) => one !== undefined);
}
