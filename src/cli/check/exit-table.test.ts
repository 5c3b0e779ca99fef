import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeAdmittedEvidence } from "../../../test/fixtures/admitted-evidence.ts";
import { douane } from "../../../test/fixtures/douane.ts";
import { writeLayout } from "../../../test/fixtures/image/layout.ts";
import { smallImage } from "../../../test/fixtures/small-image.ts";
import { FAIL_ON, type FailOn } from "../../contract/fail-on.ts";
import type { Verdict } from "../../contract/verdict.ts";
import { exitCodeOf } from "./exit-code.ts";

/** Verdicts by their words in docs/usage/pipelines.md, whose table must match the command. */
const JUDGED: Readonly<Record<string, Verdict["admitted"] | undefined>> = {
  "all admitted": "yes",
  "something unproven, nothing refused": "unproven",
  "something refused": "no",
  nothing: undefined,
};
const BESIDE: Readonly<Record<string, "nothing" | "left out" | "unread">> = {
  nothing: "nothing",
  "a source was left out (a chart that is not rendered)": "left out",
  "an image could not be read": "unread",
};

interface Line {
  readonly judged: string;
  readonly beside: string;
  readonly exits: Readonly<Record<string, number>>;
}

function linesOf(doc: string): readonly Line[] {
  const text = readFileSync(join(import.meta.dirname, "../../../docs/usage", doc), "utf8");
  const rows = text.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
  const from = rows.findIndex((cells) => cells.some((cell) => cell.startsWith("`--fail-on unproven`")));
  const lines = rows.slice(
    from + 2,
    rows.findIndex((cells, index) => index > from && cells.length === 1),
  );
  return lines.map(([, judged = "", beside = "", unproven, refused]) => {
    return { judged, beside, exits: { unproven: Number(unproven), refused: Number(refused) } };
  });
}

const LINES = linesOf("pipelines.md");
const CASES = LINES.flatMap((line) =>
  FAIL_ON.map((failOn) => [line.judged, line.beside, failOn, line.exits[failOn]] as const),
);

test("both languages have every combination, with the same codes", () => {
  expect(LINES).toHaveLength(Object.keys(JUDGED).length * Object.keys(BESIDE).length - 1);
  expect(new Set(LINES.map(({ judged, beside }) => `${judged} ${beside}`)).size).toBe(LINES.length);
  expect(linesOf("pipelines.fr.md").map(({ exits }) => exits)).toEqual(LINES.map(({ exits }) => exits));
});

describe("the table", () => {
  const cwd = mkdtempSync(join(tmpdir(), "douane-exits-"));
  afterAll(() => rmSync(cwd, { recursive: true }));
  beforeAll(async () => {
    await writeAdmittedEvidence(cwd);
    writeLayout(smallImage(), join(cwd, "open"), { ref: "1.4.2" });
    writeLayout(smallImage({ User: "0" }), join(cwd, "root"), { ref: "1.4.2" });
    mkdirSync(join(cwd, "deploy/chart"), { recursive: true });
    writeFileSync(join(cwd, "deploy/chart/Chart.yaml"), "name: a\n");
  });

  async function codeOf(
    admitted: Verdict["admitted"] | undefined,
    beside: "nothing" | "left out" | "unread",
    failOn: FailOn,
  ): Promise<number> {
    if (admitted === "yes" && beside !== "nothing") {
      // Evidence cannot be combined with other inputs.
      const failures = beside === "unread" ? [69] : [];
      return exitCodeOf([{ admitted }], failures, failOn, beside === "unread" ? [] : ["a chart"]);
    }
    const judged = admitted === undefined ? [] : OPERANDS[admitted];
    return (await douane(["check", ...judged, ...OTHERS[beside], "--fail-on", failOn], { cwd })).exit;
  }

  test.each(CASES)("%s, beside it %s: --fail-on %s gives %i", async (judged, beside, failOn, exit) => {
    expect([Object.keys(JUDGED), Object.keys(BESIDE)]).toEqual([
      expect.arrayContaining([judged]),
      expect.arrayContaining([beside]),
    ]);
    expect(await codeOf(JUDGED[judged], BESIDE[beside] ?? "nothing", failOn)).toBe(exit);
  });

  test("a refusal beside an image that could not be read is said by the last line, too", async () => {
    const { stderr } = await douane(["check", ...OPERANDS.no, ...OTHERS.unread], { cwd });
    expect(stderr).toMatch(/douane: 1 refused, 1 unproven; 1 image could not be read → exit code 3\n$/);
  });
});

const OPERANDS = {
  yes: ["--evidence", "admitted.json"],
  unproven: ["oci:open"],
  no: ["oci:open", "oci:root"],
} as const;

const OTHERS = { nothing: [], "left out": ["deploy"], unread: ["127.0.0.1:1/app:1.0.0"] } as const;
