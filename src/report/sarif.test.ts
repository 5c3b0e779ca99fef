import { describe, expect, test } from "vitest";
import { reportText } from "../../test/fixtures/report-text.ts";
import {
  ADMITTED,
  HOSTILE,
  IMAGE_ALONE,
  PROBLEMS,
  REFUSED,
  RULE_WORDS,
} from "../../test/fixtures/verdicts.ts";
import { DOCKERFILE, SKIPPED, WORKLOADS } from "../../test/fixtures/workload-verdicts.ts";
import { ROWS } from "../contract/rows.ts";
import type { Verdict } from "../contract/verdict.ts";
import type { ReportOptions } from "./report.ts";
import { sarif } from "./sarif.ts";
import { fileUri } from "./sarif-location.ts";

interface Result {
  readonly ruleId: string;
  readonly ruleIndex?: number;
  readonly kind: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string };
      readonly region: { readonly startLine: number };
    };
  }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly relatedLocations?: readonly object[];
  readonly properties: {
    readonly rows: readonly string[];
    readonly presumed?: boolean;
    readonly container?: string;
    readonly applications?: number;
  };
  readonly suppressions?: readonly { readonly kind: string; readonly justification: string }[];
}

interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
  readonly invocations: readonly object[];
  readonly results: readonly Result[];
}

const OPTIONS = { lang: "en", version: "0.1.0", rules: RULE_WORDS } as const;

function run(verdicts: readonly Verdict[], options: ReportOptions = OPTIONS): Run {
  const log = JSON.parse(reportText(sarif, { verdicts, errors: PROBLEMS, skipped: SKIPPED }, options)) as {
    runs: [Run];
  };
  return log.runs[0];
}

function resultOf(verdict: Verdict, fingerprint: string): Result {
  const found = run([verdict]).results.find((one) => one.partialFingerprints["douane/v1"] === fingerprint);
  if (found === undefined) throw new Error(`no result ${fingerprint}`);
  return found;
}

/** Findings of the image of one container. */
function ofWeb({ ruleId, properties }: Result): boolean {
  return ruleId === "1.1-image-user" && properties.container === "web";
}

describe("results", () => {
  test("a finding against a mandatory requirement is an error, with its remedy", () => {
    expect(resultOf(REFUSED, "1.1-image-user:app")).toMatchObject({
      ruleId: "1.1-image-user",
      kind: "fail",
      level: "error",
      message: {
        text: expect.stringMatching(
          /^USER app is .*\nconfig\.User · container web\nremedy: Write `USER 1000`/,
        ),
      },
    });
  });

  test("a finding against a recommendation is a warning", () => {
    expect(resultOf(IMAGE_ALONE, "3.3-builder:dockerfile").level).toBe("warning");
  });

  test("a presumed finding says so, to readers and to programs", () => {
    const result = resultOf(REFUSED, "1.2-log-flags:/var/log/app.log");
    expect(result.properties.presumed).toBe(true);
    expect(result.message.text).toContain("presumed: a trial can prove otherwise");
  });

  test("a finding that bears on two rows is told once, with both", () => {
    expect(resultOf(REFUSED, "1.2-log-flags:/var/log/app.log").properties.rows).toEqual([
      "read-only-root",
      "stdout-logs",
    ]);
  });

  test("a note is a note", () => {
    expect(resultOf(REFUSED, "1.1-privilege-tools:su")).toMatchObject({ kind: "fail", level: "note" });
  });

  test("an accepted finding is a suppressed note, with who answers for it", () => {
    expect(resultOf(REFUSED, "1.4-no-secrets:accepted")).toMatchObject({
      level: "note",
      suppressions: [
        {
          kind: "external",
          status: "accepted",
          justification: "clé de test publiée par la bibliothèque (security@atlas.example, until 2026-12-31)",
        },
      ],
    });
  });

  test("unproven rows that lack the same are open together, and say what they lack", () => {
    expect(resultOf(REFUSED, "no-host-access")).toMatchObject({
      ruleId: "no-host-access",
      kind: "open",
      level: "none",
      message: {
        text: expect.stringMatching(
          /^No privileged container, .*\n[^]*\nSeccomp profile RuntimeDefault\n[^]*missing: the workload's manifest$/,
        ),
      },
      properties: { rows: ["no-host-access", "no-escalation", "seccomp", "health"] },
    });
  });

  test("a finding in an image is told once, with the other applications that use it", () => {
    const others = ["one", "two"].map((name) => ({ ...REFUSED, subject: { ...REFUSED.subject, name } }));
    const results = run([REFUSED, ...others]).results.filter(ofWeb);
    expect(results).toMatchObject([
      {
        relatedLocations: [
          { id: 1, message: { text: expect.stringContaining("one") } },
          { id: 2, message: { text: expect.stringContaining("two") } },
        ],
        properties: { applications: 3 },
      },
    ]);
    const inFiles = run([REFUSED, ...others]).results.filter(({ ruleId }) => ruleId === "1.2-log-flags");
    expect(inFiles).toHaveLength(3);
  });

  test("of many applications the first are named", () => {
    const many = Array.from({ length: 60 }, (_, index) => ({
      ...REFUSED,
      subject: { ...REFUSED.subject, name: `app-${index}` },
    }));
    const [result] = run(many).results.filter(ofWeb);
    expect(result?.relatedLocations).toHaveLength(50);
    expect(result?.properties.applications).toBe(60);
  });

  test("an image in two containers of one application is one application", () => {
    const [row, ...rest] = REFUSED.rows;
    const [finding] = row?.findings ?? [];
    const [image] = REFUSED.subject.images.filter(({ container }) => container === finding?.container);
    if (row === undefined || finding === undefined || image === undefined) throw new Error("no finding");
    const twice = {
      ...REFUSED,
      subject: { ...REFUSED.subject, images: [...REFUSED.subject.images, { ...image, container: "twin" }] },
      rows: [{ ...row, findings: [finding, { ...finding, container: "twin" }] }, ...rest],
    };
    const results = run([twice]).results.filter(ofWeb);
    expect(results.map(({ relatedLocations }) => relatedLocations)).toEqual([undefined]);
  });

  test("an admitted application has its notes alone", () => {
    expect(run([ADMITTED]).results.map(({ level }) => level)).toEqual(["note"]);
  });
});

