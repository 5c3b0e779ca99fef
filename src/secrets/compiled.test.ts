import { describe, expect, test } from "vitest";
import { checkedToken, HEX, noise } from "../../test/fixtures/secrets.ts";
import { COMPILED } from "./compiled.ts";
import { findSecrets } from "./find.ts";
import { ScannedText } from "./scanned-text.ts";

/** Findings in a text that is scanned as a binary. */
function found(text: string) {
  const bytes = Buffer.from(text, "latin1");
  return findSecrets(new ScannedText(() => text, "/app/server"), bytes, "binary").map(
    ({ kind, confidence, start, end }) => `${kind} ${confidence} ${text.slice(start, end)}`,
  );
}

const HEX64 = noise(64, HEX);
const BECH32 = noise(58, "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L");
const ID = noise(16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");

describe("of one length, among the strings of a program", () => {
  test.each([
    ...["ghp_", "gho_", "ghs_", "ghu_", "ghr_"].map((prefix) => ["github-token", checkedToken(prefix)]),
    ["npm-token", checkedToken("npm_")],
    ["github-token", `github_pat_${noise(22)}_${noise(59)}`],
    ...["glpat-", "gldt-", "glrt-", "glcbt-", "glptt-", "glft-", "glimt-", "glsoat-"].map((prefix) => [
      "gitlab-token",
      `${prefix}${noise(18)}-_`,
    ]),
    ["docker-hub-token", `dckr_pat_${noise(25)}-_`],
    ["stripe-live-key", `sk_live_${noise(24)}`],
    ["stripe-live-key", `rk_live_${noise(24)}`],
    ["brevo-key", `xkeysib-${HEX64}-${noise(16)}`],
    ["sentry-token", `sntryu_${HEX64}`],
    ["vault-token", `hvs.C${noise(88)}-_`],
    ...["squ_", "sqp_", "sqa_"].map((prefix) => ["sonar-token", `${prefix}${noise(40, HEX)}`]),
    ["grafana-token", `glsa_${noise(32)}_${noise(4, HEX)}ABCD`],
    ["google-oauth-secret", `GOCSPX-${noise(26)}-_`],
    ["age-key", `AGE-SECRET-KEY-1${BECH32}`],
  ])("%s: %s", (kind, token) => {
    expect(found(`\0log${token}error\0`)).toEqual([`${kind} confirmed ${token}`]);
    expect(found(`\0log${token.slice(0, -1)}\0`)).toEqual([]);
  });
});

describe("of several lengths, up to the end of a string", () => {
  test.each([
    ["pypi-token", `pypi-AgEIcHlwaS5vcmc${noise(50)}-_`],
    ["pypi-token", `pypi-AgENdGVzdC5weXBpLm9yZw${noise(50)}`],
    ["slack-token", `xoxb-739184625-${noise(10)}-_`],
    ["slack-token", `xoxp-73918462507391-${noise(20)}`],
    ["sentry-token", `sntrys_eyJ${noise(40)}+/=_-`],
    ["ai-provider-key", `sk-ant-api03-${noise(70)}-_`],
    ["ai-provider-key", `sk-ant-admin01-${noise(70)}`],
    ["ai-provider-key", `sk-proj-${noise(70)}`],
    ["ai-provider-key", `sk-svcacct-${noise(70)}`],
  ])("%s: %s", (kind, token) => {
    expect(found(`\0log${token}\0error\0`)).toEqual([`${kind} confirmed ${token}`]);
  });
});

describe("the key of", () => {
  const secret = noise(40);
  test.each([
    ["azure-storage-key", `AccountKey=`, `${noise(86)}==`],
    ["azure-shared-access-key", "SharedAccessKey=", `${noise(43)}=`],
    ["aws-access-key", `AKIA${ID}\0`, secret],
    ["aws-access-key", `ASIA${ID}\x01\x28`, secret],
    ["aws-access-key", `AKIA${ID}AKIA${ID}${"\0".repeat(300)}`, secret],
  ])("%s, without what stands before", (kind, before, key) => {
    expect(found(`\0log${before}${key}\0`)).toEqual([`${kind} confirmed ${key}`]);
    expect(found(`\0log${before}${key}!\0`)).toEqual([`${kind} confirmed ${key}`]);
  });

  test("AWS, the first behind its name", () => {
    expect(found(`AKIA${ID}\0${secret}\0${noise(41).slice(1)}\0`)).toEqual([
      `aws-access-key confirmed ${secret}`,
    ]);
  });

  test("AWS, with one letter of the next length behind", () => {
    expect(found(`AKIA${ID}\0${secret}a\0`)).toEqual([`aws-access-key confirmed ${secret}`]);
  });

  test.each([
    ["AWS, a digest", `AKIA${ID}\0${noise(40, HEX)}\0`],
    ["AWS, of another kind of identity", `AIDA${ID}\0${secret}\0`],
    ["Azure, drawn by nobody", `AccountKey=${"A".repeat(86)}==`],
  ])("but not of %s", (_, text) => {
    expect(found(text)).toEqual([]);
  });
});

test.each([
  ["with more letters behind", `AKIA${ID}\0${noise(40)}ab\0`],
  ["with more letters before", `AKIA${ID}\0ab${noise(40)}\0`],
  ["too far behind", `AKIA${ID}${"\0".repeat(301)}${noise(40)}\0`],
])("a key of AWS %s is not beside its name", (_, text) => {
  const beside = COMPILED.find(({ kind }) => kind === "aws-access-key")?.pattern;
  expect(beside?.exec(text)).toBeNull();
});

describe("the password of an address", () => {
  test.each([
    ["https://app:", "@git.site.fr"],
    ["mysql://a.b-c%40d+e:", "@db:3306"],
    ["mongodb://app:", "@db"],
    ["mongodb+srv://app:", "@db.site.fr"],
    ["amqp://:", "@mq"],
    ["clickhouse://app:", "@db"],
    ["sqlserver://app:", "@db"],
  ])("%s…%s", (before, behind) => {
    const password = `!~&,${noise(12)}`;
    expect(found(`\0log${before}${password}${behind}/x\0`)).toEqual([`url-password confirmed ${password}`]);
  });

  test.each([
    ["a placeholder", "https://user:password1@git.site.fr"],
    ["no digit", `https://app:correctHorseBattery@git.site.fr`],
    ["a host of RFC 2606", `https://app:${noise(12)}@example.com`],
    ["a short one", "https://app:Kj8vQ2x@git.site.fr"],
    ["no user's information", `https://git.site.fr:${noise(12)}/x@y`],
    ["no password", "https://app@git.site.fr"],
    ["another string between", `https://app:\0${noise(12)}@git.site.fr`],
    ["a letter beyond ASCII", `https://app:\xe9${noise(12)}@git.site.fr`],
  ])("but not of %s: %s", (_, text) => {
    expect(found(`\0${text}\0`)).toEqual([]);
  });
});

describe("before an address is decoded, a look", () => {
  const look = COMPILED.find(({ kind }) => kind === "url-password")?.may;
  test.each([
    ["s://app:x@db", true],
    ["s://:x@db", true],
    [`s://${"a".repeat(64)}:${"b".repeat(128)}@`, true],
    [`s://${"a".repeat(64)}:${"b".repeat(129)}@`, false],
    ["s://db/x:y@z", false],
    ["s://db x:y@z", false],
    ["s://db\xe9x:y@z", false],
    ["s://app@db", false],
    ["s://app:x", false],
  ])("at %s", (text, expected) => {
    expect(look?.(Buffer.from(`ftp${text}`, "latin1"), 3)).toBe(expected);
  });
});

describe("drawn by nobody", () => {
  test.each([
    `ghp_${noise(36)}`,
    `npm_${noise(36)}`,
    `glpat-${"a".repeat(20)}`,
    `sk_live_${"0".repeat(24)}`,
    `xoxb-123456789-abcdefghijkl`,
    "GOCSPX-abcdefghijklmnopqrstuvwxyzab",
  ])("%s", (token) => {
    expect(found(`\0${token}\0`)).toEqual([]);
  });
});
