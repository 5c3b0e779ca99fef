import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { reportText } from "../../test/fixtures/report-text.ts";
import { ADMITTED, IMAGE_ALONE, PROBLEMS, REFUSED, UNPROVEN } from "../../test/fixtures/verdicts.ts";
import { DOCKERFILE, SKIPPED, WORKLOADS } from "../../test/fixtures/workload-verdicts.ts";
import type { Verdict } from "../contract/verdict.ts";
import { gitlabCodequality } from "./gitlab-codequality.ts";
import type { ReportFooter, ReportOptions } from "./report.ts";

const OPTIONS = { lang: "en", version: "0.1.0", rules: [] } as const;

interface Issue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

function issues(
  verdicts: readonly Verdict[],
  options: ReportOptions = OPTIONS,
  beside: Partial<ReportFooter> = {},
): readonly Issue[] {
  return JSON.parse(reportText(gitlabCodequality, { verdicts, ...beside }, options)) as Issue[];
}

/**
 * Schema by https://docs.gitlab.com/ci/testing/code_quality/: a list of objects whose required fields are
 * exactly these.
 */
const FORMAT = {
  type: "array",
  items: {
    type: "object",
    required: ["description", "check_name", "fingerprint", "severity", "location"],
    additionalProperties: false,
    properties: {
      description: { type: "string", minLength: 1 },
      check_name: { type: "string", minLength: 1 },
      fingerprint: { type: "string", minLength: 1 },
      severity: { enum: ["info", "minor", "major", "critical", "blocker"] },
      location: {
        type: "object",
        required: ["path", "lines"],
        additionalProperties: false,
        properties: {
          path: { type: "string", minLength: 1, not: { pattern: "^\\./" } },
          lines: {
            type: "object",
            required: ["begin"],
            properties: { begin: { type: "integer", minimum: 1 } },
          },
        },
      },
    },
  },
};

test("is what GitLab's documentation describes, each fingerprint once", () => {
  const all = issues([REFUSED, IMAGE_ALONE, UNPROVEN, ADMITTED, DOCKERFILE, ...WORKLOADS], OPTIONS, {
    errors: PROBLEMS,
    skipped: SKIPPED,
  });
  const validate = new Ajv2020().compile(FORMAT);
  validate(all);
  expect(validate.errors).toBeNull();
  expect(new Set(all.map(({ fingerprint }) => fingerprint)).size).toBe(all.length);
});

describe("severities", () => {
  test("what refuses is a blocker, a recommendation is information", () => {
    const byCheck = Map.groupBy(issues([REFUSED, IMAGE_ALONE]), ({ check_name: check }) => check);
    const severities = (check: string) => byCheck.get(check)?.map(({ severity }) => severity);
    expect(severities("douane/1.1-image-user")).toEqual(["blocker", "blocker"]);
    expect(severities("douane/3.3-builder")).toEqual(["info"]);
  });

  test("what is asked for in future is minor, until it decides", () => {
    const [row] = REFUSED.rows;
    if (row === undefined) throw new Error("no row");
    const future = { ...REFUSED, rows: [{ ...row, category: "future" as const }] };
    const severity = (enforceFuture: boolean) => issues([future], { ...OPTIONS, enforceFuture })[0]?.severity;
    expect([severity(false), severity(true)]).toEqual(["minor", "blocker"]);
  });

  test("what is unproven is an issue where it stops the pipeline", () => {
    const open = (failOn: "refused" | "unproven") =>
      issues([UNPROVEN], { ...OPTIONS, failOn }).filter(({ description }) =>
        description.includes("unproven"),
      );
    expect(open("unproven").length).toBeGreaterThan(0);
    expect(open("refused")).toEqual([]);
  });

  test("notes and what was accepted are no issues", () => {
    expect(issues([ADMITTED])).toEqual([]);
  });
});

describe("the same issue in the next run", () => {
  test("has the same fingerprint when lines moved", () => {
    const [first, ...rest] = REFUSED.rows.filter(({ findings }) => findings.some(({ at }) => at?.file));
    if (first === undefined) throw new Error("no row");
    const moved = first.findings.map((one) => ({ ...one, at: { ...one.at, line: 99 } }));
    const prints = (verdict: Verdict) => issues([verdict]).map(({ fingerprint }) => fingerprint);
    const was = { ...REFUSED, rows: [first, ...rest] };
    expect(prints({ ...was, rows: [{ ...first, findings: moved }, ...rest] })).toEqual(prints(was));
  });

  test("two that nothing else tells apart have a fingerprint each", () => {
    const prints = issues([UNPROVEN, UNPROVEN]).map(({ fingerprint }) => fingerprint);
    expect(new Set(prints).size).toBe(prints.length);
  });
});

describe("places", () => {
  test("a finding in an image stands once, at the first workload that uses it", () => {
    const others = ["one", "two"].map((name) => ({ ...REFUSED, subject: { ...REFUSED.subject, name } }));
    const told = (verdicts: readonly Verdict[], lang: "en" | "fr" = "en") =>
      issues(verdicts, { ...OPTIONS, lang }).filter(
        ({ check_name: check, description }) =>
          check === "douane/1.1-image-user" && description.includes("[web]"),
      );
    expect(told([REFUSED, ...others])).toMatchObject([
      {
        description: expect.stringMatching(/\(also in 2 other applications of this image\)$/),
        location: { path: "deploy/production/web.yaml", lines: { begin: 12 } },
      },
    ]);
    expect(told([REFUSED, ...others.slice(1)])[0]?.description).toContain("also in 1 other application of");
    expect(told([REFUSED, ...others], "fr")[0]?.description).toContain("aussi dans 2 autres applications de");
    expect(told([REFUSED, ...others.slice(1)], "fr")[0]?.description).toContain("1 autre application de");
  });

  test("of an image alone: its reference; of a Dockerfile: its line", () => {
    expect(issues([IMAGE_ALONE])[0]?.location).toEqual({
      path: "registry.example/other:latest",
      lines: { begin: 1 },
    });
    expect(issues([DOCKERFILE])[0]?.location).toEqual({
      path: "services/web/Dockerfile",
      lines: { begin: 11 },
    });
  });

  test("of an application of which nothing but the name is known: its name", () => {
    const bare = { ...UNPROVEN, subject: { name: "bare", images: [] } };
    expect(issues([bare])[0]?.location.path).toBe("bare");
  });

  test("of what could not be read or was left out: its file, or its name", () => {
    const said = issues([], OPTIONS, { errors: PROBLEMS, skipped: SKIPPED });
    expect(said.map(({ check_name: check, severity }) => [check, severity])).toEqual(
      [...PROBLEMS, ...SKIPPED].map(() => ["douane/source", "blocker"]),
    );
  });
});
