import { DouaneError, InvalidInputError } from "../../../contract/error.ts";
import { LIMITS } from "../../../contract/limits.ts";
import { quoted } from "../../../contract/shown.ts";
import { prefixed } from "../../../image/layer/failure.ts";

/**
 * The error with the analyzer's name and the file that the analyzer was reading. It replaces the list, since
 * an incomplete list must not count.
 */
export function analyzerError(error: unknown, analyzer: string, path = "/"): unknown {
  const file = quoted(path);
  if (error instanceof DouaneError) {
    return prefixed(error, {
      fr: `analyse « ${analyzer} » de ${file}`,
      en: `analysis "${analyzer}" of ${file}`,
    });
  }
  const seen = error instanceof Error ? error.message : String(error);
  return new Error(`analysis "${analyzer}" of ${file}: ${seen}`, { cause: error });
}

export function analyzerTime(): InvalidInputError {
  const seconds = LIMITS.analyzerMs / 1_000;
  return new InvalidInputError("analyzer-time-limit", {
    fr: `plus de ${seconds} s pour une couche (borne analyzerMs)`,
    en: `more than ${seconds} s for one layer (bound analyzerMs)`,
  });
}
