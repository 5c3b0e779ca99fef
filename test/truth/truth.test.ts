import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compare } from "./compare.ts";
import { corpus } from "./corpus.ts";
import { judgeCase } from "./judge-case.ts";
import { countsLine } from "./page.ts";
import { said } from "./said.ts";
import { trialsSection } from "./trials/results.ts";

const ENTRIES = await corpus();

describe("the corpus", () => {
  test("names each case once, gives each a reason, and expects something of it", () => {
    const names = ENTRIES.map(({ topic, name }) => `${topic}: ${name}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    const empty = ENTRIES.filter(({ expect, why }) => why === "" || Object.keys(expect).length === 0);
    expect(empty.map(({ name }) => name)).toEqual([]);
  });

  test("holds at least 400 cases, 150 of them traps", () => {
    expect(ENTRIES.length).toBeGreaterThanOrEqual(400);
    expect(ENTRIES.filter(({ trap }) => trap === true).length).toBeGreaterThanOrEqual(150);
  });

  test("has no case that the tool does not follow, but for those that were labelled before it saw them", () => {
    const open = ENTRIES.filter(
      ({ topic, open: why }) => why !== undefined && !topic.startsWith("independent/"),
    );
    expect(open.map(({ name }) => name)).toEqual([]);
  });

  test("is counted in docs/truth.md (`npm run truth -- --write`)", () => {
    const page = readFileSync(join(import.meta.dirname, "..", "..", "docs", "truth.md"), "utf8");
    expect(page).toContain(countsLine(ENTRIES));
    expect(page).toContain(trialsSection());
  });

  test("has traps that expect no finding", () => {
    const found = ENTRIES.filter(({ trap, expect }) => trap === true && isRefuted(expect));
    expect(found.map(({ name }) => name)).toEqual([]);
  });
});

test.each(ENTRIES.map((entry) => [entry.topic, entry.name, entry] as const))(
  "%s: %s",
  async (_topic, _name, entry) => {
    const judged = await judgeCase(entry.given);
    const { wrong } = compare(entry, judged);
    // The tool's answer is shown in the message of a failure.
    const shown = entry.open === undefined ? wrong.map((line) => `${line}\n${said(entry, judged)}`) : [];
    const rightByNow = entry.open !== undefined && wrong.length === 0 ? ["right by now: remove `open`"] : [];
    expect([...shown, ...rightByNow]).toEqual([]);
  },
);

function isRefuted(expected: (typeof ENTRIES)[number]["expect"]): boolean {
  return expected === "refused" || Object.values(expected).includes("no");
}
