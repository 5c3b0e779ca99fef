import type { Outcome } from "../../contract/rule.ts";
import type { Lang } from "../../contract/text.ts";
import type { VulnerabilityFacts, VulnerabilityFinding } from "../../contract/vulnerability-facts.ts";

/** What was compared with the data: an image, or what a document says of one. */
export interface VulnerabilityScan {
  readonly subject: {
    /** The image's name, or the document's file. */
    readonly name: string;
    /** Digest of its manifest or config; absent where a document names none. */
    readonly digest?: string;
    readonly system?: string;
  };
  readonly facts: VulnerabilityFacts;
  /** Digests of its layers, bottom first: what `layer` of a finding counts. */
  readonly layers: readonly string[];
  /** What the gate makes of all of it. */
  readonly outcome: Outcome;
  /** Why a finding alone would keep the image out; undefined: it would not. */
  readonly blocks: (finding: VulnerabilityFinding) => string | undefined;
  /** A finding as a sentence, and what to do about it. */
  readonly says: (finding: VulnerabilityFinding) => {
    readonly message: Record<Lang, string>;
    readonly remedy: Record<Lang, string>;
  };
  /** Version of douane. */
  readonly douane: string;
  /** ISO 8601. */
  readonly at: string;
}

/** The digest of the layer that a finding lies in. */
export function layerOf(
  { component }: Pick<VulnerabilityFinding, "component">,
  { layers }: Pick<VulnerabilityScan, "layers">,
): string | undefined {
  return component.layer === undefined ? undefined : layers[component.layer];
}

/** `/app/a.jar`, `/app/a.jar!/lib/b.jar`; the purl where no place is known. */
export function placeOf({
  component: { path, inside, purl },
}: Pick<VulnerabilityFinding, "component">): string {
  if (path === undefined) return purl;
  return inside === undefined ? path : `${path}!/${inside}`;
}
