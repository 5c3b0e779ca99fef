import { BARE_KEYS } from "./bare-key.ts";
import { BASIC_AUTHENTICATION } from "./basic-authentication.ts";
import { endsInChecksum } from "./checksum.ts";
import { IN_CODE } from "./code-secrets.ts";
import { CREDENTIALS } from "./credential-detectors.ts";
import type { Detector } from "./detector.ts";
import { looksRandom } from "./entropy.ts";
import { FRAMEWORKS } from "./framework-forms.ts";
import { ISSUED_TOKENS } from "./issued-tokens.ts";
import { JWTS } from "./jwt-detectors.ts";
import { KEY_ARGUMENTS } from "./key-arguments.ts";
import { isPlaceholder } from "./placeholder.ts";
import { hasKeyLabel, hasUserInfo, stopsAt } from "./prefilters.ts";
import { keyBody } from "./private-key.ts";
import { ssh2Body } from "./ssh2-key.ts";
import {
  isAwsSecret,
  isBasicCredential,
  isConnectionPassword,
  isKubeconfigToken,
  isLocalUrl,
  isRemoteUrl,
} from "./validation.ts";
import { WEBHOOKS } from "./webhook-addresses.ts";

const PEM =
  /-----BEGIN ((?:[A-Z0-9]{1,12} ){0,2}PRIVATE KEY(?: BLOCK)?)-----(?<secret>(?:(?!-----)[\s\S]){64,32768})-----END /dy;
