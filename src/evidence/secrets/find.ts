import { AnchorSearch } from "./anchors.ts";
import { credentialsOf } from "./credential-files.ts";
import type { Detector } from "./detector.ts";
import { DETECTORS } from "./detectors.ts";
import type { ScannedText } from "./scanned-text.ts";
import { mergeSpans, type SecretSpan } from "./spans.ts";

const ANCHORS = [...new Set(DETECTORS.flatMap((detector) => detector.anchors))];
const SEARCH = new AnchorSearch(ANCHORS);
/** The detectors of every anchor, in the table's order. */
const BY_ANCHOR: readonly (readonly Detector[])[] = ANCHORS.map((anchor) =>
  DETECTORS.filter((detector) => detector.anchors.includes(anchor)),
);

/**
 * The secrets of a text, by offset, none overlapping. `bytes`: the text's code units, one byte each
 * (what does not fit is cut: anchors are ASCII, and the patterns read the text itself).
 */
export function findSecrets(scanned: ScannedText, bytes: Uint8Array, binary = false): readonly SecretSpan[] {
  const spans: SecretSpan[] = [];
  // Where each detector's last match ended: a match, valid or not, is not searched again from its inside.
  const passed = new Map<Detector, number>();
  SEARCH.search(bytes, (anchor, offset) => {
    if (!startsWord(scanned.text, offset)) return;
    for (const detector of BY_ANCHOR[anchor] ?? []) {
      if ((binary && !detector.binary) || offset < (passed.get(detector) ?? 0)) continue;
      const found = matchAt(detector, scanned.text, offset);
      if (found === undefined) continue;
      passed.set(detector, found.range[1]);
      const span = spanOf(detector, found, scanned);
      if (span !== undefined) spans.push(span);
    }
  });
  if (!binary) spans.push(...credentialsOf(scanned));
  return spans.length === 0 ? spans : mergeSpans(scanned.text, spans);
}

interface Match {
  readonly match: RegExpExecArray;
  readonly range: readonly [number, number];
}

function matchAt({ pattern }: Detector, text: string, offset: number): Match | undefined {
  pattern.lastIndex = offset;
  const match = pattern.exec(text);
  const range = match?.indices?.[0];
  return match === null || range === undefined ? undefined : { match, range };
}

function spanOf(detector: Detector, { match, range }: Match, scanned: ScannedText): SecretSpan | undefined {
  const { kind, confidence, valid } = detector;
  const [start, end] = match.indices?.groups?.["secret"] ?? range;
  const value = scanned.text.slice(start, end);
  return valid?.(value, match, scanned) === false ? undefined : { kind, confidence, start, end, value };
}

/** A token does not begin in the middle of a word; `\n` of a JSON string is no part of one. */
function startsWord(text: string, offset: number): boolean {
  if (!/[A-Za-z0-9]/.test(text[offset] ?? "") || !/[A-Za-z0-9]/.test(text[offset - 1] ?? "")) return true;
  return text[offset - 2] === "\\" && /[nrt]/.test(text[offset - 1] ?? "");
}
