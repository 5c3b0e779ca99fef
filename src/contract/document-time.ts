import { DouaneError, InvalidInputError } from "./error.ts";
import { LIMITS } from "./limits.ts";
import { withinTime } from "./within-time.ts";

const CODE = "document-time-limit";

/**
 * Runs synchronous work on one document, which is aborted after `documentMs`.
 *
 * @param size approximate number of characters or bytes; the time of small documents is not limited
 * @throws InvalidInputError `document-time-limit`
 */
export function inDocumentTime<T>(size: number, work: () => T): T {
  return size <= LIMITS.unwatchedCharacters ? work() : withinTime(LIMITS.documentMs, tooSlow, work);
}

export function isDocumentTime(error: unknown): boolean {
  return error instanceof DouaneError && error.code === CODE;
}

function tooSlow(): InvalidInputError {
  const seconds = LIMITS.documentMs / 1_000;
  return new InvalidInputError(CODE, {
    fr: `plus de ${seconds} s de travail sur un document (borne documentMs)`,
    en: `more than ${seconds} s of work on one document (bound documentMs)`,
  });
}
