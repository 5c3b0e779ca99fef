import fc from "fast-check";
import { expect, test } from "vitest";
import { RarePart } from "./rare-part.ts";

const LETTERS = fc.array(fc.constantFrom("a", "Q", "j", "\0"), { maxLength: 40 }).map((all) => all.join(""));
const TEXT = fc.array(fc.constantFrom("a", "Q", "j", "\0"), { minLength: 1, maxLength: 10 });

test("a text is found where Node finds it", () => {
  const property = fc.property(LETTERS, TEXT, fc.nat(50), (before, text, from) => {
    const searched = Buffer.from(text.join(""), "latin1");
    for (const bytes of [Buffer.from(before), Buffer.concat([Buffer.from(before), searched])]) {
      expect(new RarePart(searched).indexIn(bytes, from)).toBe(bytes.indexOf(searched, from));
    }
  });
  fc.assert(property, { numRuns: 2_000 });
});
