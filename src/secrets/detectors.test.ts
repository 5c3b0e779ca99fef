// Each kind as its issuer documents it: its shortest and longest form, allowed neighbours, and lookalikes. ⟦
// ⟧ enclose exactly the text that must be masked.

import { describe, expect, test } from "vitest";
import { checkedToken, HEX, KEY, noise } from "../../test/fixtures/secrets.ts";
import { maskValue } from "./mask.ts";
import { maskText, scanFile } from "./scan.ts";

const MARKED = /⟦([^⟧]*)⟧/g;
const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const BECH32 = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L";
const DIGITS = "0123456789";

function kinds(text: string, path = "/app/notes.log"): readonly string[] {
  return scanFile(path, Buffer.from(text.replace(MARKED, "$1"), "latin1")).map(({ kind }) => kind);
}

function masked(text: string): string {
  return maskText(text.replace(MARKED, "$1"));
}

/** Kinds that may be public, expired, or an example. */
const LIKELY = new Set(["encrypted-private-key", "jwt", "local-url-password", "connection-string-password"]);

/** Kinds found, and the masked text. */
function seen(text: string): readonly unknown[] {
  const found = scanFile("/app/notes.log", Buffer.from(text.replace(MARKED, "$1"), "latin1"));
  return [found.map(({ kind, confidence }) => [kind, confidence]), masked(text)];
}

function expected(kind: string, text: string): readonly unknown[] {
  return [[[kind, LIKELY.has(kind) ? "likely" : "confirmed"]], marked(text)];
}

function marked(text: string): string {
  return text.replace(MARKED, (_, secret: string) => maskValue(secret));
}

const AWS_ID = `AKIA${noise(16, UPPER)}`;
const SLACK = `${noise(10, DIGITS)}-${noise(12, DIGITS)}-${noise(24)}`;
const KEY_BODY = KEY.replace(/-----[^-]+-----/g, "");
const PUTTY = `ssh-ed25519\nEncryption: none\nComment: me\nPublic-Lines: 1\nAAAA\nPrivate-Lines: 1\n`;

