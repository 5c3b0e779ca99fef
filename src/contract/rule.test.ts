import { expect, test } from "vitest";
import { imageFacts, referenceFacts } from "../../test/fixtures/image-facts.ts";
import { defineRule } from "./rule.ts";

const TEXT = { fr: "texte", en: "text" };
const WORDS = { title: TEXT, why: TEXT, remedy: TEXT };

test("a rule reads the evidence that it names, and what it uses may be absent", () => {
  const rule = defineRule({
    id: "3.2-example",
    rows: ["immutable-tag"],
    ...WORDS,
    needs: ["reference"],
    uses: ["image"],
    check({ reference, image }) {
      // @ts-expect-error -- used evidence may be absent
      const user = () => image.config;
      expect(user).toBeTypeOf("function");
      const seen = `${reference.given} ${image?.platform ?? "unknown"}`;
      return { status: "pass", proof: { fr: seen, en: seen } };
    },
  });
  expect(rule.check({ reference: referenceFacts() })).toMatchObject({
    proof: { en: "registry.example/app:1.4.2 unknown" },
  });
  expect(rule.check({ reference: referenceFacts(), image: imageFacts() })).toMatchObject({
    proof: { en: "registry.example/app:1.4.2 linux/amd64" },
  });
});

test("reading evidence that is not named does not compile", () => {
  const rule = defineRule({
    id: "1.1-example",
    rows: ["non-root"],
    ...WORDS,
    needs: ["image"],
    // @ts-expect-error -- the reference is neither needed nor used
    check({ reference }) {
      return { status: "unproven", reason: { fr: String(reference), en: String(reference) } };
    },
  });
  expect(rule.id).toBe("1.1-example");
});

test("a sentence without its translation does not compile", () => {
  const rule = defineRule({
    id: "1.1-example",
    rows: ["non-root"],
    ...WORDS,
    needs: ["image"],
    // @ts-expect-error -- the French is missing
    check() {
      return { status: "pass", proof: { en: "seen" } };
    },
  });
  expect(rule.check({ image: imageFacts() }).status).toBe("pass");
});
