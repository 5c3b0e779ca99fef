import { expect, test } from "vitest";
import { DouaneError } from "../../contract/error.ts";
import { identityToken } from "./identity-token.ts";

const NOW = new Date("2026-11-30T12:00:00Z");
const SECONDS = NOW.getTime() / 1000;
const CLAIMS = { sub: "project_path:team/portal", aud: "sigstore", exp: SECONDS + 300 };

function token(claims: unknown): string {
  return `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.secret`;
}

test.each<[string, object, string]>([
  ["the subject", {}, CLAIMS.sub],
  ["one audience of several", { aud: ["other", "sigstore"] }, CLAIMS.sub],
  ["a verified e-mail address", { email: "a@team.example", email_verified: true }, "a@team.example"],
  ["no address that is not verified", { email: "a@team.example", email_verified: false }, CLAIMS.sub],
  ["no address that is verified in words", { email: "a@team.example", email_verified: "true" }, CLAIMS.sub],
  ["a begin within the clocks' difference", { nbf: SECONDS + 299, iat: SECONDS + 299 }, CLAIMS.sub],
])("the key proves its possession by signing %s", (_, more, challenge) => {
  expect(identityToken(token({ ...CLAIMS, ...more }), "sigstore", NOW).challenge).toBe(challenge);
});

test.each<[string, string, unknown]>([
  ["for another audience", "token-audience", { ...CLAIMS, aud: "https://vault.example" }],
  ["for an audience that begins alike", "token-audience", { ...CLAIMS, aud: "sigstore.example" }],
  ["without an audience", "token-audience", { ...CLAIMS, aud: undefined }],
  ["that expires now", "token-expired", { ...CLAIMS, exp: SECONDS }],
  ["that begins later", "token-not-yet-valid", { ...CLAIMS, nbf: SECONDS + 301 }],
  ["that was issued later", "token-not-yet-valid", { ...CLAIMS, iat: SECONDS + 301 }],
  ["without an end", "token-form", { ...CLAIMS, exp: undefined }],
  ["with an end in words", "token-form", { ...CLAIMS, exp: "later" }],
  ["without a subject", "token-form", { ...CLAIMS, sub: undefined }],
  ["that is no object", "token-form", "claims"],
])("a token %s is refused before it is sent", (_, code, claims) => {
  const text = token(claims);
  const { code: seen, text: shown } = errorOf(() => identityToken(text, "sigstore", NOW));
  expect(seen).toBe(code);
  const parts = text.split(".").slice(1);
  expect(parts.filter((part) => shown.en.includes(part) || shown.fr.includes(part))).toEqual([]);
});

test("bytes that are no JSON are no token", () => {
  expect(() => identityToken("a.b.c", "sigstore", NOW)).toThrow("not a JWT");
});

function errorOf(run: () => unknown): DouaneError {
  try {
    run();
  } catch (error) {
    if (error instanceof DouaneError) return error;
    throw error;
  }
  throw new Error("no error");
}
