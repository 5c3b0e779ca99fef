import { isPlaceholder } from "./placeholder.ts";
import type { ScannedText } from "./scanned-text.ts";
import type { SecretSpan } from "./spans.ts";

/** What stands in a text that holds one. */
export const SECRET_OBJECT = [
  "kind: Secret",
  'kind: "Secret"',
  "kind: 'Secret'",
  '"kind": "Secret"',
  '"kind":"Secret"',
];
/** A mapping's line in block style, or a pair of JSON: what a key's value is when it stands on the same line. */
const PAIR = /^([ \t]{0,64}(?:- )?)["']?([\w.-]{1,253})["']?[ \t]{0,8}:[ \t]{0,8}([^\r\n]*)/gm;
const DATA = new Set(["data", "stringData"]);

/**
 * The values of the Kubernetes Secrets that were written into a file: base64 under `data`, text under
 * `stringData`. Whoever sealed or encrypted it (SealedSecret, SOPS) has another kind, or no plain value.
 */
export function kubernetesSecrets(scanned: ScannedText): readonly SecretSpan[] {
  const { text } = scanned;
  return documentsOf(text).flatMap(({ from, to }) => secretsOf(text.slice(from, to), from));
}

function documentsOf(text: string): readonly { readonly from: number; readonly to: number }[] {
  const ends = [...text.matchAll(/^---(?:[ \t].{0,200})?$/gm)].map(({ index }) => index);
  return [0, ...ends].map((from, index, starts) => ({ from, to: starts[index + 1] ?? text.length }));
}

function secretsOf(document: string, offset: number): readonly SecretSpan[] {
  if (
    !/^[ \t]{0,64}(?:- )?["']?kind["']?[ \t]{0,8}:[ \t]{0,8}["']?Secret["']?[ \t]{0,8},?[ \t]{0,8}\r?$/m.test(
      document,
    )
  ) {
    return document.includes("\n") ? [] : flatSecrets(document, offset);
  }
  const spans: SecretSpan[] = [];
  let block: { readonly field: string; readonly indent: number } | undefined;
  for (const match of document.matchAll(PAIR)) {
    const [, indentation = "", key = "", rest = ""] = match;
    const indent = indentation.length;
    if (block !== undefined && indent <= block.indent) block = undefined;
    if (block !== undefined)
      spans.push(...valueSpan(block.field, rest, offset + match.index + match[0].length));
    else if (DATA.has(key) && /^\{?\s*$/.test(rest)) block = { field: key, indent };
  }
  return spans;
}

/** JSON on one line. */
function flatSecrets(document: string, offset: number): readonly SecretSpan[] {
  return [...document.matchAll(/"(data|stringData)":\{([^{}]{1,200000})\}/g)].flatMap((data) =>
    [...(data[2] ?? "").matchAll(/:"([^"]{1,200000})"/g)].flatMap((pair) => {
      const end =
        offset + data.index + data[0].length - 1 - (data[2] ?? "").length + pair.index + pair[0].length;
      return valueSpan(data[1] ?? "", `"${pair[1] ?? ""}"`, end);
    }),
  );
}

/** @param end offset behind `rest`, which is the value with its quotes and what follows */
function valueSpan(field: string, rest: string, end: number): readonly SecretSpan[] {
  const trimmed = rest.replace(/[ \t\r]{0,8},?[ \t\r]{0,8}$/, "");
  const value = trimmed.replace(/^["']|["']$/g, "");
  const plain = field === "data" ? decoded(value) : value;
  if (plain === undefined || isNoSecret(plain)) return [];
  const start = end - rest.length + rest.indexOf(value);
  return [{ kind: "kubernetes-secret", confidence: "likely", start, end: start + value.length, value }];
}

function decoded(value: string): string | undefined {
  if (!/^[A-Za-z0-9+/]{4,}={0,2}$/.test(value) || value.length % 4 !== 0) return undefined;
  return Buffer.from(value, "base64").toString("latin1");
}

function isNoSecret(plain: string): boolean {
  const text = plain.trim();
  return text.length < 4 || isPlaceholder(text) || /^[|>&*!]|^ENC\[|^-----BEGIN (?:CERT|PUBLIC)/.test(text);
}