describe("found, and masked to the letter", () => {
  test.each<[string, string]>([
    ["github-token", `a ⟦${checkedToken("ghp_")}⟧ b`],
    ["github-token", `⟦${checkedToken("gho_")}⟧`],
    ["github-token", `⟦${checkedToken("ghs_")}⟧`],
    ["github-token", `⟦${checkedToken("ghu_")}⟧`],
    ["github-token", `⟦${checkedToken("ghr_")}⟧-x`],
    ["github-token", `"⟦github_pat_${noise(22)}_${noise(59)}⟧"`],
    ["npm-token", `=⟦${checkedToken("npm_")}⟧;`],
    ...["glpat", "gldt", "glrt", "glrtr", "glcbt", "glptt", "glft", "glimt", "glagent", "glsoat"].map(
      (prefix): [string, string] => ["gitlab-token", `"⟦${prefix}-${noise(20)}⟧"`],
    ),
    ["gitlab-token", `⟦GR1348941${noise(20)}⟧ `],
    ["gitlab-token", `⟦glpat-${noise(27)}.01.${noise(9, HEX)}⟧`],
    ["gitlab-token", `⟦glpat-${noise(27)}.01${noise(7, HEX)}⟧`],
    ["gitlab-token", `⟦glpat-${noise(300)}⟧`],
    ["gitlab-token", `⟦glpat-${noise(20)}⟧.`],
    ["age-key", `⟦AGE-SECRET-KEY-1${noise(58, BECH32)}⟧`],
    ["age-key", `⟦AGE-SECRET-KEY-PQ-1${noise(58, BECH32)}⟧\n`],
    ["azure-storage-key", `AccountKey=⟦${noise(86)}==⟧;`],
    ["azure-shared-access-key", `SharedAccessKey=⟦${noise(43)}=⟧;`],
    ["npm-registry-token", `:_authToken=⟦${noise(16)}⟧`],
    ["npm-registry-token", `:_authToken = "⟦${noise(512)}⟧"`],
    ["npm-registry-token", `:_authToken\t=\t'⟦${noise(36)}⟧'`],
    ["npm-registry-token", `npmAuthToken: ⟦${noise(16)}⟧`],
    ["npm-registry-token", `npmAuthToken : '⟦${noise(40)}⟧'`],
    ["pypi-token", `⟦pypi-AgEIcHlwaS5vcmc${noise(50)}⟧`],
    ["pypi-token", `⟦pypi-AgENdGVzdC5weXBpLm9yZw${noise(1000)}⟧`],
    ["docker-hub-token", `⟦dckr_pat_${noise(27)}⟧`],
    ...["xoxb", "xoxp", "xoxa", "xoxr", "xoxs"].map((prefix): [string, string] => [
      "slack-token",
      `⟦${prefix}-${SLACK}⟧`,
    ]),
    ["slack-token", `⟦xoxb-${noise(9, DIGITS)}-${noise(10)}⟧`],
    ["slack-token", `⟦xoxe.xoxp-1-Mi0${noise(9, DIGITS)}-${noise(20)}⟧`.replace("⟦xoxe.", "xoxe.⟦")],
    ["slack-token", `⟦xapp-1-A${noise(9, DIGITS)}-${noise(10, DIGITS)}-${noise(64, HEX)}⟧`],
    [
      "slack-webhook",
      `https://hooks.slack.com/services/⟦T${noise(8, "ABC012")}/B${noise(8, "ABC012")}/${noise(24)}⟧`,
    ],
    [
      "slack-webhook",
      `https://hooks.slack.com/services/⟦T${noise(12, "ABC012")}/B${noise(12, "ABC012")}/${noise(24)}⟧`,
    ],
    ["stripe-live-key", `⟦sk_live_${noise(24)}⟧`],
    ["stripe-live-key", `⟦rk_live_${noise(255)}⟧`],
    ["sendgrid-key", `⟦SG.${noise(22)}.${noise(43)}⟧`],
    ["brevo-key", `⟦xkeysib-${noise(64, HEX)}-${noise(16)}⟧`],
    ["twilio-token", `TWILIO_AUTH_TOKEN=⟦${noise(32, HEX)}⟧`],
    ["twilio-token", `'twilio_auth_token': \`⟦${noise(32, HEX)}⟧\``],
    ["twilio-token", `"twilio_auth_token" : "⟦${noise(32, HEX)}⟧"`],
    ["sentry-token", `⟦sntrys_eyJ${noise(40)}⟧`],
    ["sentry-token", `⟦sntryu_${noise(64, HEX)}⟧`],
    ["vault-token", `⟦hvs.${noise(24)}⟧`],
    ["vault-token", `⟦hvb.${noise(1000)}⟧`],
    ["vault-token", `⟦hvr.${noise(24)}⟧`],
    ["sonar-token", `⟦squ_${noise(40, HEX)}⟧`],
    ["sonar-token", `⟦sqp_${noise(40, HEX)}⟧`],
    ["sonar-token", `⟦sqa_${noise(40, HEX)}⟧`],
    ["grafana-token", `⟦glsa_${noise(32)}_${noise(8, "0123456789abcdefABCDEF")}⟧`],
    ["google-oauth-secret", `⟦GOCSPX-${noise(28)}⟧`],
    ["ai-provider-key", `⟦sk-ant-api03-${noise(93)}⟧`],
    ["ai-provider-key", `⟦sk-ant-admin01-${noise(93)}⟧`],
    ["ai-provider-key", `⟦sk-proj-${noise(70)}⟧`],
    ["ai-provider-key", `⟦sk-svcacct-${noise(250)}⟧`],
    ["nuget-password", `<add key="ClearTextPassword" value="⟦Ab-9⟧" />`],
    ["nuget-password", `<add key="ClearTextPassword"\n value="⟦${noise(256)}⟧" />`],
    ["aws-access-key", `${AWS_ID} ⟦${noise(40)}⟧`],
    ["aws-access-key", `ASIA${noise(16, UPPER)}:⟦${noise(40)}⟧`],
    ["aws-access-key", `${AWS_ID}${" ".repeat(300)}⟦${noise(40)}⟧`],
    ["aws-access-key", `${AWS_ID}${" ".repeat(301)}⟦${noise(40)}⟧`],
    ...["aws_secret_access_key", "AWS_SECRET_ACCESS_KEY", "secretAccessKey", "SecretAccessKey"].map(
      (name): [string, string] => ["aws-access-key", `${name}=⟦${noise(40)}⟧`],
    ),
    ["aws-access-key", `"secretAccessKey" : "⟦${noise(40)}⟧"`],
    ["aws-access-key", `'secretAccessKey' => '⟦${noise(40)}⟧'`],
    ["aws-access-key", `secretAccessKey: \`⟦${noise(40)}⟧\``],
    ["jwt", `Bearer ⟦eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjaSJ9.${noise(20)}⟧`],
    ["url-password", `https://app:⟦${noise(12)}⟧@db.gouv.fr/x`],
    ["url-password", `redis://:⟦${noise(256)}⟧@cache.gouv.fr`],
    ["url-password", `http://app:⟦${noise(12)}⟧@[2001:db8::1]:80`],
    ["local-url-password", `http://app:⟦${noise(12)}⟧@127.0.0.1`],
    ["connection-string-password", `Server=x;Password=⟦${noise(12)}⟧;`],
    ["connection-string-password", `Server=x;PWD = ⟦${noise(12)}⟧;`],
    ["private-key", `x-----BEGIN PRIVATE KEY-----⟦${KEY_BODY}⟧-----END PRIVATE KEY-----`],
    ["private-key", `PuTTY-User-Key-File-3: ${PUTTY}⟦${noise(44)}\n⟧`],
    ["private-key", `PuTTY-User-Key-File-2: ${PUTTY.replaceAll("\n", "\r\n")}⟦${noise(44)}⟧`],
    [
      "gcp-service-account",
      `{"type":"service_account","private_key" : "-----BEGIN PRIVATE KEY-----⟦${JSON.stringify(KEY_BODY).slice(1, -1)}⟧-----END PRIVATE KEY-----\\n"}`,
    ],
  ])("%s: %j", (kind, text) => {
    expect(seen(text)).toEqual(expected(kind, text));
  });

  test.each<[string, string]>([
    ["docker-config-auth", `{"auths":{"r":{"auth" : "⟦${base64(`robot:${noise(20)}`)}⟧"}}}`],
    ["docker-config-auth", `{"auths":{"r":{"auth":"⟦${base64("r:azertyui")}⟧"}}}`],
    [
      "kubeconfig-key",
      `kind: Config\nusers:\n- user:\n    client-key-data: ⟦${base64(KEY.replace("PRIVATE", "EC PRIVATE"))}⟧\n`,
    ],
    ["kubeconfig-key", `'client-key-data': '⟦${base64(KEY)}⟧'`],
    ["kubeconfig-key", `{"client-key-data" : "⟦${base64(KEY)}⟧"}`],
    ["kubeconfig-token", `kind: Config\nusers:\n- user: {token: ⟦${noise(16)}⟧}\n`],
    ["kubeconfig-token", `{"kind":"Config","users":[{"user":{"token":"⟦${noise(40)}⟧"}}]}`],
  ])("of a file of its own form, %s: %j", (kind, text) => {
    expect(kinds(text)).toEqual([kind]);
    for (const [, secret = ""] of text.matchAll(MARKED)) expect(masked(text)).not.toContain(secret);
  });
});

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

