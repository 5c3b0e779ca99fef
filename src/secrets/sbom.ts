import type { Masked } from "../contract/masked.ts";
import type { RawSbom, SbomFacts } from "../contract/sbom-facts.ts";
import { byContent } from "./command-secrets.ts";
import { mapTexts } from "./map-texts.ts";
import { masked } from "./masked.ts";
import { mergeSpans, replaceSpans } from "./spans.ts";

/** What was seen of an image's packages and SBOMs, with every secret in it masked: a name or a version can be one. */
export function maskSbom(raw: RawSbom): SbomFacts {
  return maskPackageTexts(raw);
}

/** The same of anything that states packages: those of an image, what a document says. */
export function maskPackageTexts<T>(raw: T): Masked<T> {
  return masked(mapTexts(raw, (text) => withoutSecrets(text) ?? inPurl(text) ?? text));
}

function withoutSecrets(text: string): string | undefined {
  const spans = byContent(text);
  return spans.length === 0 ? undefined : replaceSpans(text, mergeSpans(text, spans));
}

/** A package URL writes what it holds with escapes: no detector knows `%40` for the end of a password. */
function inPurl(text: string): string | undefined {
  if (!text.startsWith("pkg:") || !text.includes("%")) return undefined;
  try {
    return withoutSecrets(decodeURIComponent(text));
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