describe("places", () => {
  test("a field of a file: its line and column", () => {
    expect(resultOf(REFUSED, "1.2-log-flags:/var/log/app.log").locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: "deploy/production/web.yaml" },
          region: { startLine: 31, startColumn: 9 },
        },
        logicalLocations: [
          { name: "Deployment/web", fullyQualifiedName: "boutique/Deployment/web", kind: "resource" },
          { name: "web", fullyQualifiedName: "boutique/Deployment/web/web", kind: "resource" },
          {
            name: "spec.containers[0].args",
            fullyQualifiedName: "spec.containers[0].args",
            kind: "resource",
          },
        ],
      },
    ]);
  });

  test("a path in an image of a workload: the line that declares it, then layer and path", () => {
    expect(resultOf(REFUSED, "1.4-no-secrets:accepted").locations).toMatchObject([
      {
        physicalLocation: {
          artifactLocation: { uri: "deploy/production/web.yaml" },
          region: { startLine: 12 },
        },
        logicalLocations: [
          { name: "Deployment/web" },
          { name: "migrate" },
          { fullyQualifiedName: `sha256:${"2".padStart(64, "0")} /app/node_modules/tls/test.pem` },
        ],
      },
    ]);
  });

  test("an image alone: its reference, and no place within a workload", () => {
    const [location] = resultOf(IMAGE_ALONE, "no-host-access").locations;
    expect(location).toEqual({
      physicalLocation: {
        artifactLocation: { uri: "registry.example/other%3Alatest" },
        region: { startLine: 1 },
      },
    });
  });

  test("an application of which nothing but the name is known: its name", () => {
    const bare = { ...REFUSED, subject: { name: "a b", images: [] } };
    const [location] = resultOf(bare, "1.1-image-user:app").locations;
    expect(location?.physicalLocation.artifactLocation.uri).toBe("a%20b");
  });

  test("a layer without a path stands for itself", () => {
    const [row] = IMAGE_ALONE.rows.filter(({ findings }) => findings.length > 0);
    const [finding] = row?.findings ?? [];
    if (row === undefined || finding === undefined) throw new Error("no finding");
    const layer = `sha256:${"1".repeat(64)}` as const;
    const found = { ...IMAGE_ALONE, rows: [{ ...row, findings: [{ ...finding, at: { layer } }] }] };
    expect(resultOf(found, finding.fingerprint).locations).toMatchObject([
      { logicalLocations: [{ name: layer, fullyQualifiedName: layer }] },
    ]);
  });

  test("a Dockerfile: its line, and no result for what it says nothing of", () => {
    const { results } = run([DOCKERFILE]);
    expect(results.map(({ ruleId, kind }) => [ruleId, kind])).toEqual([
      ["1.1-dockerfile-user", "fail"],
      ["3.2-dockerfile-base-tag", "fail"],
      ["immutable-tag", "open"],
    ]);
    expect(results[0]?.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: "services/web/Dockerfile" },
          region: { startLine: 11, startColumn: 6 },
        },
      },
    ]);
  });

  test("no name makes a URI that leads elsewhere", () => {
    expect(fileUri(HOSTILE)).toMatch(/^[\w%./!~*'()-]+$/);
    expect(fileUri("javascript:alert(1)")).toBe("javascript%3Aalert(1)");
    expect(fileUri("\ud800")).toBe("%EF%BF%BD");
  });
});