describe("near misses", () => {
  test.each([
    `${checkedToken("ghp_")}x`,
    `ghx_${checkedToken("ghp_").slice(4)}`,
    `ghp_${noise(36)}`,
    `github_pat_${noise(21)}_${noise(59)}`,
    `github_pat_${noise(22)}_${noise(58)}`,
    `github_pat_${noise(22)}_${noise(60)}`,
    `${checkedToken("npm_")}x`,
    `npm_${noise(36)}`,
    `glpat-${noise(19)}`,
    `glxat-${noise(20)}`,
    "glpat-aaaaaaaaaaaaaaaaaaaaaaaaa",
    `AGE-SECRET-KEY-1${noise(57, BECH32)}`,
    `AGE-SECRET-KEY-1${noise(58, BECH32)}A`,
    `AGE-SECRET-KEY-1${noise(57, BECH32)}b`,
    `AccountKey=${noise(86)}=`,
    `AccountKey=${noise(85)}==`,
    `AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==`,
    `SharedAccessKey=${noise(42)}=`,
    `SharedAccessKey=${noise(43)}`,
    `:_authToken=${noise(15)}`,
    `:_authToken=\${NPM_TOKEN_OF_THIS}`,
    `:_authToken ${noise(40)}`,
    `npmAuthToken: ${noise(15)}`,
    `npmAuthToken = ${noise(40)}`,
    `pypi-AgEIcHlwaS5vcmc${noise(49)}`,
    `pypi-AgEIcHlwaS5vcmd${noise(60)}`,
    `dckr_pat_${noise(26)}`,
    `dckr_pat_${noise(28)}`,
    `xoxz-${SLACK}`,
    `xoxb-${noise(8, DIGITS)}-${noise(24)}`,
    `xoxb-${noise(12, DIGITS)}-${noise(9)}`,
    `https://hooks.slack.com/services/T${noise(7, "ABC012")}/B${noise(8, "ABC012")}/${noise(24)}`,
    `https://hooks.slack.com/services/T${noise(8, "ABC012")}/B${noise(8, "ABC012")}/${noise(23)}`,
    `https://hooks.slack.com/services/T${noise(8, "abc012")}/B${noise(8, "ABC012")}/${noise(24)}`,
    `sk_live_${noise(23)}`,
    `sk_test_${noise(32)}`,
    `SG.${noise(21)}.${noise(43)}`,
    `SG.${noise(22)}.${noise(44)}`,
    `SG.${noise(22)}-${noise(43)}`,
    `xkeysib-${noise(63, HEX)}-${noise(16)}`,
    `xkeysib-${noise(64, HEX)}-${noise(17)}`,
    `TWILIO_AUTH_TOKEN=${noise(31, HEX)}`,
    `TWILIO_AUTH_TOKEN=${noise(33, HEX)}`,
    `TWILIO_AUTH_TOKEN=${noise(32, "ghijklmnop")}`,
    `TWILIO_AUTH_TOKEN ${noise(32, HEX)}`,
    `sntrys_eyJ${noise(39)}`,
    `sntryu_${noise(63, HEX)}`,
    `sntryu_${noise(65, HEX)}`,
    `hvs.${noise(23)}`,
    `hvx.${noise(24)}`,
    `hvs.${noise(40, "abcdefghijklmnop0123456789")}`,
    `hvs.${noise(40, "abcdefghijklmnopABCDEFGHIJ")}`,
    `squ_${noise(39, HEX)}`,
    `squ_${noise(41, HEX)}`,
    `sqx_${noise(40, HEX)}`,
    `glsa_${noise(31)}_${noise(8, HEX)}`,
    `glsa_${noise(32)}_${noise(9, HEX)}`,
    `GOCSPX-${noise(27)}`,
    `GOCSPX-${noise(29)}`,
    `sk-proj-${noise(69)}`,
    `sk-ant-api3-${noise(93)}`,
    `sk-ant-other03-${noise(93)}`,
    `<add key="ClearTextPassword" value="abc" />`,
    `<add key="ClearTextPassword" value="%NUGET_PASSWORD%" />`,
    `<add key="ClearTextPassword"value="${noise(20)}" />`,
    `${AWS_ID} ${noise(39)}`,
    `${AWS_ID} ${noise(41)}`,
    `${AWS_ID} x/${noise(40)}`,
    `${AWS_ID.slice(0, -1)} ${noise(40)}`,
    `${AWS_ID}a ${noise(40)}`,
    `AXIA${noise(16, UPPER)} ${noise(40)}`,
    `aws_secret_access_key ${noise(40)}`,
    `aws_secret_access_key=${noise(40)}=`,
    `secretAccessKey=${" ".repeat(9)}${noise(40)}`,
    `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjaSJ9.${noise(19)}`,
    `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjaSJ9`,
    `_eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjaSJ9.${noise(43)}`,
    `http://app:${noise(257)}@db.gouv.fr`,
    `http://app: ${noise(12)}@db.gouv.fr`,
    `http://app:${noise(12)} @db.gouv.fr`,
    `Server=x;Password=`,
    `Server=x;Password: ${noise(12)}`,
    `-----BEGIN PRIVATE KEY-----${KEY_BODY.slice(0, 40)}-----END PRIVATE KEY-----`,
    `-----BEGIN PRIVATE KEY-----${KEY_BODY}`,
    `PuTTY-User-Key-File-3: ${PUTTY}${noise(19)}`,
    `PuTTY-User-Key-File-3: ${PUTTY.replace("none", "nonesuch")}${noise(44)}`,
    `PuTTY-User-Key-File-x: ${PUTTY}${noise(44)}`,
    `PuTTY-User-Key-File-3: ${PUTTY}PuTTY-Private-Lines: x${noise(44)}`.replace("Private-Lines: 1\n", ""),
  ])("%j", (text) => {
    expect(kinds(text)).toEqual([]);
  });
});

