import type { ImageEvidence } from "../evidence/file.ts";
import type { ImageDocuments } from "./attestations/image-documents.ts";
import { type AskedImage, assessOneImage, type ImagePorts } from "./one-image.ts";

/** Evidence of an image, with the documents that signers of the policy attested. */
export interface DocumentedEvidence extends ImageEvidence {
  readonly documents?: ImageDocuments;
}

/**
 * Evidence of one image, collected as by `check`, for other commands. Attested SBOMs are among its SBOMs.
 *
 * @param given see parseSource()
 * @throws any error that prevents reading the image
 */
export async function collectImage(
  given: string,
  { policy: { bases, attestations }, ...asked }: AskedImage,
  ports: ImagePorts,
): Promise<DocumentedEvidence> {
  const policy = {
    ...(bases === undefined ? {} : { bases }),
    ...(attestations === undefined ? {} : { attestations }),
  };
  const { image, documents } = await assessOneImage(given, { ...asked, policy }, ports);
  return documented(image, documents);
}

function documented(evidence: ImageEvidence, documents: ImageDocuments | undefined): DocumentedEvidence {
  const { sbom } = evidence;
  if (documents === undefined || sbom === undefined) return evidence;
  return { ...evidence, sbom: documents.sbom(sbom), documents };
}
