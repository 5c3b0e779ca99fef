import { looksRandom } from "./entropy.ts";
import { isExampleFile } from "./example-file.ts";
import { isLiteralSecret } from "./named-secret.ts";
import { isPlaceholder } from "./placeholder.ts";
import type { ScannedText } from "./scanned-text.ts";

/**
 * Whether the forty characters may be an AWS secret, which, unlike SHA-1 digests and words, has characters of
 * all three classes.
 */
export function isAwsSecret(secret: string): boolean {
  return looksRandom(secret) && /[A-Z]/.test(secret) && /[a-z]/.test(secret) && /\d/.test(secret);
}

/**
 * Whether the match is the `auth` of a Docker config.json: base64 of `user:password` (RFC 7617), under
 * `auths`.
 */
export function isBasicCredential(secret: string, _: RegExpExecArray, scanned: ScannedText): boolean {
  if (!scanned.mentions('"auths"') && !scanned.path.endsWith("/.dockercfg")) return false;
  const [, user, password] = /^([\x20-\x39\x3b-\x7e]+):([\x20-\x7e]+)\0*$/.exec(decode(secret)) ?? [];
  return user !== undefined && password !== undefined && !isPlaceholder(password);
}

/** Whether the match is a token below `users` of a `kind: Config`, in YAML or JSON. */
export function isKubeconfigToken(secret: string, _: RegExpExecArray, scanned: ScannedText): boolean {
  const config =
    scanned.mentions("kind: Config") ||
    scanned.mentions('"kind": "Config"') ||
    scanned.mentions('"kind":"Config"');
  return config && scanned.mentions("users") && looksRandom(secret);
}

/** Hosts that do not exist: reserved names (RFC 2606, RFC 6761; none under .fr), and placeholder words. */
const NOWHERE =
  /(?:^|\.)(?:example|invalid|test|example\.(?:com|org|net))$|^(?:host|hostname|server|domain|site|url)(?:\.\w{2,4})?$/i;
const CODE = /\.(?:[cm]?[jt]sx?|map|py|rb|php|java|go|rs|md|txt|html?|css)$/;

/**
 * Whether the address has a password for a remote server. A host of one word is a service of the cluster or
 * of a Compose file.
 */
export function isRemoteUrl(_: string, match: RegExpExecArray, scanned: ScannedText): boolean {
  return isUrlPassword(match, scanned) && !isLocalHost(match, scanned);
}

/**
 * Whether the address has a password for this machine or, in code and documentation, for a host that may be
 * an example.
 */
export function isLocalUrl(_: string, match: RegExpExecArray, scanned: ScannedText): boolean {
  return isUrlPassword(match, scanned) && isLocalHost(match, scanned);
}

function isUrlPassword(match: RegExpExecArray, { text, path }: ScannedText): boolean {
  const { user = "", secret: password = "", host = "" } = match.groups ?? {};
  // Properties escape the colon: `https\://`.
  const scheme =
    text.charAt(match.index - 1) === "\\" ? text.charAt(match.index - 2) : text.charAt(match.index - 1);
  if (!/[a-z\d]/i.test(scheme) || NOWHERE.test(host)) return false;
  if (password === user || isPlaceholder(password) || password.length < 4) return false;
  // Public repositories of CVS have this user: cvs://:pserver:anoncvs@….
  if (/(?:^|:)anon(?:cvs|ymous)$/.test(password)) return false;
  // An example in a message of the library dotenv, which every bundle with dotenv contains.
  if (password === "key_1234") return false;
  // URL parsers and their documentation contain many addresses like http://user:pass@host.
  if (CODE.test(path) && /[\w.]$/.test(host))
    return password.length >= 8 && /\d/.test(password) && looksRandom(password);
  return !/^(?:user(?:name)?|utilisateur|login)$/i.test(user) || looksRandom(password);
}

const OWN_ADDRESS = /^(?:localhost|localhost\.localdomain|127\..*|0\.0\.0\.0|\[[0:]*:1\])$/i;

/** Documentation, tests and examples, in which a one-word host is a placeholder. */
const SHOWN =
  /\.(?:md|markdown|rst|adoc|txt|html?|css)$|\/(?:tests?|__tests__|__mocks__|mocks?|specs?|fixtures?|testdata|examples?|exemples?|samples?|docs?|e2e|cypress)\/|[._-](?:test|spec|stories)\.\w{1,4}$|\/(?:test_|conftest)[^/]{0,100}\.py$/i;

function isLocalHost(match: RegExpExecArray, { path }: ScannedText): boolean {
  const host = match.groups?.["host"] ?? "";
  return OWN_ADDRESS.test(host) || (!host.includes(".") && (SHOWN.test(path) || isExampleFile(path)));
}

/** Whether a URL in a program has a real password and host: programs also contain examples. */
export function isRemoteUrlInCode(password: string, match: RegExpExecArray): boolean {
  const { user = "", host = "" } = match.groups ?? {};
  if (NOWHERE.test(host) || OWN_ADDRESS.test(host) || password === user || isPlaceholder(password))
    return false;
  // The digit must not be part of an escape, as in `not-re%40l`.
  return /\d/.test(password.replace(/%[\da-f]{2}/gi, "")) && looksRandom(password);
}

/** Other parameters of a connection string. */
const BESIDE_PASSWORD =
  /jdbc:|(?:Server|Data Source|Host|Hostname|Endpoint|Address|Initial Catalog|User(?: ?Id|name)?|Uid)\s?=/i;

/**
 * Whether the password is part of a connection string, judged by the rest of its line: `Server=…;Password=…`,
 * `jdbc:…?user=…&password=…`, `redis:6379,password=…`.
 */
export function isConnectionPassword(secret: string, match: RegExpExecArray, { text }: ScannedText): boolean {
  if (!isLiteralSecret(secret)) return false;
  const { index } = match;
  const before = text.slice(Math.max(0, index - 500), index);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  if (/[;&?]\s?$/.test(line)) return BESIDE_PASSWORD.test(line);
  // libpq's key words: `host=db user=app password=x dbname=portal`.
  if (/(?:^|["'`\s=])(?:host(?:addr)?|user|dbname|port|sslmode) ?= ?[^\s"'`]{1,100}\s{1,3}$/.test(line))
    return true;
  if (line.endsWith(",")) return /:\d{2,5},(?:[\w ]{1,40}=[^,]{0,100},){0,10}$/.test(line);
  const end = index + match[0].length;
  const [behind = ""] = text.slice(end, end + 300).split("\n", 1);
  return /["'=]$/.test(line) && behind.startsWith(";") && BESIDE_PASSWORD.test(behind);
}

/** Base64 or base64url. */
function decode(base64: string): string {
  return Buffer.from(base64, "base64").toString("latin1");
}
