import { expect, test } from "vitest";
import { imageFacts, referenceFacts } from "../../test/fixtures/image-facts.ts";
import { rule } from "../../test/fixtures/said-rules.ts";
import { evaluate } from "./evaluate.ts";
import type { Collected } from "./evidence.ts";
import type { FileSelector } from "./file-selector.ts";
import type { AnyRule, Outcome } from "./rule.ts";

const image = imageFacts({ files: [{ path: "/app/.env", content: "A=1" }, { path: "/etc/passwd" }] });

/** A rule that reports the files it sees, with their content. */
function seer(files?: readonly FileSelector[]): AnyRule {
  return {
    ...rule("1.4-example", ["no-baked-state"], { status: "pass", proof: { fr: "vu", en: "seen" } }),
    ...(files === undefined ? {} : { files }),
    check(evidence: Collected): Outcome {
      const seen = evidence.image?.files.map(({ path, content }) => `${path} ${content}`).join(", ") ?? "";
      return { status: "pass", proof: { fr: seen, en: seen } };
    },
  };
}

function seenBy(...rules: readonly AnyRule[]) {
  return evaluate(rules, { image }).map(({ outcome }) => outcome.status === "pass" && outcome.proof.en);
}

test("each rule sees the files that it asks for, whatever the others ask for", () => {
  const env = seer([{ names: [".env"], content: 100 }]);
  const passwd = seer([{ paths: ["/etc/passwd"] }]);
  expect(seenBy(env, seer(), passwd, seer([]), seer([{}]))).toEqual([
    "/app/.env A=1",
    "",
    "/etc/passwd undefined",
    "",
    "/app/.env undefined, /etc/passwd undefined",
  ]);
});

test("all other evidence is handed on as it is", () => {
  const collected = { image, reference: referenceFacts() };
  let given: Collected = {};
  const keeper: AnyRule = {
    ...seer(),
    check(evidence: Collected): Outcome {
      given = evidence;
      return { status: "pass", proof: { fr: "vu", en: "seen" } };
    },
  };
  evaluate([keeper], collected);
  expect(given).toEqual({ ...collected, image: { ...image, files: [] } });
  expect(given.reference).toBe(collected.reference);
});
