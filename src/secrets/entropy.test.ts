import { expect, test } from "vitest";
import { noise } from "../../test/fixtures/secrets.ts";
import { isJumbled } from "./entropy.ts";

test.each(["k3Jx9vQ2mL8pZ4wT7nB1cR6yH5sD0fGa", noise(24), noise(40), "9f3ac17e5b2d48069c8e7a41d0b6f35c"])(
  "%s changes its class as what was drawn does",
  (text) => {
    expect(isJumbled(text)).toBe(true);
  },
);

test.each([
  "MyTestDatabaseSecret1",
  "getElementsByTagNameNS2",
  "secretOrPrivateKey",
  "urn:ietf:params:oauth",
  "sha256WithRSAEncryption",
  "AAAAAAAAAAAAAAAA",
])("%s does not", (text) => {
  expect(isJumbled(text)).toBe(false);
});
