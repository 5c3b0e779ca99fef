import type { Masked } from "../contract/masked.ts";
import { byContent, inCommand } from "./command-secrets.ts";
import { mapTexts, type TextPlace } from "./map-texts.ts";
import { maskValue } from "./mask.ts";
import { masked } from "./masked.ts";
import { mergeSpans, replaceSpans } from "./spans.ts";

/** Scan report in the form that is attached to an image. */
export type MaskedReport = Masked<{ readonly text: string }>;

/**
 * Masks a scan report, which quotes code, requests, answers and the secrets themselves.
 *
 * @param isExcerpt whether a text quotes such content and is masked as a whole; in other texts, only
 * recognised secrets are masked
 * @param write serialises the masked value
 */
export function maskReport<T>(
  report: T,
  isExcerpt: (place: TextPlace) => boolean,
  write: (report: T) => string,
): MaskedReport {
  const safe = mapTexts(report, (text, place) =>
    !place.isKey && isExcerpt(place) ? maskValue(text) : withoutSecrets(text),
  );
  return masked({ text: write(safe) });
}

/** Characters of a text in which secrets given by name (`?token=x`) are searched; descriptions are longer. */
const NAMED_WITHIN = 4_096;

function withoutSecrets(text: string): string {
  const named = text.length <= NAMED_WITHIN && /[=:]|--/.test(text) ? inCommand(text) : [];
  const spans = [...byContent(text), ...named];
  return spans.length === 0 ? text : replaceSpans(text, mergeSpans(text, spans));
}
