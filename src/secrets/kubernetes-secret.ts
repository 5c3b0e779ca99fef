import { isPlaceholder } from "./placeholder.ts";
import type { ScannedText } from "./scanned-text.ts";
import type { SecretSpan } from "./spans.ts";

/** Literals, at least one of which occurs in every text with a Secret object. */
export const SECRET_OBJECT = [
  "kind: Secret",
  'kind: "Secret"',
  "kind: 'Secret'",
  '"kind": "Secret"',
  '"kind":"Secret"',
];
const KIND = /^[ \t]{0,64}(?:- )?["']?kind["']?:[ \t]{0,8}["']?Secret["']?[ \t]{0,8}(?:[,#]|$)/m;
/** Line of a block mapping, or pair of JSON: key, and the value if it is on the same line. */
const PAIR = /^([ \t]{0,64}(?:- )?)["']?([\w.-]{1,253})["']?[ \t]{0,8}:[ \t]{0,8}([^\r\n]*)/gm;
const DATA = new Set(["data", "stringData"]);
/** The value without its quotes and without a following comma or comment. */
const VALUE =
  /^(?:"(?<double>[^\n]{1,200000}?)"|'(?<single>[^\n]{1,200000}?)'|(?<bare>[^"'\n]{1,200000}?))[ \t]{0,8},?[ \t]{0,8}(?:[ \t]#|$)/d;
/** Kind of a Secret in JSON on one line. */
const FLAT_KIND = /"kind": ?"Secret"/;
const FLAT_DATA = /"(data|stringData)": ?\{([^{}]{1,200000})\}/dg;
const FLAT_VALUE = /: ?("[^"]{1,200000}")/dg;

/**
 * Values of Kubernetes Secrets written in a file: base64 under `data`, text under `stringData`. A sealed or
 * encrypted Secret (SealedSecret, SOPS) has another kind, or no plain value.
 */
export function kubernetesSecrets(scanned: ScannedText): readonly SecretSpan[] {
  const { text } = scanned;
  return documentsOf(text).flatMap(({ from, to }) => {
    const document = text.slice(from, to);
    return KIND.test(document) ? blockSecrets(document, from) : flatSecrets(document, from);
  });
}

function documentsOf(text: string): readonly { readonly from: number; readonly to: number }[] {
  const ends = [...text.matchAll(/^---(?:[ \t].{0,200})?$/gm)].map(({ index }) => index);
  return [0, ...ends].map((from, index, starts) => ({ from, to: starts[index + 1] ?? text.length }));
}

function blockSecrets(document: string, offset: number): readonly SecretSpan[] {
  const spans: SecretSpan[] = [];
  let block: { readonly field: string; readonly indent: number } | undefined;
  for (const match of document.matchAll(PAIR)) {
    const [line, indentation = "", key = "", rest = ""] = match;
    const indent = indentation.length;
    if (block !== undefined && indent <= block.indent) block = undefined;
    if (block !== undefined)
      spans.push(...valueSpan(block.field, rest, offset + match.index + line.length - rest.length));
    else if (DATA.has(key) && /^\{?[ \t]{0,8}(?:#.*)?$/.test(rest)) block = { field: key, indent };
  }
  return spans;
}

/** Secrets in a one-line document that is a Secret or a list of Secrets. */
function flatSecrets(document: string, offset: number): readonly SecretSpan[] {
  const spans: SecretSpan[] = [];
  let at = offset;
  for (const line of document.split("\n")) {
    if (FLAT_KIND.test(line)) spans.push(...flatValues(line, at));
    at += line.length + 1;
  }
  return spans;
}

function flatValues(line: string, offset: number): readonly SecretSpan[] {
  return [...line.matchAll(FLAT_DATA)].flatMap(({ 1: field = "", 2: pairs = "", indices }) => {
    const from = offset + (indices?.[2]?.[0] ?? 0);
    return [...pairs.matchAll(FLAT_VALUE)].flatMap(({ 1: value = "", indices: own }) =>
      valueSpan(field, value, from + (own?.[1]?.[0] ?? 0)),
    );
  });
}

/**
 * Span of a field's value.
 *
 * @param start offset of `rest`: the value with its quotes, and the text after the value
 */
function valueSpan(field: string, rest: string, start: number): readonly SecretSpan[] {
  const groups = VALUE.exec(rest)?.indices?.groups;
  const [from, to] = groups?.["double"] ?? groups?.["single"] ?? groups?.["bare"] ?? [0, 0];
  const value = rest.slice(from, to);
  const plain = field === "data" ? decoded(value) : value;
  if (plain === undefined || isNoSecret(plain)) return [];
  return [{ kind: "kubernetes-secret", confidence: "likely", start: start + from, end: start + to, value }];
}

function decoded(value: string): string | undefined {
  if (!/^[A-Za-z0-9+/]{4,}={0,2}$/.test(value) || value.length % 4 !== 0) return undefined;
  return Buffer.from(value, "base64").toString("latin1");
}

function isNoSecret(plain: string): boolean {
  const text = plain.trim();
  return text.length < 4 || isPlaceholder(text) || /^(?:[|>&*!]|ENC\[|-----BEGIN (?:CERT|PUBLIC))/.test(text);
}
