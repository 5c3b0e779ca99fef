import type { ImageEvidence } from "../evidence/file.ts";
import { NEWEST_MINOR } from "../policy/kubernetes-version.ts";
import { assess } from "./assess.ts";
import type { AssessmentPorts, AssessmentRequest } from "./run/request.ts";

type Asked = Pick<AssessmentRequest, "platform" | "policy" | "insecureRegistries" | "caFile">;

/**
 * Evidence of one image as `check` collects it, for other commands.
 *
 * @param given see parseSource()
 * @param ports without `vulnerabilities`, since nothing is compared
 * @throws any error that prevents reading the image
 */
export async function collectImage(
  given: string,
  { policy: { bases }, ...asked }: Asked,
  ports: Omit<AssessmentPorts, "vulnerabilities">,
): Promise<ImageEvidence> {
  const failures: unknown[] = [];
  const request: AssessmentRequest = {
    ...asked,
    inputs: { manifests: [], dockerfiles: [], projects: [], images: [given] },
    evidence: { pieces: [], sources: [] },
    minor: NEWEST_MINOR,
    policy: bases === undefined ? {} : { bases },
    readImages: true,
    tryImages: false,
    trial: {},
  };
  const telling: AssessmentPorts = {
    ...ports,
    emit: (event) => (event.kind === "failed" ? void failures.push(event.error) : ports.emit(event)),
  };
  for await (const { evidence } of assess(request, telling)) {
    for (const piece of evidence) if (piece.kind === "image") return piece;
  }
  throw failures[0] ?? new TypeError("an image is judged, or it fails");
}
