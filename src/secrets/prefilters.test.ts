import { expect, test } from "vitest";
import { hasKeyLabel, hasUserInfo, stopsAt } from "./prefilters.ts";

test.each([
  ["-----BEGIN PRIVATE KEY-----", true],
  ["-----BEGIN RSA PRIVATE KEY-----", true],
  ["-----BEGIN PGP PRIVATE KEY BLOCK-----", true],
  ["-----BEGIN ANY OTHER PRIVATE KEY-----", true],
  ["-----BEGIN ONE TWO THREE PRIVATE KEY-----", false],
  ["-----BEGIN CERTIFICATE-----", false],
  ["-----BEGIN CERTIFICATE REQUEST-----", false],
  ["-----BEGIN  PRIVATE KEY-----", false],
  ["-----BEGIN PRIVATE KE", false],
  ["-----BEGIN ", false],
])("%s: whether the label may be a private key's", (text, expected) => {
  expect(hasKeyLabel(Buffer.from(text), 0)).toBe(expected);
  expect(hasKeyLabel(Buffer.from(`\0${text}`), 1)).toBe(expected);
});

const STOPS = stopsAt("/", [0, 0x20]);

test.each([
  ["user:password@host", true],
  [":password@host", true],
  ["user:pass:word@host", true],
  ["user@host:8080/", false],
  ["host:8080/path@", false],
  ["user: password@host", false],
  ["user:password", false],
  ["", false],
])("%s: whether a user and a password may stand before an @", (text, expected) => {
  expect(hasUserInfo(Buffer.from(text), 0, STOPS, 30)).toBe(expected);
});

test("what is longer than a user and a password is none", () => {
  const text = `u:${"p".repeat(8)}@host`;
  expect(hasUserInfo(Buffer.from(text), 0, STOPS, 10)).toBe(true);
  expect(hasUserInfo(Buffer.from(text), 0, STOPS, 9)).toBe(false);
});
