import { isShellScript } from "../shell/interpreter.ts";
import { AnchorSearch } from "./anchors.ts";
import { AWS_IDS, awsPairAcrossFiles } from "./aws-pair-across-files.ts";
import { withBuildKeys } from "./build-keys.ts";
import { COMPILED } from "./compiled.ts";
import { credentialsOf } from "./credential-files.ts";
import { derKey } from "./der-key.ts";
import type { Detector } from "./detector.ts";
import { DETECTORS } from "./detectors.ts";
import type { EncodedRun } from "./encoded-runs.ts";
import { DATA_ENCODINGS, ENCODINGS, type Encoding } from "./encodings.ts";
import { inflatedText } from "./inflated.ts";
import { keystoreKeys } from "./keystore.ts";
import { kubernetesSecrets, SECRET_OBJECT } from "./kubernetes-secret.ts";
import { ScannedText } from "./scanned-text.ts";
import { isShown } from "./settings-form.ts";
import { mergeSpans, type SecretSpan } from "./spans.ts";
import { wideText } from "./wide-text.ts";
import { inWritten, writtenSettings } from "./written-secrets.ts";

/**
 * How a content is searched: as a text, as a binary with adjacent strings, or for keys and verifiable tokens
 * only.
 */
export type SearchKind = "text" | "binary" | "keys";

const KEY_DETECTORS = DETECTORS.filter(({ binary }) => binary === true);
const PRIVATE_KEYS = KEY_DETECTORS.filter(({ kind }) => kind === "private-key");
/** One search per kind, built on first use, since building takes milliseconds and many runs need none. */
const TOLD: Readonly<Record<SearchKind, () => ReadonlyMap<string, Told>>> = {
  text: () => told(DETECTORS, ENCODINGS, [...SECRET_OBJECT, ...AWS_IDS]),
  binary: () => told([...PRIVATE_KEYS, ...COMPILED], DATA_ENCODINGS, AWS_IDS),
  keys: () => told(KEY_DETECTORS),
};
const SEARCHES = new Map<SearchKind, Search>();

function searchOf(kind: SearchKind): Search {
  const known = SEARCHES.get(kind);
  if (known !== undefined) return known;
  const byAnchor = TOLD[kind]();
  const search = { anchors: new AnchorSearch([...byAnchor.keys()]), told: [...byAnchor.values()] };
  SEARCHES.set(kind, search);
  return search;
}

/** Maximum number of levels of nested encodings, such as a file within a Secret within a variable. */
const DEPTH = 3;

/** Detectors and encodings that an anchor triggers. */
interface Told {
  /** Detectors in the order of their table. */
  readonly detectors: readonly Detector[];
  readonly encodings: readonly Encoding[];
  /** Whether the anchor begins a Secret object, or a key of two parts. */
  readonly isObject: boolean;
}

interface Search {
  readonly anchors: AnchorSearch;
  /** Triggered detectors, by number of the anchor. */
  readonly told: readonly Told[];
}

/** Groups detectors and encodings by anchor. */
function told(
  detectors: readonly Detector[],
  encodings: readonly Encoding[] = [],
  objects: readonly string[] = [],
): ReadonlyMap<string, Told> {
  const byAnchor = new Map<string, { detectors: Detector[]; encodings: Encoding[]; isObject: boolean }>();
  const of = (anchor: string) => {
    const one = byAnchor.get(anchor) ?? { detectors: [], encodings: [], isObject: false };
    byAnchor.set(anchor, one);
    return one;
  };
  for (const detector of detectors)
    for (const anchor of new Set(detector.anchors)) of(anchor).detectors.push(detector);
  for (const encoding of encodings)
    for (const anchor of new Set(encoding.anchors)) of(anchor).encodings.push(encoding);
  for (const anchor of objects) of(anchor).isObject = true;
  return byAnchor;
}

/** Shell scripts. Files that they write are searched, too, except in examples and tests. */
const SCRIPT = /\.(?:(?:ba|z|k)?sh|shar|run)$/;

/**
 * Secrets of a text, sorted by offset, without overlaps. `bytes`: the result of codeUnits(), or the bytes
 * that the text was decoded from as Latin-1.
 */
