import type { Digest, ImageFacts } from "../contract/image-facts.ts";
import type { Masked } from "../contract/masked.ts";
import type { SbomFacts } from "../contract/sbom-facts.ts";
import type { Text } from "../contract/text.ts";
import type { VulnerabilityFacts } from "../contract/vulnerability-facts.ts";
import type { ImageEvidence } from "../evidence/file.ts";
import { subjectName, subjectVersion } from "../sbom/documents/document.ts";
import { incompleteTexts } from "../sbom/documents/read/incomplete-texts.ts";
import type { SbomDocument } from "../sbom/documents/read/sbom-document.ts";
import { componentsOfDocument } from "../vulnerabilities/match/document-components.ts";
import { componentsOfImage, type MatchedComponent } from "../vulnerabilities/match/matched-component.ts";
import { sbomSubject } from "./image-sbom.ts";

/** What is compared with vulnerability data: an image, or what an SBOM says of one. */
export interface ScanSubject {
  readonly subject: {
    readonly name: string;
    readonly digest?: string;
    /** Of manifest, index and config, as far as they are known. */
    readonly digests: readonly string[];
    readonly system?: string;
  };
  readonly components: readonly MatchedComponent[];
  /** Of the layers, bottom first. */
  readonly layers: readonly Digest[];
  /** Of an image, what rules read of it; empty for a document. */
  readonly evidence: { readonly image?: ImageFacts; readonly sbom?: SbomFacts };
  /** What a document says it lacks: there may be more than was compared. */
  readonly gaps: readonly Text[];
  /** What the user should know, and what is no gap. */
  readonly remarks: readonly Text[];
}

/** A subject, compared. */
export interface ScannedSubject extends ScanSubject {
  readonly facts: VulnerabilityFacts;
}

/** What an image's files state. */
export function imageSubject({ image, reference, sbom }: ImageEvidence): ScanSubject {
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
    gaps: [],
    remarks: [],
  };
}

/**
 * What an SBOM states, whoever wrote it.
 *
 * @param given what it is called where it does not say what it describes
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
