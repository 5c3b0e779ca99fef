import type { ImageEvidence } from "../evidence/file.ts";
import { NEWEST_MINOR } from "../policy/kubernetes-version.ts";
import { assess } from "./assess.ts";
import type { Assessed } from "./assess-subject.ts";
import type { AssessmentPorts, AssessmentRequest } from "./run/request.ts";

/** Fields of a request that commands other than `check` have. */
export type AskedImage = Pick<AssessmentRequest, "platform" | "policy" | "insecureRegistries" | "caFile">;

/** Ports without `vulnerabilities`, since nothing is compared. */
export type ImagePorts = Omit<AssessmentPorts, "vulnerabilities">;

/**
 * Assessment of one image alone, for commands other than `check`.
 *
 * @param given see parseSource()
 * @throws any error that prevents reading the image
 */
export async function assessOneImage(
  given: string,
  asked: AskedImage,
  ports: ImagePorts,
): Promise<Assessed & { readonly image: ImageEvidence }> {
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
  for await (const assessed of assess(request, telling)) {
    for (const piece of assessed.evidence) if (piece.kind === "image") return { ...assessed, image: piece };
  }
  throw failures[0] ?? new TypeError("an image is judged, or it fails");
}
