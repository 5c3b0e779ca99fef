import type { Detector } from "./detector.ts";
import { isDrawnInCode, isOwnCode } from "./own-code.ts";
import type { ScannedText } from "./scanned-text.ts";
import { isSecretName } from "./secret-name.ts";

/**
 * Detects a long random value assigned to a secret's name, or passed to a library as a key, in an
 * application's own code: sources, server bundles, templates. A name is weaker evidence in code than in
 * settings, so the value must look random, too.
 */
export const IN_CODE: readonly Detector[] = [
  {
    kind: "named-secret",
    confidence: "likely",
    anchors: [
      "ecret",
      "ECRET",
      "assword",
      "ASSWORD",
      "assphrase",
      "ASSPHRASE",
      "_TOKEN",
      "_token",
      "iToken",
      "sToken",
      "hToken",
      "rToken",
      "PI_KEY",
      "ption_key",
      "ptionKey",
      "PTION_KEY",
      "JWT_KEY",
      "igning_key",
      "igningKey",
      "IGNING_KEY",
      "essionKey",
      "ESSION_KEY",
      "hmacKey",
      "HMAC_KEY",
      // Headers.
      "pi-Key",
      "pi-key",
      "PI-KEY",
      "-Token",
      "-token",
    ],
    isWithinWord: true,
    may: mayBeLiteral,
    begin: wordBefore,
    pattern:
      /(?<name>[\w$-]{1,80})["'\]]{0,2}(?:\s{0,5}:\s{0,3}(?:string|String|(?:&(?:'static )?)?str))?\s{0,10}(?:=>|:=|=|:|,|\|\||\?\?)\s{0,10}(?:default\s{0,3}=\s{0,3})?[bru]?\\?["'`](?<secret>[!#-&(-[\]-_a-~]{16,256})\\?["'`]/dy,
    valid: (secret, { groups }, scanned) =>
      isOwnCode(scanned) && isTelling(groups?.["name"] ?? "", scanned) && isDrawnInCode(secret),
  },
  {
    kind: "named-secret",
    confidence: "likely",
    // jsonwebtoken, PyJWT, php-jwt; node:crypto's createHmac; Python's Fernet; cookie-parser.
    anchors: [
      ".sign(",
      ".verify(",
      "jwt.encode(",
      "jwt.decode(",
      "JWT::encode(",
      "createHmac(",
      "Fernet(",
      "cookieParser(",
    ],
    isWithinWord: true,
    pattern:
      /[\w.:]{1,14}\((?:[^()"'`;]|"[\w-]{1,20}"|'[\w-]{1,20}'|\((?:[^()"'`;]){0,100}\)){0,200}?[bru]?["'`](?<secret>[!#-&(-[\]-_a-~]{16,256})["'`]/dy,
    valid: (secret, _, scanned) => isOwnCode(scanned) && isDrawnInCode(secret),
  },
];

/**
 * Folders served to browsers: keys in them are public by design, such as keys of maps and of search services.
 */
const BROWSER = /\/(?:static|public|assets|www|html|htdocs|wwwroot|browser|client|_nuxt|_next)\//;
const ONLY_SECRET = /secret|passw|passphrase|private|encryption|signing|session|hmac/i;
/** Names of options, constants and headers that a protocol defines. */
const OF_PROTOCOL =
  /regex|pattern|csrf|xsrf|placeholder|label|header|param|field|site_?key|public|publishable|anon/i;

/**
 * Whether a name is strong evidence of a secret. Keys that `next build` generates are recognised by their
 * files instead.
 */
function isTelling(name: string, { path }: ScannedText): boolean {
  if (
    /preview_?mode|actions_encryption/i.test(name) ||
    (path.includes("/.next/") && name === "encryptionKey")
  )
    return false;
  if (OF_PROTOCOL.test(name) || !isSecretName(name.replace(/^[$-]{1,5}|[$-]{1,5}$/g, ""))) return false;
  return ONLY_SECRET.test(name) || !BROWSER.test(path);
}

/** Maximum number of bytes between an anchor and the literal, searched before the text is decoded. */
const WITHIN = 64;
const LITERAL = 16;
const QUOTES = new Uint8Array(256);
for (const quote of Buffer.from("\"'`")) QUOTES[quote] = 1;
/** Bytes that end a statement or open a block or a list: no value of the name follows. */
const STOPS = new Uint8Array(256);
for (const stop of Buffer.from(";{}[(<\0")) STOPS[stop] = 1;
const BLANK = 0x20;

/**
 * Whether a quote followed by sixteen characters without a blank or another quote occurs shortly after an
 * anchor.
 */
function mayBeLiteral(bytes: Uint8Array, anchor: number): boolean {
  const last = Math.min(anchor + WITHIN, bytes.length - LITERAL);
  for (let at = anchor; at < last; at++) {
    const byte = bytes[at] as number;
    if (STOPS[byte] === 1) return false;
    if (QUOTES[byte] === 1 && isLiteral(bytes, at + 1)) return true;
  }
  return false;
}

function isLiteral(bytes: Uint8Array, from: number): boolean {
  for (let at = from; at < from + LITERAL; at++) {
    const byte = bytes[at] as number;
    if (byte <= BLANK || QUOTES[byte] === 1) return false;
  }
  return true;
}

/** Longest name. */
const NAME_LENGTH = 60;

/** Start of the name that contains the anchor. */
function wordBefore(text: string, anchor: number): number {
  let start = anchor;
  while (anchor - start < NAME_LENGTH && /[\w$-]/.test(text.charAt(start - 1))) start -= 1;
  return start;
}
