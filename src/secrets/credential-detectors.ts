import type { Detector } from "./detector.ts";
import { looksRandom } from "./entropy.ts";
import { jwtUse } from "./jwt.ts";
import { isPlaceholder } from "./placeholder.ts";
import type { ScannedText } from "./scanned-text.ts";
import { isShown, settingsForm } from "./settings-form.ts";

/** Files of source code, in which hashes are examples. */
const EXPLAINED = /\.(?:[cm]?[jt]sx?|map|py|pyi|rb|php|java|go|rs|c|h|cc|cpp|pl|pm|t|po|sh|css)$/;
/** Examples of RFC 7617 and RFC 6749. */
const KNOWN = /^(?:aladdin|s6BhdRkqt3):/i;

/**
 * Passwords, password hashes and keys in the formats of well-known programs. Sources: the programs' own
 * manuals.
 */
export const CREDENTIALS: readonly Detector[] = [
  {
    kind: "password-hash",
    confidence: "likely",
    // crypt(5), Apache, Argon2, phpass, phpBB, Mosquitto; Compose doubles the dollars.
    anchors: [
      "$1$",
      "$5$",
      "$6$",
      "$7$",
      "$y$",
      "$gy$",
      "$P$",
      "$H$",
      "$apr1$",
      "$2a$",
      "$2b$",
      "$2y$",
      "$argon2",
    ],
    pattern:
      /\$(?:(?:apr1|1)\${1,2}[./\w]{1,8}\${1,2}[./\w]{22}|5\${1,2}(?:rounds=\d{1,9}\${1,2})?[./\w]{1,16}\${1,2}[./\w]{43}|6\${1,2}(?:rounds=\d{1,9}\${1,2})?[./\w]{1,16}\${1,2}[./\w]{86}|2[aby]\${1,2}\d\d\${1,2}[./\w]{53}|g?y\${1,2}[./\w]{1,8}\${1,2}[./\w]{1,90}\${1,2}[./\w]{43}|[PH]\${1,2}[./\w]{31}|argon2(?:id|i|d)\${1,2}v=\d{1,3}\${1,2}[\w=,]{5,60}\${1,2}[\w+/]{8,100}\${1,2}[\w+/]{16,200}|7\${1,2}[./\w]{11,97}\${1,2}[./\w]{43}|7\${1,2}\d{1,7}\${1,2}[\w+/]{8,60}={0,2}\${1,2}[\w+/]{60,200}={0,2})(?![./\w])/dy,
    valid: isHash,
  },
  {
    kind: "password-hash",
    confidence: "likely",
    anchors: ["{SSHA"],
    pattern: /\{SSHA(?:256|384|512)?\}(?<secret>[A-Za-z0-9+/]{28,200}={0,2})/dy,
    valid: isHash,
  },
  {
    kind: "password-hash",
    confidence: "likely",
    // RabbitMQ's definitions.
    anchors: ['"password_hash"'],
    pattern: /"password_hash"\s{0,5}:\s{0,5}"(?<secret>[A-Za-z0-9+/]{48})"/dy,
    valid: looksRandom,
  },
  {
    kind: "named-secret",
    confidence: "likely",
    // RFC 7617.
    anchors: ["Basic ", "basic "],
    pattern: /basic {1,2}(?<secret>[A-Za-z0-9+/]{8,400}={0,2})(?![\w+/=])/diy,
    valid: (secret, match, scanned) => isCredential(secret) && !isExample(match, scanned),
  },
  {
    kind: "named-secret",
    confidence: "likely",
    // Bearer tokens (RFC 6750) in settings; a JWT counts, too, since it grants access.
    anchors: ["Bearer ", "bearer "],
    pattern: /bearer {1,2}(?<secret>(?=[\w.~+/-]{0,300}\d)[\w.~+/-]{12,512}={0,2})(?![\w{}$<>])/diy,
    valid: (secret, match, scanned) =>
      (scanned.path === "" || settingsForm(scanned.path) !== undefined) &&
      /[A-Za-z]/.test(secret) &&
      (!secret.startsWith("eyJ") || jwtUse(secret) === "secret") &&
      isMeant(secret, match, scanned),
  },
  {
    kind: "url-password",
    confidence: "confirmed",
    // Go's MySQL driver: user:password@tcp(host:3306)/database.
    anchors: ["@tcp(", "@unix(", "@cloudsql("],
    begin: wordBefore,
    pattern: /[\w.%+-]{1,100}:(?<secret>[^\s"'`@/:${}<>]{3,128})@(?:tcp|unix|cloudsql)\(/dy,
    valid: isMeant,
  },
  {
    kind: "url-password",
    confidence: "confirmed",
    anchors: ["jdbc:oracle:"],
    pattern: /jdbc:oracle:(?:thin|oci8?):[\w$#.-]{1,64}\/"?(?<secret>[^\s@"'/<>${}]{3,64})"?@/dy,
    valid: isMeant,
  },
  {
    kind: "url-password",
    confidence: "confirmed",
    // Oracle's EZConnect: user/password@//host:1521/service.
    anchors: ["@//"],
    begin: wordBefore,
    pattern: /[\w$#]{1,64}\/(?<secret>[^\s@/"'`<>${}]{3,64})@\/\/\w/dy,
    valid: isMeant,
  },
  {
    kind: "named-secret",
    confidence: "likely",
    // FreeRADIUS, users.
    anchors: ["Cleartext-P", "User-P", "Crypt-P", "NT-P", "LM-P", "MD5-P", "SMD5-P", "SHA-P", "SSHA-P"],
    pattern:
      /\w{2,9}-Password\s{1,8}[:+]?={1,2}\s{0,8}"?(?<secret>(?<=")[^"\n%]{4,300}(?=")|(?<!")[^\s"',%]{4,300})/dy,
    valid: isMeant,
  },
  {
    kind: "private-key",
    confidence: "confirmed",
    // BIND's TSIG keys.
    anchors: ['secret "'],
    pattern: /secret "(?<secret>[A-Za-z0-9+/]{20,128}={0,2})";/dy,
    valid: (secret, _, scanned) => scanned.mentions("algorithm") && looksRandom(secret),
  },
  {
    kind: "private-key",
    confidence: "confirmed",
    // BIND's keys of DNSSEC.
    anchors: ["PrivateKey: ", "PrivateExponent: "],
    pattern: /Private(?:Key|Exponent): (?<secret>[A-Za-z0-9+/]{20,2000}={0,2})/dy,
    valid: (_secret, _match, scanned) => scanned.mentions("Private-key-format: v1"),
  },
  {
    kind: "private-key",
    confidence: "confirmed",
    // Ceph's keyrings: AQ begins each.
    anchors: ["key = AQ", '"key": "AQ'],
    pattern: /"?key"?(?: =|:) "?(?<secret>AQ[A-Za-z0-9+/]{36}==)/dy,
    valid: looksRandom,
  },
  {
    kind: "private-key",
    confidence: "confirmed",
    // Tor's hidden services.
    anchors: ["== ed25519v1-secret"],
    pattern: /== ed25519v1-secret: \w{1,10} ==\0{3}(?<secret>[^]{64})/dy,
    binary: true,
  },
  {
    kind: "private-key",
    confidence: "confirmed",
    anchors: ["-----BEGIN OpenVPN "],
    pattern:
      /-----BEGIN OpenVPN (?:Static key V1|tls-crypt-v2 (?:client|server) key)-----\s{1,2}(?<secret>(?:[\w+/=]{32,64}\s{1,2}){2,64})/dy,
  },
  {
    kind: "named-secret",
    confidence: "likely",
    anchors: ["<auth-user-pass>"],
    pattern: /<auth-user-pass>\s{1,5}\S{1,100}\s{1,5}(?<secret>[^\s<$]{4,200})\s{1,5}</dy,
  },
];

/** Longest user with its password, and their separators, in characters. */
const LONGEST_WORD = 250;
/** Characters at which a word ends; the empty string represents the text's beginning. */
const STOPS = new Set(["", ...Array.from(" \t\r\n\"'`=<>,;()[]{}|&")]);

/** Start of the word that ends here. */
function wordBefore(text: string, end: number): number {
  let start = end;
  while (end - start < LONGEST_WORD && !STOPS.has(text.charAt(start - 1))) start -= 1;
  return start;
}

function isMeant(secret: string, match: RegExpExecArray, scanned: ScannedText): boolean {
  return !isPlaceholder(secret) && !isExample(match, scanned);
}

function isHash(_: string, match: RegExpExecArray, scanned: ScannedText): boolean {
  return !EXPLAINED.test(scanned.path) && !isExample(match, scanned);
}

/** Whether the match is in a test, in documentation or in a comment. */
function isExample({ index }: RegExpExecArray, { path, text }: ScannedText): boolean {
  if (isShown(path) || /\.(?:md|markdown|rst|html?)$/.test(path)) return true;
  const before = text.slice(Math.max(0, index - 300), index);
  return /^[ \t]{0,20}(?:#|;|\/\/|--|\*|<!--)/.test(before.slice(before.lastIndexOf("\n") + 1));
}

/** Whether a text is the base64 form of `user:password`, with a real password. */
function isCredential(base64: string): boolean {
  const text = Buffer.from(base64, "base64").toString("latin1");
  const [, password] = /^[\x21-\x39\x3b-\x7e]{1,200}:([\x21-\x7e]{4,300})$/.exec(text) ?? [];
  return password !== undefined && !KNOWN.test(text) && !isPlaceholder(password);
}
