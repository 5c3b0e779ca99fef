import type { ImageEvidence } from "../evidence/file.ts";
import { NEWEST_MINOR } from "../policy/kubernetes-version.ts";
import { assess } from "./assess.ts";
import type { ImageDocuments } from "./attestations/image-documents.ts";
import type { AssessmentPorts, AssessmentRequest } from "./run/request.ts";

type Asked = Pick<AssessmentRequest, "platform" | "policy" | "insecureRegistries" | "caFile">;

/** Evidence of an image, with the documents that signers of the policy attested. */
export interface DocumentedEvidence extends ImageEvidence {
  readonly documents?: ImageDocuments;
}

/**
 * Evidence of one image as `check` collects and judges it, for other commands: attested SBOMs are among its SBOMs.
 *
 * @param given see parseSource()
 * @param ports without `vulnerabilities`, since nothing is compared
 * @throws any error that prevents reading the image
 */
export async function collectImage(
  given: string,
  { policy: { bases, attestations }, ...asked }: Asked,
  ports: Omit<AssessmentPorts, "vulnerabilities">,
): Promise<DocumentedEvidence> {
  const failures: unknown[] = [];
  const request: AssessmentRequest = {
    ...asked,
    inputs: { manifests: [], dockerfiles: [], projects: [], images: [given] },
    evidence: { pieces: [], sources: [] },
    minor: NEWEST_MINOR,
    policy: {
      ...(bases === undefined ? {} : { bases }),
      ...(attestations === undefined ? {} : { attestations }),
    },
    readImages: true,
    tryImages: false,
    trial: {},
  };
  const telling: AssessmentPorts = {
    ...ports,
    emit: (event) => (event.kind === "failed" ? void failures.push(event.error) : ports.emit(event)),
  };
  for await (const { evidence, documents } of assess(request, telling)) {
    for (const piece of evidence) if (piece.kind === "image") return documented(piece, documents);
  }
  throw failures[0] ?? new TypeError("an image is judged, or it fails");
}

function documented(evidence: ImageEvidence, documents: ImageDocuments | undefined): DocumentedEvidence {
  const { sbom } = evidence;
  if (documents === undefined || sbom === undefined) return evidence;
  return { ...evidence, sbom: documents.sbom(sbom), documents };
}
