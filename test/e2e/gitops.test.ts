import { join } from "node:path";
import { expect, test } from "vitest";
import type { ReportDocument } from "../../src/verdicts/report-schema.ts";
import { douane } from "../fixtures/douane.ts";
import { golden } from "../fixtures/golden.ts";

// The two example repositories, judged by their manifests alone, as in a team's job `validate`.

const cwd = join(import.meta.dirname, "../..");
const goldens = join(import.meta.dirname, "__goldens__");

type JsonVerdict = ReportDocument["verdicts"][number];

async function check(...argv: readonly string[]) {
  return douane(["check", "examples/gitops", "--no-images", ...argv], { cwd });
}

/** A verdict in short: answers by row, findings by rule and place. */
function shortly({ subject, admitted, rows }: JsonVerdict): object {
  const findings = rows.flatMap((row) =>
    row.findings.map(({ rule, container, at }) => {
      const place = at?.line === undefined ? "" : ` ${at.line}:${at.column}`;
      return `${row.id} ${rule}${container === undefined ? "" : ` [${container}]`}${place}`;
    }),
  );
  const { workload } = subject;
  const place = workload && "file" in workload ? `${workload.file}:${workload.line}` : "";
  return {
    subject: `${subject.name} ${place}`,
    admitted,
    answers: rows.map(({ id, answer }) => `${id}: ${answer}`).join(", "),
    findings,
  };
}

test.each(["fr", "en"])(
  "the checklist begins with causes and a table of the workloads (%s)",
  async (lang) => {
    const { exit, stdout, stderr } = await check("--lang", lang);
    expect([exit, stderr]).toEqual([1, expect.stringMatching(/^douane: 12 refus.* 1 source .* 1\n$/)]);
    const [table = ""] = stdout.split(/\n\n(?=[✓✗?] )/);
    expect(table).toBe(golden(join(goldens, `gitops.${lang}.txt`), table));
  },
);

test("the JSON report has every workload with its places", async () => {
  const { stdout } = await check("--format", "json");
  const { verdicts, errors }: ReportDocument = JSON.parse(stdout);
  expect(errors).toEqual([]);
  const text = `${JSON.stringify(verdicts.map(shortly), null, 1)}\n`;
  expect(text).toBe(golden(join(goldens, "gitops.json"), text));
});

test("every finding about a manifest says on which line and column", async () => {
  const { stdout } = await check("--format", "json");
  const { verdicts }: ReportDocument = JSON.parse(stdout);
  const places = verdicts
    .flatMap(({ rows }) => rows.flatMap(({ findings, notes }) => [...findings, ...notes]))
    .flatMap(({ at }) => (at?.file === undefined ? [] : [at]));
  expect(places.length).toBeGreaterThan(10);
  expect(places.filter(({ line, column }) => line === undefined || column === undefined)).toEqual([]);
});

test("the same manifests give the same bytes", async () => {
  expect(await check("--format", "json")).toEqual(await check("--format", "json"));
});
