import type { SecretFacts } from "../contract/image-facts.ts";
import { type CompiledSource, compiledSource } from "./byte-code/compiled-source.ts";
import { codeUnits, findSecrets, mayHoldSecret } from "./find.ts";
import { keyFile } from "./key-file.ts";
import { mayHoldBinarySecret, mayHoldKey } from "./key-sieve.ts";
import { maskLookalikes, maskValue, secretId } from "./mask.ts";
import type { MatchBudget } from "./match-budget.ts";
import { isPdf as beginsPdf, pdfStreams } from "./pdf-streams.ts";
import { ScannedText } from "./scanned-text.ts";
import { mayConfigure, type SearchScope } from "./scope.ts";
import { replaceSpans, type SecretSpan } from "./spans.ts";
import { swapText } from "./swap-text.ts";
import { walletFile } from "./wallet-file.ts";
import { wideText } from "./wide-text.ts";

/** A masked secret in a text whose place is not known yet. */
export type SecretHit = Pick<SecretFacts, "kind" | "masked" | "id" | "confidence"> & {
  /** Line number; 0 if lines were not counted. */
  readonly line: number;
};

/** First bytes in which a NUL marks a file as binary, as in git and grep. */
const BINARY_WINDOW = 8_192;

/** The secrets in a file of a layer, each value once. `path`: absolute, in the image. */
export function scanFile(
  path: string,
  content: Uint8Array,
  level: SearchScope["level"] = "all",
  budget?: MatchBudget,
): readonly SecretHit[] {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const binary = isBinary(bytes);
  const stretch = { level, isBinary: binary, line: 1, budget };
  return scanWhole(path, bytes, level, budget) ?? scanStretch(path, bytes, stretch);
}

/**
 * Secrets for which a file has to be read as a whole: a key store, a key in DER or OpenPGP, a wallet, a swap
 * file, a UTF-16 or UTF-32 text. Undefined for other files.
 */
export function scanWhole(
  path: string,
  bytes: Buffer,
  level: SearchScope["level"],
  budget?: MatchBudget,
): readonly SecretHit[] | undefined {
  const keys = keyFile(bytes) ?? walletFile(path, bytes);
  if (keys !== undefined) return [hit(keys, path, 1)];
  const swap = swapText(path, bytes);
  if (swap !== undefined)
    return scanStretch(swap.path, swap.text, { level, isBinary: false, line: 0, budget });
  const text = wideText(bytes);
  return text === undefined
    ? undefined
    : scanStretch(path, text, { level, isBinary: false, line: 1, budget });
}

export function isBinary(head: Buffer): boolean {
  return head.subarray(0, BINARY_WINDOW).includes(0);
}

/** Properties of a stretch of a file. */
export interface Stretch {
  readonly level: SearchScope["level"];
  readonly isBinary: boolean;
  /** Number of its first line; 0 if lines are not counted. */
  readonly line: number;
  /** Set if the stretch belongs to a .NET assembly; if absent, the stretch's own bytes decide. */
  readonly isManaged?: boolean;
  /** Set if the stretch belongs to a PDF; if absent, the stretch's own bytes decide. */
  readonly isPdf?: boolean;
  readonly budget?: MatchBudget | undefined;
}

/** The secrets in one stretch of a file, or in all of it. */
export function scanStretch(path: string, bytes: Buffer, stretch: Stretch): readonly SecretHit[] {
  const { isBinary: binary, line, budget } = stretch;
  const level = levelOf(stretch.level, binary);
  const isOwnProgram = binary && isProgram(path);
  if (level === "keys" && !isOwnProgram && !mayHoldKey(bytes) && (binary || !mayHoldToken(path, bytes)))
    return [];
  const kind = binary && (level === "all" || isOwnProgram) ? "binary" : level === "keys" ? "keys" : "text";
  const scanned = new ScannedText(() => bytes.toString("latin1"), path, budget);
  const spans = findSecrets(scanned, bytes, kind);
  const found = spans.length === 0 ? [] : hits(scanned.text, path, spans, line);
  return level === "keys" ? found : joined(found, inside(path, bytes, stretch));
}

/** Union of two lists of findings, each value once. */
function joined(found: readonly SecretHit[], others: readonly SecretHit[]): readonly SecretHit[] {
  if (others.length === 0) return found;
  return [...new Map([...found, ...others].map((one) => [one.id, one])).values()];
}

