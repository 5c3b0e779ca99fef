import type { RawSbom, SbomFacts } from "../contract/sbom-facts.ts";
import { byContent } from "./command-secrets.ts";
import { mapTexts } from "./map-texts.ts";
import { masked } from "./masked.ts";
import { mergeSpans, replaceSpans } from "./spans.ts";

/** What was seen of an image's packages and SBOMs, with every secret in it masked: a name or a version can be one. */
export function maskSbom(raw: RawSbom): SbomFacts {
  return masked(
    mapTexts(raw, (text) => {
      const spans = byContent(text);
      return spans.length === 0 ? text : replaceSpans(text, mergeSpans(text, spans));
    }),
  );
}
