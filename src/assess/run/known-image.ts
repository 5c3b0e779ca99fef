import type { AttestationFacts } from "../../contract/attestation-facts.ts";
import type { ReferenceFacts } from "../../contract/evidence.ts";
import type { ImageFacts } from "../../contract/image-facts.ts";
import type { Origin } from "../../contract/origin.ts";
import type { SbomFacts } from "../../contract/sbom-facts.ts";
import type { VulnerabilityFacts } from "../../contract/vulnerability-facts.ts";

/** Known facts of an image that a manifest names; `image` is absent if the image was not read. */
export interface KnownImage {
  readonly reference: ReferenceFacts;
  readonly image?: ImageFacts;
  readonly sbom?: SbomFacts;
  readonly vulnerabilities?: VulnerabilityFacts;
  readonly attestations?: AttestationFacts;
  readonly origin?: Origin;
}
