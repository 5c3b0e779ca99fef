import type { Outcome } from "../../contract/rule.ts";
import type { Lang } from "../../contract/text.ts";
import type { VulnerabilityFacts, VulnerabilityFinding } from "../../contract/vulnerability-facts.ts";

/** Result of comparing an image, or a document about an image, with the vulnerability data. */
export interface VulnerabilityScan {
  readonly subject: {
    /** Name of the image, or of the document's file. */
    readonly name: string;
    /** Digest of the image's manifest or config; absent if a document names none. */
    readonly digest?: string;
    readonly system?: string;
  };
  readonly facts: VulnerabilityFacts;
  /** Digests of the image's layers, lowest first; `layer` of a finding is an index into them. */
  readonly layers: readonly string[];
  /** Outcome of the gate over all findings. */
  readonly outcome: Outcome;
  /** Reason why a finding alone would refuse the image; undefined if it would not. */
  readonly blocks: (finding: VulnerabilityFinding) => string | undefined;
  /** Message and remedy of a finding. */
  readonly says: (finding: VulnerabilityFinding) => {
    readonly message: Record<Lang, string>;
    readonly remedy: Record<Lang, string>;
  };
  /** Version of douane. */
  readonly douane: string;
  /** Time of the scan, ISO 8601. */
  readonly at: string;
}

/** Digest of the layer that holds a finding's package. */
export function layerOf(
  { component }: Pick<VulnerabilityFinding, "component">,
  { layers }: Pick<VulnerabilityScan, "layers">,
): string | undefined {
  return component.layer === undefined ? undefined : layers[component.layer];
}

/** Place of a package: `/app/a.jar`, `/app/a.jar!/lib/b.jar`; its purl if the place is unknown. */
export function placeOf({
  component: { path, inside, purl },
}: Pick<VulnerabilityFinding, "component">): string {
  if (path === undefined) return purl;
  return inside === undefined ? path : `${path}!/${inside}`;
}
