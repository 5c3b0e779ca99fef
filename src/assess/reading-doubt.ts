import { evaluate } from "../contract/evaluate.ts";
import type { ImageFacts } from "../contract/image-facts.ts";
import type { SbomFacts } from "../contract/sbom-facts.ts";
import type { Text } from "../contract/text.ts";
import { packagesRead } from "../rules/supply-chain/2.2-packages-read.ts";

/** Reason why some packages of an image are unknown; undefined if all are known. */
export function readingDoubt(evidence: {
  readonly image?: ImageFacts;
  readonly sbom?: SbomFacts;
}): Text | undefined {
  for (const { outcome } of evaluate([packagesRead], evidence)) {
    if (outcome.status === "unproven") return outcome.reason;
    if (outcome.status === "error") return { fr: outcome.message, en: outcome.message };
  }
  return undefined;
}
