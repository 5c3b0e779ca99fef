import { expect, test } from "vitest";
import { valueDigest } from "./value-digest.ts";

const SALT = "00".repeat(16);

test("a digest is that of a salt, a place and a value", () => {
  const digest = valueDigest(SALT, "env HOST", "0.0.0.0");
  expect(digest).toMatch(/^[0-9a-f]{32}$/);
  expect(valueDigest(SALT, "env HOST", "0.0.0.0")).toBe(digest);
  const others = [
    valueDigest("11".repeat(16), "env HOST", "0.0.0.0"),
    valueDigest(SALT, "env OTHER", "0.0.0.0"),
    valueDigest(SALT, "env HOST", "127.0.0.1"),
  ];
  expect(new Set([digest, ...others]).size).toBe(4);
});

test("beyond the bound trialValueDigests no new one is made, and those that are known stay", () => {
  const digest = valueDigest(SALT, "env KNOWN", "1");
  expect(valueDigest(SALT, "env NEW", "1", 1)).toBeUndefined();
  expect(valueDigest(SALT, "env KNOWN", "1", 1)).toBe(digest);
});
