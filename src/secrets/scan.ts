import type { SecretFacts } from "../contract/image-facts.ts";
import { codeUnits, findSecrets, mayHoldSecret } from "./find.ts";
import { keystoreKeys } from "./keystore.ts";
import { maskValue, secretId } from "./mask.ts";
import { ScannedText } from "./scanned-text.ts";
import { replaceSpans, type SecretSpan } from "./spans.ts";

export { secretScope } from "./scope.ts";

/** A secret recognised in some text, before it is known where the text stands. Never the secret itself. */
export type SecretHit = Pick<SecretFacts, "kind" | "masked" | "id" | "confidence"> & {
  readonly line: number;
};

/** How compiled and compressed files begin: ELF, Mach-O, PE, Java, gzip, zip, xz, zstd, PNG, JPEG, GIF, wOFF, WebAssembly. */
const OPAQUE = (
  "\x7fELF \xce\xfa\xed\xfe \xcf\xfa\xed\xfe MZ\x90\0 \xca\xfe\xba\xbe \x1f\x8b\x08 PK\x03\x04 \xfd7zXZ " +
  "(\xb5/\xfd \x89PNG \xff\xd8\xff GIF8 wOF \0asm"
).split(" ");
/** A NUL in so many first bytes makes a file binary, as git and grep have it. */
const BINARY_WINDOW = 8_192;

/** The secrets in a file of a layer, each value once. `path`: absolute, in the image. */
export function scanFile(path: string, content: Uint8Array): readonly SecretHit[] {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const begin = bytes.toString("latin1", 0, 8);
  if (OPAQUE.some((magic) => begin.startsWith(magic))) return [];
  const keys = keystoreKeys(path, bytes);
  if (keys !== undefined) return [hit(keys, path, 1)];
  const scanned = new ScannedText(() => bytes.toString("latin1"), path);
  const binary = bytes.subarray(0, BINARY_WINDOW).includes(0);
  const spans = findSecrets(scanned, bytes, binary);
  return spans.length === 0 ? [] : hits(scanned.text, path, spans);
}

/** The same text with every secret in it masked: what evidence may keep. `path`: where it is from, when it is a file. */
export function maskText(text: string, path = ""): string {
  if (path === "" && !mayHoldSecret(text)) return text;
  const scanned = new ScannedText(() => text, path);
  return replaceSpans(text, findSecrets(scanned, codeUnits(text)));
}

function hits(text: string, path: string, spans: readonly SecretSpan[]): readonly SecretHit[] {
  const found = new Map<string, SecretHit>();
  let line = 1;
  let from = 0;
  for (const span of spans) {
    line += newlines(text.slice(from, span.start));
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
