import { expect, test } from "vitest";
import { imageFacts } from "../../test/fixtures/image-facts.ts";
import type { FileSelector } from "../contract/file-selector.ts";
import type { AnyRule } from "../contract/rule.ts";
import { answerable, askedBy } from "./asked.ts";

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
  return answerable([now])[0]?.check({ image }).status;
}

test("a rule judges evidence that was collected for it", () => {
  const now = rule([{ names: [".env"], pattern: /a/ }]);
  expect(statusOf(now, askedBy([now]))).toBe("pass");
});

test.each([
  ["a rule that is newer than the evidence", {}],
  ["a rule that asked for other files then", askedBy([rule([{ names: [".env"], pattern: /b/ }])])],
  ["a rule that asked for none then", askedBy([rule()])],
])("%s proves nothing", (_, asked) => {
  expect(statusOf(rule([{ names: [".env"], pattern: /a/ }]), asked)).toBe("unproven");
});

test("a rule that asks for no files judges any evidence", () => {
  expect(statusOf(rule(), {})).toBe("pass");
  expect(statusOf(rule([]), {})).toBe("pass");
});

test("a rule that can do without the image asks nothing of one that was not read", () => {
  const [now] = answerable([rule([{ names: [".env"] }])]);
  expect(now?.check({}).status).toBe("pass");
});

test("the same rules judge images of different age", () => {
  const asking = rule([{ names: [".env"] }]);
  const [now] = answerable([asking]);
  const statuses = [{}, askedBy([asking]), {}].map((asked) => {
    return now?.check({ image: imageFacts({ facts: { asked } }) }).status;
  });
  expect(statuses).toEqual(["unproven", "pass", "unproven"]);
});
