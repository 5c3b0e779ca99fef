import { isJumbled, looksRandom } from "./entropy.ts";
import { jsonHoldsSecret } from "./json-value.ts";
import { jwtUse } from "./jwt.ts";
import { isDense, isPlaceholder } from "./placeholder.ts";
import { isSecretName, nameKind, namesKeptSecret } from "./secret-name.ts";

/** Name of an object (RFC 1123), with or without the namespace. */
const OBJECT_NAME = /^(?:[a-z0-9-]+\/)?[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$/;
/**
 * References instead of a value: a path, an address, an entry of a vault. Key blocks have a separate
 * detector.
 */
const REFERENCE =
  /^(?:-----BEGIN |[a-z][\w+.-]{1,20}:\/\/|(?:arn|vault|env|file|op|secret|ssm|aws-sm|gcp-sm|keyvault|ref\+\w{1,20}|secretref\+\w{1,20}):|ENC[([]|\{cipher\}|projects\/|\.{0,2}\/|~\/|[A-Za-z]:\\|process\.env|import\.meta|os\.environ|ENV\[|getenv)/;
/** A number, a duration, a version: `3600`, `15m`, `3.1.4-r0`. */
const MEASURE =
  /^[\d.,_]{1,40}\s?(?:ms|s|sec|m|min|h|d|w|y|[kmg]i?b?)?$|^v?\d{1,9}(?:\.\d{1,9}){1,3}(?:[-+~][\w.]{1,40})?$/i;
/** A password of digits only. */
const DIGITS = /^\d{4,64}$/;

/** Whether a value under this name is itself a secret. */
export function isNamedSecret(name: string, value: string): boolean {
  const kind = nameKind(name);
  if (kind === undefined) return NAMES_JWT.test(name) && jwtUse(value) === "secret";
  if (namesSecretObject(name, value)) return false;
  if (SECRET_ID.test(name)) return UUID.test(value) || (isDrawn(value) && isJumbled(value));
  if (kind === "key") return (isDrawn(value) || isUserAndPassword(name, value)) && isLiteralSecret(value);
  if (kind === "password" && DIGITS.test(value)) return !isPlaceholder(value);
  return isLiteralSecret(value);
}

/**
 * Name that may also denote settings, an issuer or a switch; under it, only a token that grants access is a
 * secret.
 */
const NAMES_JWT = /(?:^|[a-z_.-])(?:jwt|JWT|Jwt)$/;

/**
 * Whether a value can itself be the secret: literal, and neither placeholder, switch, number nor reference.
 */
export function isLiteralSecret(value: string): boolean {
  if (value.length < 4 || value.length > 8_192) return false;
  if (isReference(value) || MEASURE.test(value) || isPlaceholder(value)) return false;
  if (value.startsWith("eyJ") && jwtUse(value) === "open") return false;
  return jsonHoldsSecret(value, isSecretMember) ?? true;
}

function isReference(value: string): boolean {
  return REFERENCE.test(value) && !isDrawnBase64(value);
}

/** Whether a text that begins with a slash is base64 (as one secret in 64) rather than a path. */
function isDrawnBase64(value: string): boolean {
  if (!/^[A-Za-z0-9+/]{20,512}={0,2}$/.test(value) || !looksRandom(value)) return false;
  const names = value.split(/[/=]/);
  return !names.some((name) => /^[A-Z]?[a-z]{2,}\d*$/.test(name)) && names.some(isMixed);
}

function isMixed(name: string): boolean {
  return name.length >= 12 && /\d/.test(name) && /[A-Z]/.test(name) && /[a-z]/.test(name);
}

/**
 * Whether a member of an object is secret: Hasura's `{"type":"HS256","key":"…"}`, a JWK's `k` and `d` (RFC
 * 7518).
 */
function isSecretMember(name: string, value: string): boolean {
  return (/^(?:key|k|d)$/.test(name) || isSecretName(name)) && isLiteralSecret(value);
}

/** Whether the value is the name of a Kubernetes Secret rather than a secret. */
function namesSecretObject(name: string, value: string): boolean {
  return namesKeptSecret(name) && OBJECT_NAME.test(value) && !isDense(value);
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Whether the value is a user and a password, `BASIC_AUTH=portal:Hiver2024!`; a port is not a password. */
function isUserAndPassword(name: string, value: string): boolean {
  if (!/auth$|creds?$/i.test(name)) return false;
  const [, password = ""] = /^[\w.@+-]{1,100}:(?!\/\/)(\S{6,200})$/.exec(value) ?? [];
  return /\d/.test(password) && /\D/.test(password) && !isPlaceholder(password);
}

/** Names such as SECRET_ID: a secret in Vault, but only an identifier in cloud platforms. */
const SECRET_ID = /secret[-_.]?id$/i;
/** Access key IDs of Tencent Cloud, which appear beside their keys. */
const OPEN_ID = /^AKID[A-Za-z0-9]{32}$/;

/** Whether the value consists of letters and digits in random order and is not a digest. */
function isDrawn(value: string): boolean {
  if (UUID.test(value)) return true;
  if (OPEN_ID.test(value)) return false;
  const longest = value.split(/[^A-Za-z0-9]/).reduce((a, b) => (b.length > a.length ? b : a), "");
  if (longest.length < 16 || !/\d/.test(longest) || !/[A-Za-z]/.test(longest) || /\s/.test(value))
    return false;
  return looksRandom(longest) && !/^(?:[\da-f]{40}|[\da-f]{64})$/i.test(value);
}