describe("an unencrypted key of signify and minisign", () => {
  /** Two bytes of algorithm, two of checksum algorithm, then the rounds of the key derivation. */
  const key = (rounds: number, length = 104) => {
    const bytes = Buffer.from(noise(length));
    bytes.write("Ed", 0, "latin1");
    bytes.writeUInt32BE(rounds, 4);
    return bytes.toString("base64");
  };

  test("stands behind its comment", () => {
    for (const text of [
      `untrusted comment: signify secret key\n⟦${key(0)}⟧\n`,
      `untrusted comment: minisign secret key\r\n⟦${key(0, 158)}⟧`,
    ]) {
      expect(seen(text)).toEqual(expected("private-key", text));
    }
  });

  test.each([
    ["one that a passphrase protects", `untrusted comment: x secret key\n${key(42)}`],
    ["a public one", `untrusted comment: x public key\n${key(0)}`],
    ["too short", `untrusted comment: x secret key\n${key(0, 60)}`],
    ["of another algorithm", `untrusted comment: x secret key\nXX${key(0).slice(2)}`],
    ["on the same line", `untrusted comment: x secret key ${key(0)}`],
  ])("%s is none", (_, text) => {
    expect(kinds(text)).toEqual([]);
  });
});

describe("where a token begins", () => {
  const token = checkedToken("ghp_");
  test.each(["", " ", "_", "-", "=", '"', "\n", "\\n", "\\r", "\\t", "\\u0022", "x\\u003d", "é"])(
    "behind %j",
    (before) => {
      expect(kinds(`${before}${token}`)).toEqual(["github-token"]);
    },
  );

  test.each(["x", "9", "Z", "n", "nn", "\\x", "\\nn", "u0022", "\\v0022", "\\u00229"])(
    "not behind %j",
    (before) => {
      expect(kinds(`${before}${token}`)).toEqual([]);
    },
  );

  test("of two that stand side by side, the second", () => {
    expect(kinds(`${token},${checkedToken("npm_")}`)).toEqual(["github-token", "npm-token"]);
  });
});

test("in a binary file, keys and tokens that prove themselves", () => {
  const binary = (text: string) => kinds(`\0${text}`, "/app/data.bin");
  expect(binary(checkedToken("ghp_"))).toEqual(["github-token"]);
  expect(binary(`github_pat_${noise(22)}_${noise(59)}`)).toEqual(["github-token"]);
  expect(binary(checkedToken("npm_"))).toEqual(["npm-token"]);
  expect(binary(KEY)).toEqual(["private-key"]);
});
