import { expect, test } from "vitest";
import { imageFacts } from "../../test/fixtures/image-facts.ts";
import { evaluate } from "../contract/evaluate.ts";
import type { Collected } from "../contract/evidence.ts";
import type { FileSelector } from "../contract/file-selector.ts";
import type { AnyRule, Outcome } from "../contract/rule.ts";
import { rulesCoveredBy, selectorHashes } from "./rule-selectors.ts";

const TEXT = { fr: "texte", en: "text" };

function rule(files?: readonly FileSelector[]): AnyRule {
  return {
    id: "1.4-example",
    rows: ["no-baked-state"],
    title: TEXT,
    why: TEXT,
    remedy: TEXT,
    needs: ["image"],
    ...(files === undefined ? {} : { files }),
    check: () => ({ status: "pass", proof: TEXT }),
  };
}

function statusOf(now: AnyRule, asked: Readonly<Record<string, string>>) {
  const image = imageFacts({ facts: { asked } });
  return rulesCoveredBy([now])[0]?.check({ image }).status;
}

test("a rule judges evidence that was collected for it", () => {
  const now = rule([{ names: [".env"], pattern: /a/ }]);
  expect(statusOf(now, selectorHashes([now]))).toBe("pass");
});

test.each([
  ["a rule that is newer than the evidence", {}],
  ["a rule that asked for other files then", selectorHashes([rule([{ names: [".env"], pattern: /b/ }])])],
  ["a rule that asked for none then", selectorHashes([rule()])],
])("%s proves nothing", (_, asked) => {
  expect(statusOf(rule([{ names: [".env"], pattern: /a/ }]), asked)).toBe("unproven");
});

test("evidence whose settings another version of the reader found proves nothing", () => {
  const read = (version: number) =>
    rule([{ names: [".env"], content: 9, reader: { name: "env", version, read: () => [] } }]);
  expect(statusOf(read(2), selectorHashes([read(2)]))).toBe("pass");
  expect(statusOf(read(2), selectorHashes([read(1)]))).toBe("unproven");
});

test("a rule that asks for no files judges any evidence", () => {
  expect(statusOf(rule(), {})).toBe("pass");
  expect(statusOf(rule([]), {})).toBe("pass");
});

test("a rule that can do without the image asks nothing of one that was not read", () => {
  const [now] = rulesCoveredBy([rule([{ names: [".env"] }])]);
  expect(now?.check({}).status).toBe("pass");
});

test("of older evidence, too, a rule sees the files that it asks for", () => {
  const env = rule([{ paths: ["/app/.env"] }]);
  const seer: AnyRule = {
    ...env,
    check: ({ image }: Collected): Outcome => {
      const paths = String(image?.files.map(({ path }) => path));
      return { status: "pass", proof: { fr: paths, en: paths } };
    },
  };
  const files = [{ path: "/app/.env" }, { path: "/etc/passwd" }];
  const image = imageFacts({ files, facts: { asked: selectorHashes([env]) } });
  expect(evaluate(rulesCoveredBy([seer]), { image })[0]?.outcome).toMatchObject({
    proof: { en: "/app/.env" },
  });
  expect(evaluate(rulesCoveredBy([seer]), { image: imageFacts({ files }) })[0]?.outcome.status).toBe(
    "unproven",
  );
});

test("the same rules judge images of different age", () => {
  const asking = rule([{ names: [".env"] }]);
  const [now] = rulesCoveredBy([asking]);
  const statuses = [{}, selectorHashes([asking]), {}].map((asked) => {
    return now?.check({ image: imageFacts({ facts: { asked } }) }).status;
  });
  expect(statuses).toEqual(["unproven", "pass", "unproven"]);
});
