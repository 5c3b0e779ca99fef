import type { Masked } from "../contract/masked.ts";
import type { RawSbom, SbomFacts } from "../contract/sbom-facts.ts";
import { byContent } from "./command-secrets.ts";
import { mapTexts } from "./map-texts.ts";
import { masked } from "./masked.ts";
import { mergeSpans, replaceSpans } from "./spans.ts";

/**
 * Facts of an image's packages and SBOMs with every secret masked, since a name or version may contain a
 * secret.
 */
export function maskSbom(raw: RawSbom): SbomFacts {
  return maskPackageTexts(raw);
}

/** Masks the texts of any facts about packages: of an image, or of a document. */
export function maskPackageTexts<T>(raw: T): Masked<T> {
  return masked(mapTexts(raw, (text) => withoutSecrets(text) ?? inPurl(text) ?? text));
}

function withoutSecrets(text: string): string | undefined {
  const spans = byContent(text);
  return spans.length === 0 ? undefined : replaceSpans(text, mergeSpans(text, spans));
}

/** Masks a package URL after decoding it, since no detector recognises `%40` as the end of a password. */
function inPurl(text: string): string | undefined {
  if (!text.startsWith("pkg:") || !text.includes("%")) return undefined;
  try {
    return withoutSecrets(decodeURIComponent(text));
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
