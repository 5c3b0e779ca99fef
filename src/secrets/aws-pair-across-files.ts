import { looksRandom } from "./entropy.ts";
import type { ScannedText } from "./scanned-text.ts";
import type { SecretSpan } from "./spans.ts";
import { isAwsSecret } from "./validation.ts";

/** Prefixes of access key IDs. */
export const AWS_IDS = ["AKIA", "ASIA"];

const ID = /A[KS]IA([A-Z2-7]{16})/g;
/** An access key ID in a text, as a whole word. */
const ID_WORD = /(?<![A-Za-z0-9])A[KS]IA([A-Z2-7]{16})(?![A-Za-z0-9])/g;
/** A string of 40 characters in a text, delimited by quotes or white space. */
const ALONE = /(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g;
/**
 * A run of characters in a binary, where literals are adjacent; module checksums and Go build IDs are
 * excluded.
 */
const RUN = /(?<!h1:|build ID: ["]|sha\d{3}-)(?<![A-Za-z0-9/+])[A-Za-z0-9/+]{40,4096}/g;
const LENGTH = 40;
/**
 * Minimum number of changes of character class (upper case, lower case, digit, sign) in 40 random characters,
 * which have about 25; names have up to 13.
 */
const DRAWN = 16;
const NAMED = 13;

/**
 * AWS secret keys whose access key ID occurs elsewhere in the same content, too far away for the ordinary
 * detector. An access key ID alone is not a secret.
 */
export function awsPairAcrossFiles(scanned: ScannedText, isText: boolean): readonly SecretSpan[] {
  const { text } = scanned;
  const hasId = text.matchAll(isText ? ID_WORD : ID).some(([, drawn = ""]) => looksRandom(drawn));
  if (!hasId) return [];
  const found = isText
    ? [...text.matchAll(ALONE)].map(({ index }) => index)
    : [...text.matchAll(RUN)].flatMap(({ 0: run, index }) => drawnIn(run).map((at) => index + at));
  return found.flatMap((start) => {
    const value = text.slice(start, start + LENGTH);
    if (changes(value) < DRAWN || !isAwsSecret(value)) return [];
    return [{ kind: "aws-access-key", confidence: "confirmed", start, end: start + LENGTH, value }];
  });
}

/**
 * Offset of 40 random characters between names; none if the random stretch is longer, since it is then not an
 * AWS key.
 */
function drawnIn(run: string): readonly number[] {
  const sums = changeSums(run);
  const within = (from: number): number => {
    const start = Math.max(0, from);
    const end = Math.min(run.length, from + LENGTH);
    return end - start < LENGTH / 2 ? 0 : (sums[end - 1] ?? 0) - (sums[start] ?? 0);
  };
  let best = 0;
  for (let at = 1; at + LENGTH <= run.length; at++) if (within(at) > within(best)) best = at;
  const isAmongNames = within(best - LENGTH) <= NAMED && within(best + LENGTH) <= NAMED;
  return isAmongNames ? [best] : [];
}

function changes(text: string): number {
  return changeSums(text).at(-1) ?? 0;
}

/** Number of character-class changes before each offset. */
function changeSums(text: string): readonly number[] {
  let sum = 0;
  return Array.from({ length: text.length }, (_, at) => {
    if (at > 0 && classOf(text.charCodeAt(at)) !== classOf(text.charCodeAt(at - 1))) sum += 1;
    return sum;
  });
}

function classOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return 0;
  if (code >= 0x61 && code <= 0x7a) return 1;
  return code >= 0x41 && code <= 0x5a ? 2 : 3;
}
