// Tokens as their issuers write them, each found and masked whole; lookalikes are ignored.

import { describe, expect, test } from "vitest";
import { HEX, noise } from "../../test/fixtures/secrets.ts";
import { ISSUED_TOKENS } from "./issued-tokens.ts";
import { maskValue } from "./mask.ts";
import { maskText, scanFile } from "./scan.ts";

const SMALL = "abcdefghijklmnopqrstuvwxyz0123456789";
const CAPITAL = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const UUID = `${noise(8, HEX)}-${noise(4, HEX)}-${noise(4, HEX)}-${noise(4, HEX)}-${noise(12, HEX)}`;

const SERVICES: readonly string[] = [
  `ATBB${noise(32)}`,
  `cmVmdGtu${noise(56)}`,
  `bkua_${noise(40, HEX)}`,
  `${noise(76)}AZDO${noise(4)}`,
  `rdme_${noise(70, SMALL)}`,
  `fio-u-${noise(64)}`,
  `cfut_${noise(48)}`,
  `nfp_${noise(36)}`,
  `pnu_${noise(36)}`,
  `sb_secret_${noise(22)}_${noise(8)}`,
  `napi_${noise(64, SMALL)}`,
  `${noise(42)}AzSe${noise(6)}`,
  `apify_api_${noise(36)}`,
  `xsmtpsib-${noise(64, HEX)}-${noise(16)}`,
  `pat-eu1-${UUID}`,
  `EZAK${noise(54)}`,
  `FLWSECK-${noise(32, HEX)}-X`,
  `access-production-${UUID}`,
  `duffel_live_${noise(43)}`,
  `tfp_${noise(59)}`,
  `ATATT3${noise(186)}`,
  `CCIPAT_${noise(22)}_${noise(40, HEX)}`,
  `AKCp${noise(69)}`,
  `rubygems_${noise(48, HEX)}`,
  `oy2${noise(43, SMALL)}`,
  `CLOJARS_${noise(60, HEX)}`,
  `dckr_oat_${noise(32)}`,
  `sgp_${noise(16, HEX)}_${noise(40, HEX)}`,
  `sgp_${noise(40, HEX)}`,
  `figd_${noise(40)}`,
  `PMAK-${noise(24, HEX)}-${noise(34, HEX)}`,
  `lin_api_${noise(40)}`,
  `ntn_${noise(11, "0123456789")}${noise(35)}`,
  `dop_v1_${noise(64, HEX)}`,
  `tk-us-${noise(48)}`,
  `HRKU-AA${noise(58)}`,
  `FlyV1 fm2_${noise(300)}=`,
  `v1.0-${noise(24, HEX)}-${noise(146, HEX)}`,
  `q1W8Q~${noise(34)}`,
  `1//0${noise(90)}`,
  `AQVN${noise(36)}`,
  `amzn.mws.${UUID}`,
  `${noise(14)}.atlasv1.${noise(65)}`,
  `pul-${noise(40, HEX)}`,
  `dp.st.prd.${noise(43)}`,
  `tskey-auth-${noise(12)}-${noise(32)}`,
  `sha256~${noise(43)}`,
  `ops_eyJ${noise(400)}`,
  `sbp_${noise(40, HEX)}`,
  `pscale_tkn_${noise(43)}`,
  `dapi${noise(32, HEX)}-2`,
  `glc_eyJ${noise(100)}==`,
  `NRAK-${noise(27, CAPITAL)}`,
  `dt0c01.${noise(24, CAPITAL)}.${noise(64, CAPITAL)}`,
  `whsec_${noise(32)}`,
  `shpat_${noise(32, HEX)}`,
  `sq0atp-${noise(22)}`,
  `shippo_live_${noise(40, HEX)}`,
  `CFPAT-${noise(43)}`,
  `sk.eyJ1${noise(60)}.${noise(22)}`,
  `1234567890:AA${noise(33)}`,
  `bot1234567890:AA${noise(33)}`,
];

const MODELS: readonly string[] = [
  `nvapi-${noise(64)}`,
  `pcsk_${noise(6)}_${noise(63)}`,
  `lsv2_pt_${noise(32, HEX)}_${noise(10, HEX)}`,
  `tvly-dev-${noise(32)}`,
  `hf_${noise(34)}`,
  `hf_${noise(34, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")}`,
  `gsk_${noise(52)}`,
  `r8_${noise(37)}`,
  `sk-or-v1-${noise(64, HEX)}`,
  `sk-${noise(20)}T3BlbkFJ${noise(20)}`,
  `xai-${noise(80)}`,
  `pplx-${noise(48)}`,
  `sk-lf-${UUID}`,
];

describe("a token under a neutral name, in code", () => {
  test.each([
    ...SERVICES.map((token) => ["service-token", token] as const),
    ...MODELS.map((token) => ["ai-provider-key", token] as const),
  ])("%s %s", (kind, token) => {
    const text = `call("${token}", 3);\n`;
    const found = scanFile("/app/src/client.js", Buffer.from(text));
    expect(found.map((one) => [one.kind, one.confidence])).toEqual([[kind, "confirmed"]]);
    expect(maskText(text)).toBe(text.replace(token, maskValue(token)));
  });

  test.each([
    ["Airtable", `new Airtable({ apiKey: "TOKEN" })`, `pat${noise(14)}.${noise(64, HEX)}`],
    ["Mailgun", `mailgun.client({ username: "api", key: "TOKEN" })`, `key-${noise(32, HEX)}`],
  ])("of %s, whose name precedes it", (_, code, token) => {
    const text = code.replace("TOKEN", token);
    expect(scanFile("/app/src/client.js", Buffer.from(text))).toMatchObject([{ kind: "service-token" }]);
    expect(maskText(text)).toBe(text.replace(token, maskValue(token)));
    expect(scanFile("/app/src/client.js", Buffer.from(`call("${token}");`))).toEqual([]);
  });

  test("each issuer has a case", () => {
    const tried = [...SERVICES, ...MODELS, "Airtable", "mailgun"].join("\n");
    const untried = ISSUED_TOKENS.filter(({ anchors }) => !anchors.some((mark) => tried.includes(mark)));
    expect(untried).toEqual([]);
  });
});

describe("is none", () => {
  test.each([
    ["a filler", `rubygems_${"0".repeat(48)}`],
    ["a filler of words", `hf_${"your".repeat(8)}ab`],
    ["the name of a program", "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"],
    ["the documentation's example", `whsec_example${noise(25)}`],
    ["too short", `dop_v1_${noise(63, HEX)}`],
    ["too long", `pul-${noise(41, HEX)}`],
    ["within a word", `xshpat_${noise(32, HEX)}`],
    ["a hash beside a word", `catalogue-dapi${noise(40, HEX)}`],
    ["a digest of an image", `sha256:${noise(64, HEX)}`],
    ["an address", `http://127.0.0.1//0/${"assets".repeat(10)}`],
    ["a time", "12345678:AA:BB:CC:DD:EE:FF"],
    ["a version", "v1.0-alpha-2024"],
    ["Mapbox's public token", `pk.eyJ1${noise(60)}.${noise(22)}`],
  ])("%s", (_, text) => {
    expect(scanFile("/app/src/client.js", Buffer.from(`call("${text}", 3);\n`))).toEqual([]);
  });
});
