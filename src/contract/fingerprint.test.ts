import fc from "fast-check";
import { expect, test } from "vitest";
import { fingerprint } from "./fingerprint.ts";

test("reads as rule and parts", () => {
  expect(fingerprint("1.4-no-secrets", "private-key", "/app/key.pem")).toBe(
    "1.4-no-secrets:private-key:/app/key.pem",
  );
});

test("never blurs its parts, whatever they hold", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: "binary" })),
      fc.array(fc.string({ unit: "binary" })),
      (one, other) => {
        const same = fingerprint("1.1-x", ...one) === fingerprint("1.1-x", ...other);
        const wellFormed = (parts: readonly string[]) =>
          JSON.stringify(parts.map((part) => part.toWellFormed()));
        expect(same).toBe(wellFormed(one) === wellFormed(other));
      },
    ),
  );
});

test("fits into one line of a policy file", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (part) => {
      expect(fingerprint("1.1-x", part)).toMatch(/^[\w./@+=,:%'()*!~-]+$/);
    }),
  );
});