describe("rules", () => {
  test("every rule that judged, then the 18 rows; each result points at its own", () => {
    const { tool, results } = run([REFUSED, IMAGE_ALONE]);
    expect(tool.driver.rules.map(({ id }) => id)).toEqual([
      ...RULE_WORDS.map(({ id }) => id),
      ...ROWS.map(({ id }) => id),
    ]);
    for (const { ruleId, ruleIndex = -1 } of results) {
      expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    }
  });

  test("a rule that the caller did not name has no index rather than a wrong one", () => {
    const { results } = run([REFUSED], { ...OPTIONS, rules: [] });
    const result = results.find(({ ruleId }) => ruleId === "1.1-image-user");
    expect(result).toBeDefined();
    expect(result).not.toHaveProperty("ruleIndex");
  });
});

describe("fingerprints", () => {
  const { results } = run([...WORKLOADS, REFUSED, IMAGE_ALONE]);

  test("tell the results of one report apart", () => {
    const keys = results.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints));
    expect(new Set(keys).size).toBe(results.length);
  });

  test("do not move with the lines", () => {
    const moved = WORKLOADS.map((verdict) => ({
      ...verdict,
      subject:
        verdict.subject.workload === undefined
          ? verdict.subject
          : {
              ...verdict.subject,
              workload: { ...verdict.subject.workload, at: { ...verdict.subject.workload.at, line: 999 } },
            },
    }));
    expect(run(moved).results.map(({ partialFingerprints }) => partialFingerprints)).toEqual(
      run(WORKLOADS).results.map(({ partialFingerprints }) => partialFingerprints),
    );
  });
});

test("a problem stands in its file; an image, which is no file, is named", () => {
  const [invocation] = run([]).invocations as [{ toolExecutionNotifications: { locations: unknown }[] }];
  const places = invocation.toolExecutionNotifications.map(({ locations }) => locations);
  expect(places[0]).toEqual([
    { physicalLocation: { artifactLocation: { uri: "deploy/cass%C3%A9.yaml" }, region: { startLine: 7 } } },
  ]);
  const reference = "registry.example.fr/atlas/absente:1.0.0";
  expect(places[2]).toEqual([{ logicalLocations: [{ fullyQualifiedName: reference, kind: "resource" }] }]);
  expect(places[3]).toMatchObject([
    {
      physicalLocation: { artifactLocation: { uri: "deploy/portail.yaml" } },
      logicalLocations: [{ fullyQualifiedName: "Deployment/portail web" }],
    },
  ]);
});

test("a source that could not be read is an error of the run", () => {
  expect(run([]).invocations).toMatchObject([
    {
      executionSuccessful: false,
      toolExecutionNotifications: [
        {
          level: "error",
          message: { text: "Not YAML: inconsistent indentation on line 7. Correct the file." },
        },
        { level: "error" },
        { level: "error", message: { text: "not found in the registry." } },
        { level: "error", message: { text: "the trial could not take place." } },
        { level: "note", message: { text: expect.stringMatching(/^Helm chart: /) } },
      ],
    },
  ]);
});
