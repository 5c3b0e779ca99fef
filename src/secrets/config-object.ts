import type { ConfigSecretFacts } from "../contract/config-object-facts.ts";
import { InvalidInputError } from "../contract/error.ts";
import { byContent } from "./command-secrets.ts";
import { namedSecret } from "./credential-files.ts";
import { inflated } from "./inflated.ts";
import { maskValue, secretId } from "./mask.ts";
import { isLiteralSecret } from "./named-secret.ts";
import { isPlaceholder } from "./placeholder.ts";
import { maskText, scanFile } from "./scan.ts";
import { isSecretName } from "./secret-name.ts";
import { mergeSpans, replaceSpans, type SecretSpan } from "./spans.ts";

/** Values of a ConfigMap or Secret, decoded if they were in base64. */
export type KeyValues = Iterable<readonly [key: string, value: Uint8Array]>;

/** Plain-text secrets of a Secret object: all values except names, addresses and placeholders. */
export function secretsOfSecret(name: string, values: KeyValues): readonly ConfigSecretFacts[] {
  return [...values].flatMap(([key, bytes]) => {
    const text = textOf(bytes);
    const found = text === undefined ? OPAQUE : secretIn(key, text);
    return found === undefined ? [] : [factsOf(`Secret/${name}`, key, found, text ?? hexOf(bytes))];
  });
}

/** Secrets of a ConfigMap, found by key or by content; each value is read like a file named after its key. */
export function secretsOfConfigMap(name: string, values: KeyValues): readonly ConfigSecretFacts[] {
  return [...values].flatMap(([key, bytes]) => {
    const text = textOf(bytes) ?? "";
    const named = text.includes("\n") ? [] : underKey(key, text);
    const found = named.map((span) => factsOf(`ConfigMap/${name}`, key, span, span.value));
    return found.length > 0 ? found : inFile(key, bytes);
  });
}

/** Secrets of a ConfigMap's `binaryData`, where gzip and zlib are read through; each value as in `data`. */
export function secretsOfBinaryData(name: string, values: KeyValues): readonly ConfigSecretFacts[] {
  return [...values].flatMap(([key, bytes]) => {
    const content = inflatedValue(name, key, Buffer.from(bytes));
    const texts = new Map([[key.replace(/\.(?:t?gz|zz?)$/i, ""), content]]);
    return secretsOfConfigMap(name, texts).map((found) => ({ ...found, key: maskText(key) }));
  });
}

/** Bytes that a value may inflate to: a ConfigMap holds 1 MiB, of which gzip of a text makes some 10 MiB. */
const INFLATED_BYTES = 16 * 1024 ** 2;

function inflatedValue(name: string, key: string, bytes: Buffer): Uint8Array {
  const content = inflated(bytes, INFLATED_BYTES);
  if (content === "too-long") throw tooLong(name, key);
  return content;
}

function tooLong(name: string, key: string): InvalidInputError {
  const shown = maskText(`ConfigMap/${name} binaryData[${key}]`);
  const limit = String(INFLATED_BYTES / 1024 ** 2);
  return new InvalidInputError("config-map-inflated", {
    fr: `${shown} se décompresse au-delà de ${limit} Mio : une valeur plus longue n'est pas examinée ; la réduire, ou la donner par un volume`,
    en: `${shown} inflates to more than ${limit} MiB: a longer value is not examined; shorten it, or give it by a volume`,
  });
}

function inFile(key: string, bytes: Uint8Array): readonly ConfigSecretFacts[] {
  return scanFile(`/${key}${formOf(key, bytes)}`, bytes).map(({ kind, confidence, masked, id }) => {
    // A published default is a real secret here: the container uses this value.
    const given = kind === "published-default" ? "named-secret" : kind;
    return { key: maskText(key), kind: given, confidence, masked, id };
  });
}

/** A line of a dotenv file: an assignment, a comment, or nothing. */
const DOTENV_LINE = /^[ \t]{0,200}(?:(?:export[ \t]{1,20})?[A-Za-z_][\w.]{0,100}=.{0,8000}|#.{0,8000})?\r?$/;
/** Bytes of settings; a longer value under a key without an ending is data. */
const SETTINGS_BYTES = 256 * 1024;

/** Ending of the form that a value under a key without an ending has: assignments alone, or JSON. */
function formOf(key: string, bytes: Uint8Array): "" | ".env" | ".json" {
  const text = key.includes(".") || bytes.length > SETTINGS_BYTES ? "" : (textOf(bytes) ?? "");
  if (/^\s{0,200}\{[\s"]/.test(text)) return ".json";
  return text.includes("=") && text.split("\n").every((line) => DOTENV_LINE.test(line)) ? ".env" : "";
}

/** A variable's value with the secrets masked that the value itself or the name reveals. */
export function maskVariable(name: string, value: string): string {
  return replaceSpans(value, mergeSpans(value, [...byContent(value), ...underKey(name, value)]));
}

type Kind = Pick<SecretSpan, "kind" | "confidence">;

/** Kind of a value that is not text: a key store, a keytab, a key in DER. */
const OPAQUE: Kind = { kind: "secret-data", confidence: "likely" };
/** Keys whose values grant no access: users, hosts, and other public settings. */
const OPEN =
  /(?:^|[._-])(?:user|user_?name|login|host|host_?name|port|db|db_?name|database|schema|name|email|mail|from|endpoint|address|bucket|region|namespace|type|url|uri|server|project|insecure|engine|issuer|audience|(?:client|tenant|project|account|app)[._-]?id|ca|crt|cert|certificate|known_?hosts|pub|public[._-]?key)(?:\.(?:pem|crt|cer|cert))?$/i;
/** A value that consists of certificates and public keys alone. */
const PUBLIC = /^\s{0,100}-----BEGIN (?:(?:X509 |TRUSTED )?CERTIFICATE|(?:RSA |EC )?PUBLIC KEY)-----/;

function secretIn(key: string, text: string): Kind | undefined {
  const [span] = byContent(text).filter(({ kind }) => kind !== "local-url-password");
  if (span !== undefined)
    return { kind: span.kind === "jwt" ? OPAQUE.kind : span.kind, confidence: span.confidence };
  const value = text.trim();
  if (value === "" || isPlaceholder(value) || PUBLIC.test(value) || REFERENCE.test(value)) return undefined;
  const camel = key.replace(/([a-z0-9])([A-Z])/g, "$1_$2");
  if (OPEN.test(camel) && !isSecretName(key)) return undefined;
  return isSecretName(key) || isLiteralSecret(value) || value.includes("\n") ? OPAQUE : undefined;
}

/**
 * References that a tool replaces when it renders or reads the value: SOPS, vals, Argo CD Vault Plugin,
 * Bank-Vaults.
 */
const REFERENCE = /^(?:ENC\[|ref\+|secretref\+|vault:|<path:|AQICA)/;

function underKey(key: string, text: string): readonly SecretSpan[] {
  return namedSecret({ name: key, value: text, start: 0, end: text.length });
}

function factsOf(object: string, key: string, { kind, confidence }: Kind, value: string): ConfigSecretFacts {
  const id = secretId(kind, `${object} ${key}`, value);
  return { key: maskText(key), kind, confidence, masked: maskValue(value), id };
}

const UTF8 = new TextDecoder("utf-8", { fatal: true });

function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = UTF8.decode(bytes);
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
