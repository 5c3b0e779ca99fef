import type { Detector } from "./detector.ts";
import { isCode, isDrawnInCode } from "./own-code.ts";
import { isPlaceholder } from "./placeholder.ts";
import { isPublishedDefault } from "./published-defaults.ts";

/** A literal without quotes, blanks and braces inside. */
const LITERAL = "[bru]?[\"'`](?<secret>[!#-&(-[\\]-_a-~]{8,256})[\"'`]";
/** Calls that only change the literal's type: `Buffer.from(`, `[]byte(`, `bytes.fromhex(`. */
const CONVERTED = "(?:[\\w.$[\\]]{1,40}(?:\\(\\)\\.\\w{1,20})?\\(\\s{0,5}){0,2}";
/** An argument before it: a literal, a name, a call without quotes in its arguments. */
const ARGUMENT =
  "(?:\"[^\"\\n]{0,300}\"|'[^'\\n]{0,300}'|[^\"'()\\n,]{1,100}(?:\\([^()\"'\\n]{0,100}\\))?)\\s{0,10},\\s{0,10}";

/** A call whose secret comes after this number of other arguments. */
function callAfter(others: number): string {
  return `[\\w.$>= -]{4,30}\\(\\s{0,10}(?:${ARGUMENT}){${others}}${CONVERTED}${LITERAL}`;
}
const FIRST = new RegExp(callAfter(0), "dy");
const SECOND = new RegExp(callAfter(1), "dy");
const THIRD = new RegExp(callAfter(2), "dy");

/** Calls of libraries by the argument that is a key. */
const KEYS: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    FIRST,
    [
      // Python's hmac and itsdangerous, PyCryptodome; Rails' encryptors; Go's cookie stores; Java's keys.
      "hmac.new(",
      "AES.new(",
      "URLSafeSerializer(",
      "TimedSerializer(",
      "TimestampSigner(",
      "MessageEncryptor.new(",
      "MessageVerifier.new(",
      "NewCookieStore(",
      "SecretKeySpec(",
      "hmacShaKeyFor(",
      "Algorithm.HMAC256(",
      "Algorithm.HMAC512(",
      "new Cryptr(",
    ],
  ],
  // Go's crypto/hmac; node:crypto; crypto-js.
  [SECOND, ["hmac.New(", "createCipheriv(", "createDecipheriv(", "AES.encrypt(", "AES.decrypt("]],
  // PHP.
  [THIRD, ["hash_hmac(", "openssl_encrypt(", "openssl_decrypt("]],
];

/** Calls by the argument that is a password. */
const PASSWORDS: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    SECOND,
    [
      "simple_bind_s(",
      "HTTPBasicAuth(",
      "auth=(",
      "SetBasicAuth(",
      "setBasicAuth(",
      "basicAuthentication(",
      "UsernamePasswordCredentials(",
      "PasswordAuthentication(",
      "NetworkCredential(",
      ".login(",
      "compare_digest(",
    ],
  ],
  [
    THIRD,
    [
      "new PDO(",
      "new mysqli(",
      "mysqli_connect(",
      "ldap_bind(",
      "ftp_login(",
      "imap_open(",
      "DBI->connect(",
      "getConnection(",
    ],
  ],
];

/**
 * Detectors of keys and passwords that code passes to a library by position, where no name announces them.
 */
export const KEY_ARGUMENTS: readonly Detector[] = [
  ...KEYS.map(([pattern, calls]) => detectorOf(pattern, calls, isDrawnInCode)),
  ...PASSWORDS.map(([pattern, calls]) => detectorOf(pattern, calls, isChosen)),
];

function detectorOf(
  pattern: RegExp,
  anchors: readonly string[],
  isSecret: (secret: string) => boolean,
): Detector {
  return {
    kind: "named-secret",
    confidence: "likely",
    anchors,
    isWithinWord: true,
    pattern,
    valid: (secret, _, scanned) => isCode(scanned) && isSecret(secret),
  };
}

/** Names joined by underscores, such as keys of translations and constants. */
const NAME = /^[A-Za-z]+(?:_[A-Za-z\d]+)+$/;

/**
 * Whether a literal in the place of a password is in use: with letters and digits, and neither a filler, a name
 * nor a product's published default.
 */
function isChosen(value: string): boolean {
  if (isPlaceholder(value) || isPublishedDefault(value) || NAME.test(value)) return false;
  return /\d/.test(value) && /[A-Za-z]/.test(value) && !/^[a-z]{1,10}:|[{}<>()/]/.test(value);
}
