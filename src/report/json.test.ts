import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { golden } from "../../test/fixtures/golden.ts";
import { digestOf } from "../../test/fixtures/image-facts.ts";
import { reportText } from "../../test/fixtures/report-text.ts";
import { ADMITTED, HOSTILE, IMAGE_ALONE, PROBLEMS, REFUSED, UNPROVEN } from "../../test/fixtures/verdicts.ts";
import { SKIPPED, WORKLOADS } from "../../test/fixtures/workload-verdicts.ts";
import type { AcceptanceUse } from "../contract/acceptance-use.ts";
import type { Subject, Verdict } from "../contract/verdict.ts";
import { type ReportDocument, reportJsonSchema } from "../verdicts/report-schema.ts";
import { json } from "./json.ts";

const OPTIONS = { lang: "en", version: "0.1.0", rules: [] } as const;
const INPUT = {
  verdicts: [REFUSED, IMAGE_ALONE, UNPROVEN, ADMITTED, ...WORKLOADS],
  errors: PROBLEMS,
  skipped: SKIPPED,
};

const WORDS = { reason: "published key", author: "security@atlas.example", expires: "2026-12-31" };
const USES: readonly AcceptanceUse[] = [
  {
    acceptance: { fingerprint: "a", repository: "registry.example/app", digest: digestOf(1), ...WORDS },
    state: "applied",
    daysLeft: 35,
  },
  {
    acceptance: { fingerprint: "b", workload: { namespace: "shop", kind: "Job", name: "purge" }, ...WORDS },
    state: "absent",
    daysLeft: 35,
  },
];

/** A subject as the document spells it: the file and the line of its workload among its names. */
function written({ workload, ...subject }: Subject): unknown {
  if (workload?.at.in !== "file") return subject;
  const { at, ...names } = workload;
  return { ...subject, workload: { file: at.file, line: at.line, ...names } };
}

function parsed(): ReportDocument {
  return JSON.parse(reportText(json, INPUT, OPTIONS)) as ReportDocument;
}

describe("the report", () => {
  test("is the same in every language: it holds both", () => {
    expect(reportText(json, INPUT, { ...OPTIONS, lang: "fr" })).toBe(reportText(json, INPUT, OPTIONS));
  });

  test("holds all of every verdict", () => {
    const { verdicts, errors, skipped, ...head } = parsed();
    expect(head).toEqual({ schema: "douane/report/v1", contract: "2025-06", douane: "0.1.0" });
    const messages = PROBLEMS.map(({ message }) => message);
    expect(errors).toEqual([
      { file: "deploy/cassé.yaml", line: 7, message: messages[0] },
      { file: HOSTILE, message: messages[1] },
      { image: "registry.example.fr/atlas/absente:1.0.0", message: messages[2] },
      { workload: "Deployment/portail web", file: "deploy/portail.yaml", line: 3, message: messages[3] },
    ]);
    expect(skipped).toEqual([{ file: "charts/boutique", message: SKIPPED[0]?.message }]);
    expect(verdicts).toEqual(
      INPUT.verdicts.map(({ contract: _contract, evidence = [], subject, ...verdict }: Verdict) =>
        JSON.parse(JSON.stringify({ subject: written(subject), ...verdict, evidence })),
      ),
    );
  });

  test("says what became of the policy's acceptances, when there are any", () => {
    const report = JSON.parse(reportText(json, { ...INPUT, acceptances: USES }, OPTIONS)) as ReportDocument;
    expect(report.acceptedFindings).toEqual(
      USES.map(({ acceptance, state, daysLeft }) => ({ ...acceptance, state, daysLeft })),
    );
    expect(parsed()).not.toHaveProperty("acceptedFindings");
  });

  test("writes its keys in the format's order", () => {
    const finding = parsed().verdicts[0]?.rows[0]?.findings[0];
    expect(Object.keys(finding ?? {})).toEqual([
      "rule",
      "message",
      "remedy",
      "presumed",
      "fingerprint",
      "container",
      "at",
    ]);
  });
});

describe("its JSON Schema", () => {
  const ajv = new Ajv2020({ strict: true });
  addFormats.default(ajv);
  const validate = ajv.compile(reportJsonSchema());

  test("is the one in docs/", () => {
    const text = `${JSON.stringify(reportJsonSchema(), undefined, 2)}\n`;
    const file = join(import.meta.dirname, "../../docs/report.schema.json");
    expect(text).toBe(golden(file, text));
  });

  test("accepts every report", () => {
    const none = { verdicts: [], errors: [], skipped: [] };
    for (const input of [INPUT, none, { ...none, acceptances: USES }]) {
      validate(JSON.parse(reportText(json, input, OPTIONS)));
      expect(validate.errors).toBeNull();
    }
  });

  test.each<[string, (report: ReportDocument) => unknown]>([
    ["without its errors", ({ errors: _errors, ...report }) => report],
    ["of another version", (report) => ({ ...report, schema: "douane/report/v2" })],
    ["with an unknown answer", (report) => damaged(report, (row) => ({ ...row, answer: "maybe" }))],
    ["with an unknown row", (report) => damaged(report, (row) => ({ ...row, id: "root" }))],
    ["with a key too many", (report) => damaged(report, (row) => ({ ...row, waived: true }))],
    ["with a finding in one language", (report) => damaged(report, withoutFrench)],
    [
      "with a row missing",
      (report) => ({
        ...report,
        verdicts: report.verdicts.map((verdict) => ({ ...verdict, rows: verdict.rows.slice(1) })),
      }),
    ],
  ])("refuses one %s", (_, damage) => {
    expect(validate(damage(parsed()))).toBe(false);
  });
});

type JsonRow = ReportDocument["verdicts"][number]["rows"][number];

function damaged(report: ReportDocument, change: (row: JsonRow) => object): object {
  return { ...report, verdicts: report.verdicts.map((one) => ({ ...one, rows: one.rows.map(change) })) };
}

function withoutFrench(row: JsonRow): object {
  return { ...row, findings: row.findings.map((finding) => ({ ...finding, message: { en: "x" } })) };
}
