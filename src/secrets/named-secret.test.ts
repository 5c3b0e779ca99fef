import { describe, expect, test } from "vitest";
import { HEX, noise } from "../../test/fixtures/secrets.ts";
import { isLiteralSecret, isNamedSecret } from "./named-secret.ts";

const RANDOM = "Kj8vQ2xW9zLm4Rt7";

describe("a literal", () => {
  test.each([
    RANDOM,
    "azerty",
    "abcd",
    "Hiver2024!",
    "x12h",
    "12 34",
    "a/x/c",
    "1.2.3.4.5.6-",
    "x1.2.3",
    "x".repeat(4_096) + "y2Z".repeat(1_365) + "1",
    "${",
    "x://y",
    '{"a":',
  ])("%j may be a secret", (value) => {
    expect(isLiteralSecret(value)).toBe(!["${"].includes(value));
  });

  test.each([
    ..."http://x jdbc+x://y arn:aws:x vault:secret/x env:X file:/x op://x secret:x ssm:/x aws-sm:x gcp-sm:x".split(
      " ",
    ),
    ..."keyvault:x ref+vault://x secretref+x://y ENC[abc] ENC(abc) {cipher}abc projects/x /run/x ./x ../x ~/x".split(
      " ",
    ),
    ..."C:\\x process.env.X import.meta.env os.environ['X'] ENV['X'] getenv('X') 3600 15m 1.5 10ms 2h 3days".split(
      " ",
    ),
    ..."1_000 1,000 10mb 10Mi 10k 1.2.3 v1.2.3 3.1.4-r0 1.2+x abc".split(" "),
    "-----BEGIN PUBLIC KEY-----",
    "15 min",
    "15MIN",
    "10MiB",
    "V1.2.3-RC1",
    "changeme",
    "${DB}",
    "x".repeat(8_193),
    "",
  ])("%j is none", (value) => {
    expect(isLiteralSecret(value)).toBe(value === "3days");
  });

  test.each([
    "/8sKd93jf0qweRTy12Lm",
    "/8sKd93jf0qweRTy12Lm==",
    "/aQ+8sKd93jf0qweRTy12/Lm",
    "//8sKd93jf0qweRTy123",
    "/skD93jf0qweRTy12Lm4",
    "/8sKd93jf0qwE/A1/B2C3",
    `/${"8sKd93jf0qwe".repeat(42)}`,
  ])("%j is base64 that begins like a path", (value) => {
    expect(isLiteralSecret(value)).toBe(true);
  });

  test.each([
    "/8sKd93jf0qweRTy12",
    "/run/8sKd93jf0qweRTy12",
    "/Keys2024/8sKd93jf0qweRTy12Lm",
    "/AppData/Roaming/8sKd93jf0qweRTy12",
    "/8sKd93jf0/qweRTy12/L3Mn4",
    "/8SKD93JF0QWERTY12LM",
    "/8skd93jf0qwerty12lm",
    "/AbCdEfGhIjKlMnOpQrSt",
    "/8sKd93jf0qweRTy12Lm.pem",
    "/8sKd93jf0qweRTy12Lm===",
    "/A1a/A1a/A1a/A1a/A1a/A1a/A1aA1aA1aA1a",
    `/${"8sKd93jf0qwe".repeat(43)}`,
    "./8sKd93jf0qweRTy12Lm",
    "~/8sKd93jf0qweRTy12Lm",
  ])("%j is a path", (value) => {
    expect(isLiteralSecret(value)).toBe(false);
  });

  test("an object is one where a member is", () => {
    expect(isLiteralSecret(`{"type":"HS256","key":"${RANDOM}"}`)).toBe(true);
    expect(isLiteralSecret(`{"kty":"oct","k":"${RANDOM}"}`)).toBe(true);
    expect(isLiteralSecret(`{"d":"${RANDOM}"}`)).toBe(true);
    expect(isLiteralSecret(`{"password":"${RANDOM}"}`)).toBe(true);
    expect(isLiteralSecret(`{"name":"${RANDOM}"}`)).toBe(false);
    expect(isLiteralSecret(`{"keys":"${RANDOM}"}`)).toBe(false);
    expect(isLiteralSecret(`{"monkey":"${RANDOM}"}`)).toBe(false);
    expect(isLiteralSecret('{"key":"changeme"}')).toBe(false);
  });
});

describe("under a name", () => {
  test.each([
    ["DB_PASSWORD", "1234", true],
    ["DB_PASSWORD", "123", false],
    ["DB_PASSWORD", "20240117", true],
    ["DB_PASSWORD", "0000", false],
    ["API_TOKEN", "20240117", false],
    ["DB_PASSWORD", "azerty", true],
    ["FOO_KEY", RANDOM, true],
    ["FOO_KEY", "my-cache-key", false],
    ["FOO_KEY", "0123456789abcdef0123456789abcdef01234567", false],
    ["FOO_KEY", "4f9a7c1e2b8d60354f9a7c1e2b8d60354f9a7c1e2b8d60354f9a7c1e2b8d6035", false],
    ["FOO_KEY", "123e4567-e89b-12d3-a456-426614174000", true],
    ["FOO_KEY", "x123e4567-e89b-12d3-a456-426614174000", false],
    ["FOO_KEY", "123e4567-e89b-12d3-a456-4266141740000", false],
    ["FOO_KEY", "123E4567-E89B-12D3-A456-426614174000", true],
    ["FOO_KEY", "abcdefghijklmnopqrst", false],
    ["FOO_KEY", "12345678901234567890", false],
    ["FOO_KEY", `a ${RANDOM}`, false],
    ["FOO_KEY", `x.${RANDOM}`, true],
    ["FOO_KEY", `${RANDOM}.x`, true],
    ["FOO_KEY", RANDOM.slice(1), false],
    ["FOO_KEY", "KjavQbxWczLmdRteFg", false],
    ["FOO_KEY", "8362940175527391", false],
    ["FOO_KEY", noise(40, HEX), false],
    ["FOO_KEY", noise(64, HEX).toUpperCase(), false],
    ["FOO_KEY", noise(41, HEX), true],
    ["FOO_KEY", `x${noise(40, HEX)}`, true],
    ["FOO_KEY", `${noise(64, HEX)}x`, true],
    ["DB_PASSWORD", "1.2024", false],
    ["DB_PASSWORD", "2024.1", false],
    ["TLS_SECRET", "my-tls", false],
    ["TLS_SECRET", "shop/my-tls.x", false],
    ["TLS_SECRET", "My-tls", true],
    ["TLS_SECRET", "my_tls", true],
    ["TLS_SECRET", "-tls", true],
    ["TLS_SECRET", "my-tls-", true],
    ["TLS_SECRET", "4f9a7c1e2b8d6035", true],
    ["TLS_SECRET", "a4f9a7c1e2b8d6035", true],
    ["CLIENT_SECRET", "my-client", true],
    ["USER", "azerty", false],
  ])("%s=%s: %s", (name, value, is) => {
    expect(isNamedSecret(name, value)).toBe(is);
  });
});
