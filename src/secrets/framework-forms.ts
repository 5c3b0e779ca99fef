import type { Detector } from "./detector.ts";
import { looksRandom } from "./entropy.ts";
import { isNamedSecret } from "./named-secret.ts";
import { isPlaceholder } from "./placeholder.ts";
import type { ScannedText } from "./scanned-text.ts";
import { isShown } from "./settings-form.ts";

/**
 * Detectors of keys and passwords in the formats of frameworks and servers, which no name identifies.
 * Sources: their own manuals.
 */
export const FRAMEWORKS: readonly Detector[] = [
  {
    kind: "named-secret",
    confidence: "confirmed",
    // Laravel's APP_KEY in a PHP file, including its cached configuration; also CodeIgniter's key.
    anchors: ["base64:"],
    pattern: /(?<=["'])base64:(?<secret>[A-Za-z0-9+/]{22,86}={0,2})(?=["'])/dy,
    valid: (secret, { index }, scanned) => looksRandom(secret) && isKey(index, scanned),
  },
  {
    kind: "named-secret",
    confidence: "confirmed",
    // CodeIgniter 4: Config\Encryption::$key, in PHP or in .env.
    anchors: ["hex2bin:"],
    pattern: /hex2bin:(?<secret>[\da-f]{32,128})(?![\w])/diy,
    valid: (secret, _, scanned) => looksRandom(secret) && !isRead(scanned),
  },
  {
    kind: "named-secret",
    confidence: "likely",
    // WebSphere and Open Liberty, securityUtility encode: each byte but an underscore.
    anchors: ["{xor}"],
    pattern: /\{xor\}(?<secret>[A-Za-z0-9+/]{4,512}={0,2})(?![\w+/=])/dy,
    valid: (secret, _, scanned) => isChosen(unmasked(secret)) && !isRead(scanned),
  },
  {
    kind: "named-secret",
    confidence: "likely",
    // The AES form of the same tool; its key is the same in all installations that do not set one.
    anchors: ["{aes}", "{aes-128}"],
    pattern: /\{aes(?:-128)?\}(?<secret>[A-Za-z0-9+/]{24,512}={0,2})(?![\w+/=])/dy,
    valid: (secret, _, scanned) =>
      looksRandom(secret) && !scanned.mentions("wlp.password.encryption.key") && !isRead(scanned),
  },
  {
    kind: "named-secret",
    confidence: "likely",
    // Jetty, org.eclipse.jetty.util.security.Password.
    anchors: ["OBF:"],
    pattern: /OBF:(?<secret>(?:[0-9a-z]{4}|U[0-9a-z]{4}){4,128})(?![\w])/dy,
    valid: (secret, _, scanned) => isChosen(deobfuscated(secret)) && !isRead(scanned),
  },
  {
    kind: "named-secret",
    confidence: "confirmed",
    // Magento, app/etc/env.php.
    anchors: ["'crypt'"],
    pattern:
      /'crypt'\s{0,5}=>\s{0,5}(?:\[|array\s{0,5}\()\s{0,20}'key'\s{0,5}=>\s{0,5}'(?<secret>[^'\n]{16,512})'/dy,
    valid: (secret, _, scanned) => looksRandom(secret) && !isPlaceholder(secret) && !isRead(scanned),
  },
  {
    kind: "named-secret",
    confidence: "confirmed",
    // Gossip keys of Consul, Nomad and Serf: 16, 24 or 32 bytes.
    anchors: ['encrypt = "', 'encrypt="', '"encrypt": "', '"encrypt":"'],
    pattern: /"?encrypt"?\s{0,2}[=:]\s{0,2}"(?<secret>[A-Za-z0-9+/]{22,43}={1,2})"/dy,
    valid: (secret, _, scanned) =>
      [16, 24, 32].includes(Buffer.from(secret, "base64").length) && looksRandom(secret) && !isRead(scanned),
  },
  {
    kind: "named-secret",
    confidence: "likely",
    // PHP's serialize(), in caches of settings.
    anchors: ['";s:'],
    begin: afterQuote,
    pattern: /(?<name>[\w.-]{1,80})";s:\d{1,4}:"(?<secret>[^"]{4,512})"/dy,
    valid: (secret, { groups }, scanned) => isNamedSecret(groups?.["name"] ?? "", secret) && !isRead(scanned),
  },
  {
    kind: "named-secret",
    confidence: "confirmed",
    // Keys of one-time passwords (Key URI Format of Google Authenticator), except the example of its page.
    anchors: ["otpauth://totp/", "otpauth://hotp/"],
    pattern:
      /otpauth:\/\/[ht]otp\/[^\s"'<>?]{0,200}\?(?:[^\s"'<>#]{0,200}?&)?secret=(?<secret>[A-Z2-7]{16,128})/diy,
    valid: (secret, _, scanned) => looksRandom(secret) && secret !== "JBSWY3DPEHPK3PXP" && !isRead(scanned),
  },
  {
    kind: "named-secret",
    confidence: "likely",
    // The default of a Terraform variable.
    anchors: ['variable "'],
    pattern:
      /variable "(?<name>[\w-]{1,100})"\s{0,5}\{(?:[^{}"]|"[^"\n]{0,200}"){0,300}?\bdefault\s{0,20}=\s{0,20}"(?<secret>[^"\n]{4,300})"/dy,
    valid: (secret, { groups }, scanned) =>
      scanned.path.endsWith(".tf") && isNamedSecret(groups?.["name"] ?? "", secret) && !isRead(scanned),
  },
  {
    kind: "url-password",
    confidence: "likely",
    // An address in percent-encoding (RFC 3986 2.1): within another address, or in a variable that is decoded
    // later.
    anchors: ["%3A%2F%2F", "%3a%2f%2f"],
    pattern:
      /%3A%2F%2F(?<user>(?:[\w.-]|%(?!3A|2F|40)[\dA-F]{2}){0,128})%3A(?<secret>(?:[\w.~!*-]|%(?!3A|2F|40)[\dA-F]{2}){4,256})%40(?<host>[\w-]{1,63}(?:\.[\w-]{1,63}){0,9})/diy,
    valid: isEncodedPassword,
  },
];

/** Start of the name that ends here with a quote. */
function afterQuote(text: string, end: number): number {
  return Math.max(text.lastIndexOf('"', end - 1) + 1, end - 80);
}

const KEY_BEFORE = /key["'\]]{0,2}\s{0,10}(?:=>|=|:|,|\?\?|\|\|)\s{0,10}["']$/i;

/** Whether the name before the value ends with `key`, in a file that is in use. */
function isKey(index: number, scanned: ScannedText): boolean {
  return KEY_BEFORE.test(scanned.text.slice(Math.max(0, index - 60), index)) && !isRead(scanned);
}

/** Whether the file is documentation, an example or a test. */
function isRead({ path }: ScannedText): boolean {
  return isShown(path) || /\.(?:md|markdown|rst|adoc|html?)$/.test(path);
}

/** Passwords in the servers' own examples: Jetty's storepwd and keypwd, Liberty's defaults. */
const OF_EXAMPLES = new Set("storepwd keypwd liberty demopwd adminpwd user1pwd mykeypassword".split(" "));

function isChosen(password: string): boolean {
  if (!/^[\x20-\x7e]{4,512}$/.test(password)) return false;
  return !isPlaceholder(password) && !OF_EXAMPLES.has(password.toLowerCase());
}

/** Decoded password of com.ibm.ws.crypto.util: each byte exclusive or `_`. */
function unmasked(base64: string): string {
  return Buffer.from(Buffer.from(base64, "base64").map((byte) => byte ^ 0x5f)).toString("latin1");
}

/**
 * Decoded password of Jetty: each character takes four digits of base 36, computed from the character and
 * from the one at the same distance from the end.
 */
function deobfuscated(text: string): string {
  const characters = text.match(/U[0-9a-z]{4}|[0-9a-z]{4}/g) ?? [];
  return characters.map((four) => String.fromCharCode(characterOf(four))).join("");
}

function characterOf(four: string): number {
  if (four.startsWith("U")) return Number.parseInt(four.slice(1), 36) >> 8;
  const number = Number.parseInt(four, 36);
  return (Math.trunc(number / 256) + (number % 256) - 254) >> 1;
}

const LOCAL =
  /^(?:localhost|127(?:\.\d{1,3}){3}|host|hostname|server|domain|example(?:\.(?:com|net|org))?|.*\.example(?:\.(?:com|net|org))?)$/i;

function isEncodedPassword(secret: string, { groups = {} }: RegExpExecArray, scanned: ScannedText): boolean {
  const { user = "", host = "" } = groups;
  const password = secret.replace(/%([\dA-F]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  if (LOCAL.test(host) || password === user || isPlaceholder(password) || isRead(scanned)) return false;
  return !/^(?:user(?:name)?|login)$/i.test(user) || looksRandom(password);
}