/** Level of search, once the content is known to be text or binary. */
export function levelOf(level: SearchScope["level"], isBinary: boolean): "all" | "keys" {
  if (level !== "settings") return level;
  return isBinary ? "keys" : "all";
}

/**
 * Whether the path is in a folder of programs. Programs there are searched fully, since an application may
 * have its own there.
 */
const PROGRAM = /^\/(?:usr\/)?s?bin\/[^/]+$/;

export function isProgram(path: string): boolean {
  return PROGRAM.test(path);
}

/** Secrets in a format that transforms its content, such as PDF. */
function inside(path: string, bytes: Buffer, stretch: Stretch): readonly SecretHit[] {
  const { isBinary: binary, isManaged, isPdf = beginsPdf(bytes), budget } = stretch;
  if (isPdf) return [...pdfStreams(bytes)].flatMap((content) => scanBinary(path, content, budget));
  if (!binary) return [];
  const source = compiledSource(path, bytes);
  const isWide = isManaged ?? holdsAssembly(bytes);
  return [
    ...(source === undefined ? [] : scanSource(path, source, budget)),
    ...(isWide ? [0, 1].flatMap((parity) => scanWide(path, bytes, parity, budget)) : []),
  ];
}

/** Secrets in the assignments of compiled code. */
function scanSource(path: string, source: CompiledSource, budget?: MatchBudget): readonly SecretHit[] {
  const scanned = new ScannedText(() => source.text, source.path, budget);
  const spans = findSecrets(scanned, codeUnits(source.text));
  return spans.length === 0 ? [] : hits(source.text, path, spans, 0);
}

function scanBinary(path: string, bytes: Buffer, budget?: MatchBudget): readonly SecretHit[] {
  const scanned = new ScannedText(() => bytes.toString("latin1"), path, budget);
  const spans = findSecrets(scanned, bytes, "binary");
  return spans.length === 0 ? [] : hits(scanned.text, path, spans, 0);
}

/**
 * Magic number of .NET assemblies (ECMA-335 II.24.2.1), alone or in a program; their literals are UTF-16, at
 * any offset.
 */
const MANAGED = Buffer.from("BSJB");

export function holdsAssembly(bytes: Buffer): boolean {
  return bytes.includes(MANAGED);
}

function scanWide(path: string, bytes: Buffer, parity: number, budget?: MatchBudget): readonly SecretHit[] {
  const narrow = Buffer.alloc((bytes.length - parity) >> 1);
  for (let at = 0; at < narrow.length; at++) narrow[at] = bytes[2 * at + parity] as number;
  return scanBinary(path, narrow, budget);
}

/**
 * Largest file that is searched for tokens, in bytes. Nine tenths of an image's text are code of packages, so
 * only configuration files are searched.
 */
const CONFIGURING_BYTES = 64 * 1024;

function mayHoldToken(path: string, bytes: Buffer): boolean {
  if (bytes.length > CONFIGURING_BYTES) return false;
  return mayConfigure(path.slice(path.lastIndexOf("/") + 1)) && mayHoldBinarySecret(bytes);
}

/** Masks every secret in a text, for evidence. `path`: the file that the text is from, if any. */
export function maskText(text: string, path = ""): string {
  if (path === "" && !mayHoldSecret(text)) return text;
  const scanned = new ScannedText(() => text, path);
  return maskLookalikes(replaceSpans(text, findSecrets(scanned, codeUnits(text))));
}

function hits(
  text: string,
  path: string,
  spans: readonly SecretSpan[],
  firstLine: number,
): readonly SecretHit[] {
  const found = new Map<string, SecretHit>();
  let line = firstLine;
  let from = 0;
  for (const span of spans) {
    if (firstLine > 0) line += newlines(text.slice(from, span.start));
    from = span.start;
    const one = hit(span, path, line);
    if (!found.has(one.id)) found.set(one.id, one);
  }
  return [...found.values()];
}

function hit({ kind, confidence, value }: SecretSpan, path: string, line: number): SecretHit {
  return { kind, confidence, masked: maskValue(value), id: secretId(kind, path, value), line };
}

function newlines(text: string): number {
  return text.split("\n").length - 1;
}