export function findSecrets(
  scanned: ScannedText,
  bytes: Uint8Array,
  kind: SearchKind = "text",
  depth = 0,
): readonly SecretSpan[] {
  const spans: SecretSpan[] = [];
  // End of each detector's last match: the inside of a match, valid or not, is not searched again.
  const passed = new Map<Detector | string, number>();
  const search = searchOf(kind);
  const starts = new Map<Encoding, (at: number) => number>();
  let hasObject = false;
  search.anchors.search(bytes, (anchor, offset) => {
    const { detectors, encodings, isObject } = search.told[anchor] as Told;
    if (isObject) hasObject = true;
    for (const encoding of depth < DEPTH ? encodings : []) {
      if (encoding.may?.(bytes, offset) === false) continue;
      const from = startFor(encoding, scanned, starts)?.(offset) ?? offset;
      // Base64 can be read in four ways.
      const way = `${encoding.anchors[0]} ${from % 4}`;
      if (offset < (passed.get(way) ?? 0)) continue;
      if (scanned.budget?.take() === false) continue;
      const run = encoding.decode(scanned.text, from);
      if (run === undefined) continue;
      passed.set(way, run.end);
      const secret = encodedSecret(run, scanned, depth);
      if (secret !== undefined) spans.push(secret);
    }
    const isWord = kind === "binary" || startsWord(bytes, offset);
    for (const detector of detectors) {
      if (!isWord && detector.isWithinWord !== true) continue;
      if (offset < (passed.get(detector) ?? 0) || detector.may?.(bytes, offset) === false) continue;
      if (scanned.budget?.take() === false) continue;
      const found = matchAt(detector, scanned.text, offset);
      if (found === undefined) continue;
      passed.set(detector, found.range[1]);
      const span = spanOf(detector, found, scanned);
      if (span !== undefined) spans.push(span);
    }
  });
  if (hasObject && !spans.some((span) => span.kind === "aws-access-key"))
    for (const span of awsPairAcrossFiles(scanned, kind === "text")) spans.push(span);
  if (kind === "text") {
    // A loop is used instead of push(...found): arguments are on the stack, which 100,000 passwords in one
    // file would overflow.
    const add = (found: readonly SecretSpan[]) => {
      for (const span of found) spans.push(span);
    };
    add(credentialsOf(scanned));
    if (hasObject) add(kubernetesSecrets(scanned));
    if (isScript(scanned.path, bytes)) add(inWritten(scanned.text));
    if (GIT_CONTENT.test(scanned.path)) add(writtenSettings(scanned));
  }
  return spans.length === 0 ? spans : withBuildKeys(scanned, mergeSpans(scanned.text, spans));
}

/** Function of an encoding for the starts of its runs in this text, made once per search. */
function startFor(
  encoding: Encoding,
  { text }: ScannedText,
  made: Map<Encoding, (at: number) => number>,
): ((at: number) => number) | undefined {
  const known = made.get(encoding);
  if (known !== undefined || encoding.starts === undefined) return known;
  const starts = encoding.starts(text);
  made.set(encoding, starts);
  return starts;
}

/** File as git stores it, without its name, or the lines in which it differs from another file. */
const GIT_CONTENT = /!\/(?:blob|offset-delta|named-delta)(?: \(\d{1,15}\))?$/;

/** Whether the file is a shell script, by its extension; without an extension, by its first line. */
function isScript(path: string, bytes: Uint8Array): boolean {
  if (path === "" || isShown(path)) return false;
  const isNamed = SCRIPT.test(path) || (bytes[0] === 0x23 && bytes[1] === 0x21 && /\/[\w-]+$/.test(path));
  return isNamed && isShellScript(Buffer.from(bytes.subarray(0, 256)).toString("latin1"));
}

/** The most certain secret in an encoded text; its span covers the whole encoded text. */
function encodedSecret(run: EncodedRun, scanned: ScannedText, depth: number): SecretSpan | undefined {
  const bytes = inflatedText(run.bytes);
  const whole = keystoreKeys(bytes) ?? derKey(bytes);
  const text = wideText(bytes) ?? bytes;
  const inner = new ScannedText(() => text.toString("latin1"), scanned.path, scanned.budget);
  const found =
    whole === undefined ? findSecrets(inner, text, text.includes(0) ? "binary" : "text", depth + 1) : [whole];
  const spans = found.length > 0 ? found : writtenSettings(inner);
  const secret = spans.find(({ confidence }) => confidence === "confirmed") ?? spans[0];
  if (secret === undefined) return undefined;
  const { start, end } = run;
  const { kind, confidence } = secret;
  return { kind, confidence, start, end, value: scanned.text.slice(start, end) };
}

/** Whether the text may contain a secret that is identified by content; most texts of a document cannot. */
export function mayHoldSecret(text: string): boolean {
  return searchOf("text").anchors.standsIn(text);
}

/** Whether a text may hold a secret of the kinds searched in binaries. */
export function mayHoldCompiledSecret(text: string): boolean {
  return searchOf("binary").anchors.standsIn(text);
}

/** One byte per code unit; a character beyond Latin-1 becomes 0xff, which is not part of a word. */
export function codeUnits(text: string): Uint8Array {
  return Buffer.from(text.replace(/[^\0-\xff]/g, "\xff"), "latin1");
}

interface Match {
  readonly match: RegExpExecArray;
  readonly range: readonly [number, number];
}

function matchAt({ pattern, begin }: Detector, text: string, offset: number): Match | undefined {
  pattern.lastIndex = begin === undefined ? offset : begin(text, offset);
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

/**
 * Whether a token may begin here: not in the middle of a word. Escapes of a JSON string (`\u202e`) are not
 * part of a word.
 */
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