const SSH2 = /---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----(?<secret>(?:(?!----)[\s\S]){64,32768})---- END /dy;
const URL_WITH_PASSWORD =
  /:\/\/(?<user>[^\s:@/"'`<>\\?#]{0,128}):(?<secret>[^\s@/"'`<>\\?#]{1,256})@(?<host>[\w.-]{1,253}|\[[\da-fA-F:.]{2,45}\])/dy;
const AWS_NAMES = ["aws_secret_access_key", "AWS_SECRET_ACCESS_KEY", "secretAccessKey", "SecretAccessKey"];

/**
 * Detectors of all kinds of secrets that are identified by content. If two match at the same place, the
 * earlier in the list wins, so more specific detectors come first. Formats: the issuers' own documentation.
 */
export const DETECTORS: readonly Detector[] = [
  {
    kind: "gcp-service-account",
    confidence: "confirmed",
    anchors: ['"private_key"'],
    pattern:
      /"private_key"\s{0,20}:\s{0,20}"-----BEGIN PRIVATE KEY-----(?<secret>(?:(?!-----)[\s\S]){64,32768})-----END /dy,
    valid: (secret, _, scanned) =>
      scanned.mentions('"service_account"') && keyBody("PRIVATE KEY", secret) === "plain",
  },
  {
    kind: "private-key",
    confidence: "confirmed",
    anchors: ["-----BEGIN "],
    may: hasKeyLabel,
    pattern: PEM,
    valid: (secret, match) => keyBody(match[1] ?? "", secret) === "plain",
    binary: true,
  },
  {
    kind: "encrypted-private-key",
    confidence: "likely",
    anchors: ["-----BEGIN "],
    may: hasKeyLabel,
    pattern: PEM,
    valid: (secret, match) => keyBody(match[1] ?? "", secret) === "encrypted",
  },
  {
    kind: "private-key",
    confidence: "confirmed",
    anchors: ["---- BEGIN SSH2 "],
    pattern: SSH2,
    valid: (secret) => ssh2Body(secret) === "plain",
    binary: true,
  },
  {
    kind: "encrypted-private-key",
    confidence: "likely",
    anchors: ["---- BEGIN SSH2 "],
    pattern: SSH2,
    valid: (secret) => ssh2Body(secret) === "encrypted",
  },
  ...BARE_KEYS,
  {
    kind: "private-key",
    confidence: "confirmed",
    anchors: ["PuTTY-User-Key-File-"],
    pattern:
      /PuTTY-User-Key-File-\d: [\w-]{1,40}\s{1,2}Encryption: none\b(?:(?!PuTTY-)[^]){0,8192}?Private-Lines: \d{1,4}\s{1,2}(?<secret>[A-Za-z0-9+/=\s]{20,8192})/dy,
  },
  {
    kind: "private-key",
    confidence: "confirmed",
    anchors: ["untrusted comment: "],
    // Keys of signify(1) and minisign: after the two letters of the algorithm, the method that stretches the
    // passphrase; 0 means no passphrase.
    pattern: /untrusted comment: [^\n]{0,200}secret key\r?\n(?<secret>RW[A-Za-z0-9+/]{100,250}={0,2})/dy,
    valid: (secret) => Buffer.from(secret, "base64").readUInt32BE(4) === 0,
  },
  {
    kind: "age-key",
    confidence: "confirmed",
    anchors: ["AGE-SECRET-KEY-1", "AGE-SECRET-KEY-PQ-1"],
    pattern: /AGE-SECRET-KEY-(?:PQ-)?1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}\b/dy,
  },
  {
    kind: "aws-access-key",
    confidence: "confirmed",
    anchors: ["AKIA", "ASIA"],
    pattern:
      /A[KS]IA[A-Z2-7]{16}(?![A-Za-z0-9])(?:(?!A[KS]IA)[^]){0,300}?(?<![A-Za-z0-9/+=])(?<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/dy,
    valid: isAwsSecret,
  },
  {
    kind: "aws-access-key",
    confidence: "confirmed",
    anchors: AWS_NAMES,
    pattern: /\w{15,21}["']?\s{0,8}[=:]>?\s{0,8}["'`]?(?<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/dy,
    valid: isAwsSecret,
  },
  {
    kind: "azure-storage-key",
    confidence: "confirmed",
    anchors: ["AccountKey="],
    pattern: /AccountKey=(?<secret>[A-Za-z0-9+/]{86}==)/dy,
    // The key of the Azurite emulator is public, since every developer uses the same key.
    valid: (secret) => !secret.startsWith("Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq"),
  },
  token("azure-shared-access-key", ["SharedAccessKey="], /SharedAccessKey=(?<secret>[A-Za-z0-9+/]{43}=)/dy),
  {
    kind: "github-token",
    confidence: "confirmed",
    anchors: ["ghp_", "gho_", "ghs_", "ghu_", "ghr_"],
    pattern: /gh[opsur]_[A-Za-z0-9]{36,255}(?![A-Za-z0-9])/dy,
    valid: (secret) => endsInChecksum(secret.slice(4)),
    binary: true,
  },
  {
    kind: "github-token",
    confidence: "confirmed",
    anchors: ["github_pat_"],
    pattern: /github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}(?![A-Za-z0-9])/dy,
    valid: looksRandom,
    binary: true,
  },
  token(
    "gitlab-token",
    [
      "glpat-",
      "gldt-",
      "glrt-",
      "glrtr-",
      "glcbt-",
      "glptt-",
      "glft-",
      "glimt-",
      "glagent-",
      "glsoat-",
      "gloas-",
      "glffct-",
      "GR1348941",
    ],
    /(?:gl(?:pat|dt|rtr?|cbt|ptt|ft|imt|agent|soat|oas|ffct)-|GR1348941)[\w-]{20,300}(?:\.[\w-]{2}\.?[\w-]{7,20})?/dy,
  ),
  {
    kind: "npm-token",
    confidence: "confirmed",
    anchors: ["npm_"],
    pattern: /npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])/dy,
    valid: (secret) => endsInChecksum(secret.slice(4)),
    binary: true,
  },
  token(
    "npm-registry-token",
    [":_authToken"],
    /:_authToken\s{0,8}=\s{0,8}["']?(?<secret>[^\s"'`$<>{};&|]{16,512})/dy,
  ),
  token(
    "npm-registry-token",
    ["npmAuthToken"],
    /npmAuthToken\s{0,8}:\s{0,8}["']?(?<secret>[^\s"'`$<>{};&|]{16,512})/dy,
  ),
  // A macaroon for pypi.org or test.pypi.org, in base64url.
  token("pypi-token", ["pypi-AgE"], /pypi-AgE(?:IcHlwaS5vcmc|NdGVzdC5weXBpLm9yZw)[\w-]{50,1000}/dy),
  token("docker-hub-token", ["dckr_pat_"], /dckr_pat_[\w-]{27}(?![\w-])/dy),
  token(
    "slack-token",
    ["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xapp-"],
    /(?:xox[abprs]|xapp)-[\w-]{0,8}\d{9,14}-[\w-]{10,250}/dy,
  ),
  token(
    "slack-webhook",
    ["hooks.slack.com/services/"],
    /hooks\.slack\.com\/services\/(?<secret>T[A-Z0-9]{8,12}\/B[A-Z0-9]{8,12}\/[A-Za-z0-9]{24})/dy,
  ),
  token("stripe-live-key", ["sk_live_", "rk_live_"], /[rs]k_live_[A-Za-z0-9]{24,255}/dy),
  token("sendgrid-key", ["SG."], /SG\.[\w-]{22}\.[\w-]{43}(?![\w-])/dy),
  token("brevo-key", ["xkeysib-"], /xkeysib-[0-9a-f]{64}-[A-Za-z0-9]{16}\b/dy),
  token(
    "twilio-token",
    ["TWILIO_AUTH_TOKEN", "twilio_auth_token"],
    /twilio_auth_token["']?\s{0,8}[=:]\s{0,8}["'`]?(?<secret>[0-9a-f]{32})\b/diy,
  ),
  // A DSN (https://key@host/1) is public by design and not looked for.
  token("sentry-token", ["sntrys_eyJ", "sntryu_"], /sntrys_eyJ[\w+/=-]{40,1000}|sntryu_[0-9a-f]{64}\b/dy),
  token(
    "vault-token",
    ["hvs.", "hvb.", "hvr."],
    /hv[bsr]\.(?=[\w-]{0,200}\d)(?=[\w-]{0,200}[A-Z])[\w-]{24,1000}/dy,
  ),
  token("sonar-token", ["squ_", "sqp_", "sqa_"], /sq[apu]_[0-9a-f]{40}\b/dy),
  token("grafana-token", ["glsa_"], /glsa_[A-Za-z0-9]{32}_[0-9a-fA-F]{8}\b/dy),
  token("google-oauth-secret", ["GOCSPX-"], /GOCSPX-[\w-]{28}(?![\w-])/dy),
  token(
    "ai-provider-key",
    ["sk-ant-", "sk-proj-", "sk-svcacct-"],
    /sk-(?:ant-(?:api|admin|oat|ort|sid)\d\d|proj|svcacct)-[\w-]{70,250}/dy,
  ),
  {
    kind: "docker-config-auth",
    confidence: "confirmed",
    anchors: ['"auth"'],
    pattern: /"auth"\s{0,20}:\s{0,20}"(?<secret>[A-Za-z0-9+/]{8,4096}={0,2})"/dy,
    valid: isBasicCredential,
  },
  {
    kind: "kubeconfig-key",
    confidence: "confirmed",
    anchors: ["client-key-data"],
    pattern:
      /client-key-data["']?\s{0,8}:\s{0,8}["']?(?<secret>LS0tLS1CRUdJTi[A-Za-z0-9+/]{64,32768}={0,2})/dy,
  },
  {
    kind: "kubeconfig-token",
    confidence: "confirmed",
    anchors: ["token:", '"token":'],
    pattern: /"?token"?:\s{0,8}["']?(?<secret>[\w.~+/=-]{16,4096})/dy,
    valid: isKubeconfigToken,
  },
  {
    kind: "nuget-password",
    confidence: "confirmed",
    anchors: ["ClearTextPassword"],
    pattern: /ClearTextPassword"\s{1,20}value="(?<secret>[^"%]{4,256})"/dy,
    valid: (secret) => !isPlaceholder(secret),
  },
  ...ISSUED_TOKENS,
  ...JWTS,
  {
    kind: "url-password",
    confidence: "confirmed",
    anchors: ["://"],
    may: hasPassword,
    pattern: URL_WITH_PASSWORD,
    valid: isRemoteUrl,
  },
  {
    kind: "local-url-password",
    confidence: "likely",
    anchors: ["://"],
    may: hasPassword,
    pattern: URL_WITH_PASSWORD,
    valid: isLocalUrl,
  },
  {
    kind: "connection-string-password",
    confidence: "likely",
    anchors: ["Password", "password", "PASSWORD", "Pwd", "pwd", "PWD"].flatMap((name) => [
      `${name}=`,
      `${name} =`,
    ]),
    pattern: /(?:password|pwd) ?= ?(?<secret>[^;&"'`<>\s\\${},]{4,128})/diy,
    valid: isConnectionPassword,
  },
  ...CREDENTIALS,
  ...FRAMEWORKS,
  ...IN_CODE,
  ...KEY_ARGUMENTS,
  ...BASIC_AUTHENTICATION,
  ...WEBHOOKS,
];

/** Longest user, password and separator, in bytes. */
const USER_INFO_BYTES = 128 + 1 + 256;
const NO_USER_INFO = stopsAt("/\"'`<>\\?# \t\n\v\f\r");

/**
 * Whether a colon and an `@` precede the path of an address, from its `://` on. Usually, addresses have
 * neither.
 */
function hasPassword(bytes: Uint8Array, anchor: number): boolean {
  return hasUserInfo(bytes, anchor + 3, NO_USER_INFO, USER_INFO_BYTES);
}

/** Detector of a secret with its issuer's prefix: such a text is real, unless a person made it up. */
function token(kind: string, anchors: readonly string[], pattern: RegExp): Detector {
  return { kind, confidence: "confirmed", anchors, pattern, valid: looksRandom };
}
