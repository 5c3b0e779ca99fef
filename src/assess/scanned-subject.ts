import type { ReferenceFacts } from "../contract/evidence.ts";
import type { Digest, ImageFacts } from "../contract/image-facts.ts";
import type { Masked } from "../contract/masked.ts";
import type { SbomFacts } from "../contract/sbom-facts.ts";
import type { Text } from "../contract/text.ts";
import type { VulnerabilityFacts } from "../contract/vulnerability-facts.ts";
import { subjectName, subjectVersion } from "../sbom/documents/document.ts";
import { incompleteTexts, type SbomDocument } from "../sbom/documents/read/sbom-document.ts";
import { componentsOfDocument } from "../vulnerabilities/match/document-components.ts";
import { componentsOfImage, type MatchedComponent } from "../vulnerabilities/match/matched-component.ts";
import type { ImageDocuments } from "./attestations/image-documents.ts";
import type { DocumentedEvidence } from "./collect-image.ts";
import { sbomSubject } from "./image-sbom.ts";

/** Subject of a comparison with vulnerability data: an image, or an SBOM's subject. */
export interface ScanSubject {
  readonly subject: {
    readonly name: string;
    readonly digest?: string;
    /** Digests of manifest, index and config, as far as known. */
    readonly digests: readonly string[];
    readonly system?: string;
  };
  readonly components: readonly MatchedComponent[];
  /** diffIDs of the layers, lowest first. */
  readonly layers: readonly Digest[];
  /** Evidence of an image for rules; empty for a document. */
  readonly evidence: { readonly image?: ImageFacts; readonly sbom?: SbomFacts };
  /** Documents that signers of the policy attested; absent without a policy that names some. */
  readonly documents?: { readonly of: ImageDocuments; readonly reference: ReferenceFacts };
  /** Gaps that a document declares, so that packages may be missing in the comparison. */
  readonly gaps: readonly Text[];
  /** Notes for the user that are not gaps. */
  readonly remarks: readonly Text[];
}

/** A subject with the result of its comparison. */
export interface ScannedSubject extends ScanSubject {
  readonly facts: VulnerabilityFacts;
}

/** Subject of an image, with the packages that its files declare. */
export function imageSubject({ image, reference, sbom, documents }: DocumentedEvidence): ScanSubject {
  const subject = sbomSubject({ image, reference });
  const os = sbom?.packages.os;
  const system = os?.name ?? os?.id;
  return {
    subject: {
      name: subjectName(subject),
      digest: subjectVersion(subject),
      digests: [subject.digest, subject.imageId].filter((one) => one !== undefined),
      ...(system === undefined ? {} : { system }),
    },
    components: sbom === undefined ? [] : componentsOfImage(sbom.packages, image.base?.layers),
    layers: subject.diffIds,
    evidence: { image, ...(sbom === undefined ? {} : { sbom }) },
    ...(documents === undefined ? {} : { documents: { of: documents, reference } }),
    gaps: [],
    remarks: [],
  };
}

/**
 * Subject of an SBOM by any tool.
 *
 * @param given name if the document does not state its subject
 */
export function documentSubject(document: Masked<SbomDocument>, given: string): ScanSubject {
  const [digest] = document.subject?.digests ?? [];
  const system = document.os?.name ?? document.os?.id;
  return {
    subject: {
      name: document.subject?.name ?? given,
      ...(digest === undefined ? {} : { digest }),
      digests: document.subject?.digests ?? [],
      ...(system === undefined ? {} : { system }),
    },
    components: componentsOfDocument(document),
    layers: document.subject?.diffIds ?? [],
    evidence: {},
    gaps: incompleteTexts(document),
    remarks: document.remarks,
  };
}
