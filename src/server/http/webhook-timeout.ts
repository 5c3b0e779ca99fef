/** Default and maximum timeout of a webhook in milliseconds (timeoutSeconds of its configuration). */
const DEFAULT_MS = 10_000;
const MOST_MS = 30_000;
/** Fraction of the time reserved for sending the answer, and its minimum in milliseconds. */
const MARGIN = 0.1;
const LEAST_MARGIN_MS = 250;

/**
 * Deadline after which the API server no longer waits for the answer. The API server states its timeout in
 * the URL: `?timeout=10s`.
 *
 * @param received milliseconds, as Date.now()
 */
export function untilOf(query: URLSearchParams, received: number): number {
  const ms = Math.min(durationOf(query.get("timeout") ?? "") ?? DEFAULT_MS, MOST_MS);
  return received + Math.max(0, ms - Math.max(LEAST_MARGIN_MS, ms * MARGIN));
}

/** Milliseconds of a duration as Go writes it: `3s`, `1m0s`, `1.5s`, `500ms`; undefined for other texts. */
function durationOf(text: string): number | undefined {
  const [all, minutes = "0", seconds = "0", milliseconds = "0"] =
    /^(?:(\d{1,3})m)?(?:(\d{1,5}(?:\.\d{1,9})?)s)?(?:(\d{1,6})ms)?$/.exec(text) ?? [];
  if (all === undefined || all === "") return undefined;
  return Number(minutes) * 60_000 + Number(seconds) * 1_000 + Number(milliseconds);
}
