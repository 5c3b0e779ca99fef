import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { reportText } from "../../test/fixtures/report-text.ts";
import { REFUSED } from "../../test/fixtures/verdicts.ts";
import type { Place } from "../contract/finding.ts";
import type { SourceProblem } from "../contract/source-problem.ts";
import type { Verdict } from "../contract/verdict.ts";
import { reportJsonSchema } from "../verdicts/report-schema.ts";
import { github } from "./github.ts";
import { gitlabCodequality } from "./gitlab-codequality.ts";
import { REPORTS } from "./index.ts";
import { json } from "./json.ts";
import { junit } from "./junit.ts";
import type { Report } from "./report.ts";
import { sarif } from "./sarif.ts";

const AT = { in: "api", uid: "0b5e9f5c-7f3c", resourceVersion: "41" } as const;
const FIELD: Place = { uid: AT.uid, path: "spec.template.spec.hostNetwork" };
const IN_IMAGE: Place = { path: "/app/.env" };
const PROBLEM: SourceProblem = {
  about: { kind: "workload", name: "Deployment/web (shop)", at: AT },
  message: { fr: "trop long à juger", en: "takes too long to judge" },
};

/** A workload that no file holds, with one finding in its own field and one in its image. */
function verdict(): Verdict {
  const [first, ...rows] = REFUSED.rows;
  const [finding] = REFUSED.rows.flatMap((row) => row.findings);
  if (first === undefined || finding === undefined) throw new Error("no findings");
  const found = (at: Place, name: string) => ({ ...finding, container: "web", at, fingerprint: name });
  return {
    ...REFUSED,
    subject: {
      name: "Deployment/web",
      images: [{ container: "web", reference: "registry.example/web:1.4.2" }],
      workload: { at: AT, kind: "Deployment", namespace: "shop", name: "web" },
    },
    rows: [
      { ...first, answer: "no", findings: [found(FIELD, "field"), found(IN_IMAGE, "image")], notes: [] },
      ...rows.map((row) => ({ ...row, findings: [], notes: [] })),
    ],
  };
}

const OPTIONS = { lang: "en", version: "0.1.0", rules: [] } as const;

function textOf(report: Report): string {
  return reportText(report, { verdicts: [verdict()], errors: [PROBLEM] }, OPTIONS);
}

describe("a workload that the API of a cluster gave", () => {
  test.each(REPORTS.map((format) => [format.name, format] as const))(
    "is reported by %s, and no file is",
    async (_, format) => {
      const text = textOf(await format.load());
      expect(text).not.toMatch(/undefined:|\[object|deploy\.yaml/);
      expect(text).toContain("Deployment/web");
    },
  );

  test("says its UID where a file and a line stand otherwise", async () => {
    for (const name of ["checklist", "html"]) {
      const format = REPORTS.find((one) => one.name === name);
      expect(textOf((await format?.load()) ?? json)).toContain(`uid ${AT.uid}`);
    }
  });

  test("is a second form of the JSON report, which its schema knows", () => {
    const ajv = new Ajv2020({ strict: true });
    addFormats.default(ajv);
    const validate = ajv.compile(reportJsonSchema());
    const report: unknown = JSON.parse(textOf(json));
    const rest = Array.from({ length: 17 }, () => ({}));
    validate(report);
    expect(validate.errors).toBeNull();
    expect(report).toMatchObject({
      verdicts: [
        {
          subject: { workload: { in: "api", uid: AT.uid, resourceVersion: "41", kind: "Deployment" } },
          rows: [{ findings: [{ at: FIELD }, { at: IN_IMAGE }] }, ...rest],
        },
      ],
      errors: [{ workload: "Deployment/web (shop)", uid: AT.uid }],
    });
  });

  test("has logical locations in SARIF, and no artifact", () => {
    const log = JSON.parse(textOf(sarif)) as { runs: [{ results: { locations: object[] }[] }] };
    const locations = log.runs[0].results.flatMap((one) => one.locations);
    expect(locations.length).toBeGreaterThan(1);
    for (const location of locations) expect(Object.keys(location)).toEqual(["logicalLocations"]);
    expect(locations[0]).toMatchObject({
      logicalLocations: [
        { name: "Deployment/web", fullyQualifiedName: "shop/Deployment/web" },
        { name: "web" },
        { name: FIELD.path },
      ],
    });
  });

  test("stands under its image in GitLab, which shows no issue without a path", () => {
    const issues = JSON.parse(textOf(gitlabCodequality)) as { location: { path: string } }[];
    expect(issues[0]?.location.path).toBe("registry.example/web:1.4.2");
  });

  test("has no line that an annotation of GitHub or a test case of JUnit could show", () => {
    expect(textOf(github)).not.toMatch(/file=|line=/);
    expect(textOf(junit)).not.toMatch(/<testcase [^>]*file=/);
  });
});
