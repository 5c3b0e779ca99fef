import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { jwt, noise } from "../../test/fixtures/secrets.ts";
import { maskConfig } from "./config.ts";
import { type JwtUse, jwtUse } from "./jwt.ts";
import { scanFile } from "./scan.ts";

const HS256 = { alg: "HS256", typ: "JWT" };
/** Claims of a service that the team deploys. */
const CLAIMS = { sub: "anne", iss: "https://sso.corp.fr", exp: 4_102_444_800 };
const TOKEN = jwt(HS256, CLAIMS);
const EXPIRED = jwt(HS256, { ...CLAIMS, exp: 1_700_000_000 });
const UNSIGNED = jwt({ alg: "none" }, CLAIMS);
const TUTORIAL = jwt(HS256, { sub: "1234567890", name: "John Doe", iat: 1_516_239_022 });
const ANON = jwt(HS256, { iss: "supabase", ref: "qzkv", role: "anon", exp: 2_055_000_000 });
const SERVICE = jwt(HS256, { iss: "supabase", ref: "qzkv", role: "service_role", exp: 2_055_000_000 });
const DEMO = signed(
  { iss: "supabase-demo", role: "service_role", exp: 1_983_812_996 },
  "super-secret-jwt-token-with-at-least-32-characters-long",
);

function signed(claims: object, key: string): string {
  const parts = jwt(HS256, claims).split(".").slice(0, 2).join(".");
  return `${parts}.${createHmac("sha256", key).update(parts).digest("base64url")}`;
}

describe("what a token opens", () => {
  test.each<[string, string, JwtUse | undefined]>([
    ["of a session", TOKEN, "secret"],
    ["without an end", jwt({ alg: "RS256" }, { sub: "ci" }), "secret"],
    ["of an algorithm to come", jwt({ alg: "ML-DSA-44" }, CLAIMS), "secret"],
    ["that ends in milliseconds", jwt(HS256, { exp: 4_102_444_800_000 }), "secret"],
    ["whose end is no number", jwt(HS256, { exp: "1700000000" }), "secret"],
    ["whose end is zero", jwt(HS256, { exp: 0 }), "secret"],
    ["that ended", EXPIRED, "expired"],
    ["that ended, in milliseconds", jwt(HS256, { exp: 1_700_000_000_000 }), "expired"],
    ["of Supabase's anonymous role", ANON, "publishable"],
    ["of the same in development", jwt(HS256, { iss: "supabase-demo", role: "anon" }), "publishable"],
    ["of Supabase's other role", SERVICE, "secret"],
    ["of an anonymous role of somebody else", jwt(HS256, { iss: "corp", role: "anon" }), "secret"],
    [
      "of CKEditor's licence",
      jwt({ alg: "ES256" }, { usageEndpoint: "https://proxy-event.ckeditor.com" }),
      "publishable",
    ],
    ["of another licence", jwt({ alg: "ES256" }, { usageEndpoint: "https://licence.corp.fr" }), "secret"],
    ["signed with a published key", signed(CLAIMS, "your-256-bit-secret"), "published"],
    ["of Supabase for development", DEMO, "published"],
    ["signed with another key", signed(CLAIMS, noise(40)), "secret"],
    ["unsigned", UNSIGNED, "open"],
    ["unsigned, in capitals", jwt({ alg: "NONE" }, CLAIMS), "open"],
    ["without an algorithm", jwt({ typ: "JWT" }, CLAIMS), "open"],
    ["without a signature", TOKEN.replace(/[^.]+$/, ""), "open"],
    ["of every tutorial", TUTORIAL, "open"],
    ["of a namesake", jwt(HS256, { name: "John Doerr" }), "secret"],
    ["whose header is no JSON", `eyJ${noise(20)}.${TOKEN.split(".")[1]}.${noise(43)}`, undefined],
    [
      "whose claims are a list",
      `${TOKEN.split(".")[0]}.${Buffer.from('["a"]').toString("base64url")}.x`,
      undefined,
    ],
    ["of five parts", `${TOKEN}.${noise(20)}.${noise(20)}`, undefined],
    ["another value", noise(40), undefined],
  ])("%s", (_, token, use) => {
    expect(jwtUse(token)).toBe(use);
  });
});

function kinds(path: string, text: string) {
  return scanFile(path, Buffer.from(text)).map(({ kind }) => kind);
}

describe("under a token's name", () => {
  test.each<[string, string, string[]]>([
    ["one in use", TOKEN, ["named-secret"]],
    ["one that ended", EXPIRED, ["jwt"]],
    ["a publishable one", ANON, ["publishable-key"]],
    ["Supabase's key of every right", SERVICE, ["supabase-service-key"]],
    ["one that everybody can sign", DEMO, ["published-default"]],
    ["an unsigned one", UNSIGNED, []],
    ["a tutorial's", TUTORIAL, []],
  ])("%s", (_, token, expected) => {
    expect(kinds("/app/session.json", JSON.stringify({ access_token: token }))).toEqual(expected);
    expect(kinds("/app/settings.ini", `api_token=${token}\n`)).toEqual(expected);
    expect(kinds("/app/.env", `REFRESH_TOKEN=${token}\n`)).toEqual(expected);
    expect(kinds("/app/src/client.js", `const apiToken = "${token}";\n`)).toEqual(expected);
    expect(kinds("/app/jwt.yaml", `service_jwt: ${token}\n`)).toEqual(expected);
    expect(kinds("/app/call.sh", `curl -H "Authorization: Bearer ${token}" https://a.corp.fr\n`)).toEqual(
      expected,
    );
  });

  test.each<[string, string, string[]]>([
    ["one in use", TOKEN, ["named-secret"]],
    ["one that ended", EXPIRED, ["jwt"]],
    ["a publishable one", ANON, ["publishable-key"]],
    ["one that everybody can sign, in force", DEMO, ["named-secret"]],
    ["an unsigned one", UNSIGNED, []],
  ])("in ENV: %s", (_, token, expected) => {
    const none = { labels: {}, history: [], entrypoint: [], cmd: [], healthcheck: [], others: {} };
    const { secrets } = maskConfig({ env: [`API_TOKEN=${token}`], ...none });
    expect(secrets.map(({ kind }) => kind)).toEqual(expected);
  });
});

describe("under another name, or in a text", () => {
  test.each<[string, string, string[]]>([
    ["one in use, which may be public", TOKEN, ["jwt"]],
    ["one that ended", EXPIRED, ["jwt"]],
    ["a publishable one", ANON, ["publishable-key"]],
    ["Supabase's key of every right", SERVICE, ["supabase-service-key"]],
    ["an unsigned one", UNSIGNED, []],
    ["a tutorial's", TUTORIAL, []],
  ])("%s", (_, token, expected) => {
    expect(kinds("/app/licence.json", JSON.stringify({ value: token }))).toEqual(expected);
    expect(kinds("/app/notes.txt", `x ${token}\n`)).toEqual(expected);
    expect(kinds("/app/settings.yaml", `jwt:\n  issuer: https://sso.corp.fr\n  sample: ${token}\n`)).toEqual(
      expected,
    );
  });
});
