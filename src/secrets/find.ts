import { AnchorSearch } from "./anchors.ts";
import { credentialsOf } from "./credential-files.ts";
import type { Detector } from "./detector.ts";
import { DETECTORS } from "./detectors.ts";
import { kubernetesSecrets, SECRET_OBJECT } from "./kubernetes-secret.ts";
import type { ScannedText } from "./scanned-text.ts";
import { settingsForm } from "./settings-form.ts";
import { mergeSpans, type SecretSpan } from "./spans.ts";
import { inWritten } from "./written-files.ts";

const ANCHORS = [...new Set([...DETECTORS.flatMap((detector) => detector.anchors), ...SECRET_OBJECT])];
/** From here on they are those of a whole object. */
const OBJECTS = ANCHORS.length - SECRET_OBJECT.length;
const SEARCH = new AnchorSearch(ANCHORS);
/** The detectors of every anchor, in the table's order. */
const BY_ANCHOR: readonly (readonly Detector[])[] = ANCHORS.map((anchor) =>
  DETECTORS.filter((detector) => detector.anchors.includes(anchor)),
);

/** What such a script writes is a file, too; examples and tests show what is none. */
const SCRIPT = /\.(?:ba|z|k)?sh$/;

/**
 * The secrets of a text, by offset, none overlapping. `bytes`: as codeUnits() gives them, or what
 * the text was decoded from as Latin-1.
 */
export function findSecrets(scanned: ScannedText, bytes: Uint8Array, binary = false): readonly SecretSpan[] {
  const spans: SecretSpan[] = [];
  // Where each detector's last match ended: a match, valid or not, is not searched again from its inside.
  const passed = new Map<Detector, number>();
  let hasObject = false;
  SEARCH.search(bytes, (anchor, offset) => {
    if (anchor >= OBJECTS) hasObject = true;
    if (!startsWord(bytes, offset)) return;
    for (const detector of BY_ANCHOR[anchor] ?? []) {
      if ((binary && !detector.binary) || offset < (passed.get(detector) ?? 0)) continue;
      const found = matchAt(detector, scanned.text, offset);
      if (found === undefined) continue;
      passed.set(detector, found.range[1]);
      const span = spanOf(detector, found, scanned);
      if (span !== undefined) spans.push(span);
    }
  });
  if (!binary) {
    spans.push(...credentialsOf(scanned), ...(hasObject ? kubernetesSecrets(scanned) : []));
    if (SCRIPT.test(scanned.path) && settingsForm(scanned.path) !== undefined)
      spans.push(...inWritten(scanned.text));
  }
  return spans.length === 0 ? spans : mergeSpans(scanned.text, spans);
}

/** Whether it can hold a secret that its content betrays: most texts of a document cannot. */
export function mayHoldSecret(text: string): boolean {
  return SEARCH.standsIn(text);
}

/** A byte for each code unit; what is no Latin-1 is no part of a word. */
export function codeUnits(text: string): Uint8Array {
  return Buffer.from(text.replace(/[^\0-\xff]/g, "\xff"), "latin1");
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

/** A token does not begin in the middle of a word; `\n` and `\u202e` of a JSON string are no part of one. */
function startsWord(bytes: Uint8Array, offset: number): boolean {
  const before = bytes[offset - 1];
  if (!isAlphanumeric(bytes[offset]) || !isAlphanumeric(before)) return true;
  if (bytes[offset - 2] === BACKSLASH) return before === 0x6e || before === 0x72 || before === 0x74;
  return bytes[offset - 6] === BACKSLASH && bytes[offset - 5] === 0x75;
}

const BACKSLASH = 0x5c;

function isAlphanumeric(byte = 0): boolean {
  const letter = byte | 0x20;
  return (byte >= 0x30 && byte <= 0x39) || (letter >= 0x61 && letter <= 0x7a);
}
