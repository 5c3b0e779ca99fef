import { jsonHoldsSecret } from "./json-value.ts";
import { isDense, isPlaceholder } from "./placeholder.ts";

const ALWAYS = new Set(["PASSWORD", "PASSWD", "PASSPHRASE", "SECRET", "MDP", "PGPASSWORD"]);
const AT_THE_END = new Set([
  "TOKEN",
  "PASS",
  "PWD",
  "APIKEY",
  "PRIVATEKEY",
  "SECRETKEY",
  "CREDENTIAL",
  "CREDENTIALS",
]);
/** What a KEY must be to be a secret: a GPG_KEY is a fingerprint, a CACHE_KEY a name. */
const SECRET_KEYS = new Set(
  (
    "API ACCESS PRIVATE ENCRYPTION ENCRYPT DECRYPTION SIGNING SIGN MASTER AUTH ACCOUNT STORAGE JWT SESSION COOKIE APP " +
    "AES HMAC CRYPT CRYPTO SSH DEPLOY"
  ).split(" "),
);
/** A name that ends so speaks about a secret, not of it: PASSWORD_MIN_LENGTH, TOKEN_EXPIRY, DB_PASSWORD_FILE. */
const ABOUT = new Set(
  (
    "FILE FILES FILENAME PATH DIR DIRECTORY URL URI HOST HOSTNAME PORT DOMAIN ENDPOINT NAME NAMES ID IDS EXPIRY EXPIRES " +
    "EXPIRATION TTL LIFETIME DURATION TIMEOUT AGE INTERVAL DELAY LENGTH LEN MIN MAX SIZE COUNT LIMIT ALGORITHM ALG ALGO " +
    "TYPE FORMAT ENABLE ENABLED DISABLE DISABLED REQUIRED POLICY ROUNDS COST STRENGTH ISSUER ISS AUDIENCE AUD HEADER " +
    "PREFIX SUFFIX FIELD REGEX PATTERN VERSION SHA SHA256 SHASUM HASH CHECKSUM FINGERPRINT DUMMY PLACEHOLDER EXAMPLE " +
    "SAMPLE PUBLIC HINT LABEL REF STORE KEYSTORE MODE PROVIDER BACKEND MANAGER ENGINE SOURCE KIND STRATEGY CLASS SCOPE " +
    "SCOPES REGION NAMESPACE MOUNT ROLE RESET RULES METHOD PAGE ROUTE COOKIE PARAM ALIAS TEMPLATE SUBJECT HASHING HASHER " +
    "ENCODER ENCODING"
  ).split(" "),
);
/** Endings that change nothing: API_TOKEN_PROD, SECRET_KEY_BASE, PRIVATE_KEY_BASE64. */
const TRAILING = new Set(
  "BASE BASE64 B64 VALUE PEM JSON PROD PRODUCTION PREPROD STAGING STAGE DEV TEST".split(" "),
);
/** A Secret of theirs is one of Kubernetes, given by its name: IMAGE_PULL_SECRET, TLS_SECRET, DB_PASSWORD_SECRET. */
const KEPT_IN_SECRETS = new Set(
  (
    "PULL TLS SSL MTLS CERT CERTS CERTIFICATE CERTIFICATES CA X509 KEYSTORE TRUSTSTORE KUBE KUBERNETES KUBECONFIG " +
    "PASSWORD CREDENTIALS EXISTING DOCKERCONFIGJSON"
  ).split(" "),
);
/** RFC 1123, with or without the namespace. */
const OBJECT_NAME = /^(?:[a-z0-9-]+\/)?[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$/;
/** Sent to every browser by design. */
const TO_THE_BROWSER =
  /^(?:NEXT_PUBLIC|NUXT_PUBLIC|VITE|REACT_APP|VUE_APP|GATSBY|NG_APP|EXPO_PUBLIC|PUBLIC)_/;

/** Where the value is, rather than the value: a path, an address, a reference into a vault; a key block speaks for itself. */
const REFERENCE =
  /^(?:-----BEGIN |[a-z][\w+.-]{1,20}:\/\/|(?:arn|vault|env|file|op|secret|ssm|aws-sm|gcp-sm):|ENC[([]|projects\/|\.{0,2}\/|~\/|[A-Za-z]:\\|process\.env|import\.meta|os\.environ|ENV\[|getenv)/;
/** A number, a duration, a version: `3600`, `15m`, `3.1.4-r0`. */
const MEASURE =
  /^[\d.,_]{1,40}\s?(?:ms|s|sec|m|min|h|d|w|y|[kmg]i?b?)?$|^v?\d{1,9}(?:\.\d{1,9}){1,3}(?:[-+~][\w.]{1,40})?$/i;

/** True for names under which secrets are kept: DB_PASSWORD, apiKey, NPM_TOKEN, spring.datasource.password. */
export function isSecretName(name: string): boolean {
  const known = NAMES.get(name);
  if (known !== undefined) return known;
  const is = tellsSecret(name);
  if (NAMES.size < MOST_NAMES && name.length <= 200) NAMES.set(name, is);
  return is;
}

/** Many workloads and files have variables of the same names. */
const NAMES = new Map<string, boolean>();
const MOST_NAMES = 5_000;

function tellsSecret(name: string): boolean {
  const words = wordsOf(name);
  while (words.length > 1 && isTrailing(words.at(-1) ?? "")) words.pop();
  const last = words.at(-1) ?? "";
  if (ABOUT.has(last)) return false;
  if (words.some((word) => ALWAYS.has(word))) return true;
  if (TO_THE_BROWSER.test(name)) return false;
  if (last === "PWD") return words.length > 1 && words[0] !== "OLD";
  if (last === "KEY") return SECRET_KEYS.has(words.at(-2) ?? "");
  return AT_THE_END.has(last);
}

/** True when a value can be the secret itself: literal, and neither placeholder, switch, number nor reference. */
export function isLiteralSecret(value: string): boolean {
  if (value.length < 4 || value.length > 8_192) return false;
  if (REFERENCE.test(value) || MEASURE.test(value) || isPlaceholder(value)) return false;
  return jsonHoldsSecret(value, isSecretMember) ?? true;
}

/** Of an object that is a value: Hasura's `{"type":"HS256","key":"…"}`, a JWK's `k` and `d` (RFC 7518). */
function isSecretMember(name: string, value: string): boolean {
  return (/^(?:key|k|d)$/.test(name) || isSecretName(name)) && isLiteralSecret(value);
}

/** True when the value is the name of a Kubernetes Secret, rather than a secret. */
export function namesSecretObject(name: string, value: string): boolean {
  const words = wordsOf(name);
  if (words.at(-1) !== "SECRET" || !KEPT_IN_SECRETS.has(words.at(-2) ?? "")) return false;
  return OBJECT_NAME.test(value) && !isDense(value);
}

function isTrailing(word: string): boolean {
  return TRAILING.has(word) || /^\d+$/.test(word);
}

/** `dbPassword2`, `db-password`, `DB_PASSWORD` → DB PASSWORD (2). */
function wordsOf(name: string): string[] {
  return name
    .slice(0, 200)
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((word) => word !== "");
}
