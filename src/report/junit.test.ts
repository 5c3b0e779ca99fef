import { describe, expect, test } from "vitest";
import { reportText } from "../../test/fixtures/report-text.ts";
import { ADMITTED, IMAGE_ALONE, PROBLEMS, REFUSED, UNPROVEN } from "../../test/fixtures/verdicts.ts";
import { DOCKERFILE, SKIPPED, WORKLOADS } from "../../test/fixtures/workload-verdicts.ts";
import { admission } from "../contract/admission.ts";
import { FAIL_ON, stops } from "../contract/fail-on.ts";
import { junit } from "./junit.ts";

const OPTIONS = { lang: "en", version: "0.1.0", rules: [] } as const;
const text = reportText(
  junit,
  { verdicts: [REFUSED, IMAGE_ALONE, UNPROVEN, ADMITTED], errors: PROBLEMS, skipped: SKIPPED },
  OPTIONS,
);

function testCase(suite: string, name: string): string {
  const [, body = ""] = text.split(`<testsuite name="${suite}"`);
  return new RegExp(`<testcase classname="[^"]*\\.${name}"[^]*?</testcase>`).exec(body)?.[0] ?? "";
}

describe("answers", () => {
  test("no is a failure, with findings and remedies", () => {
    expect(testCase("boutique/Deployment/web", "mandatory.non-root")).toMatch(
      /<failure message="no: USER app is a name [^"]*" type="no">USER app is [^]*\nremedy: Write `USER 1000`/,
    );
  });

  test("unproven fails where it decides, and says what is missing", () => {
    expect(testCase("boutique/Deployment/web", "mandatory.seccomp")).toContain(
      '<failure message="unproven: missing: the workload&#39;s manifest (douane check MANIFEST)" type="unproven">',
    );
  });

  test("unproven that does not decide is skipped, and says all that is missing", () => {
    expect(testCase("boutique/Deployment/web", "future.sbom")).toContain(
      '<skipped message="unproven: missing: the image&#39;s packages and its SBOM (douane check IMAGE) ; missing: fresh vulnerability data (douane vulns import FILE)"/>',
    );
  });

  test("what is missing comes with its command", () => {
    expect(testCase("nu &lt;b&gt;", "mandatory.non-root")).toContain(
      "missing: the image itself (douane check IMAGE)",
    );
  });

  test("yes succeeds with its proof", () => {
    expect(testCase("CronJob/アプリ", "mandatory.seccomp")).toContain(
      "<system-out>seen in the trial (1.2-trial)</system-out>",
    );
  });

  test("a source that could not be read is an error", () => {
    expect(text).toContain(
      '<error message="Not YAML: inconsistent indentation on line 7. Correct the file." type="source"/>',
    );
  });

  test("what no evidence speaks for succeeds without output", () => {
    const [row] = ADMITTED.rows;
    if (row === undefined) throw new Error("no row");
    const silent = { ...ADMITTED, rows: [{ ...row, proofs: [], notes: [] }] };
    expect(reportText(junit, { verdicts: [silent], errors: [], skipped: [] }, OPTIONS)).not.toContain(
      "system-out",
    );
  });
});

describe("several applications", () => {
  const many = reportText(junit, { verdicts: WORKLOADS, errors: [], skipped: SKIPPED }, OPTIONS);

  test("have a suite each, whose cases name it: GitLab joins the suites", () => {
    expect(many.match(/<testsuite /g)).toHaveLength(WORKLOADS.length + 1);
    const cases = many.match(/classname="[^"]*" name="[^"]*"/g) ?? [];
    expect(new Set(cases).size).toBe(cases.length);
  });

  test("name their file, and what was passed over is skipped", () => {
    expect(many).toContain(
      '<testcase classname="prod/Deployment/web.mandatory.no-escalation" name="1.1 allowPrivilegeEscalation: false is set" file="deployment-targets/prod/web.yaml">',
    );
    expect(many).toContain(
      '<testcase classname="sources" name="charts/boutique" file="charts/boutique">\n      <failure message="Helm chart: ',
    );
  });

  test("of a Dockerfile: the rows it speaks of, and one for the others", () => {
    const one = reportText(junit, { verdicts: [DOCKERFILE], errors: [], skipped: [] }, OPTIONS);
    expect(one).toContain('tests="3" failures="2" errors="0" skipped="1"');
    expect(one).toContain('file="services/web/Dockerfile"');
    expect(one).toContain(
      '<failure message="The other requirements cannot be judged from a Dockerfile (16 unproven)',
    );
    const refused = { ...OPTIONS, failOn: "refused" } as const;
    expect(reportText(junit, { verdicts: [DOCKERFILE] }, refused)).toContain(
      '<skipped message="The other requirements cannot be judged from a Dockerfile (16 unproven)',
    );
  });
});

describe("failures are exactly what stops the pipeline", () => {
  const all = [REFUSED, IMAGE_ALONE, UNPROVEN, ADMITTED, DOCKERFILE, ...WORKLOADS];
  const gates = FAIL_ON.flatMap((failOn) =>
    [false, true].map((enforceFuture) => ({ ...OPTIONS, failOn, enforceFuture })),
  );

  test.each(gates)("fail on $failOn, future enforced: $enforceFuture", (gate) => {
    for (const verdict of all) {
      const admitted = admission(verdict.rows, gate.enforceFuture);
      const failures = / failures="(\d+)" errors="0"/.exec(reportText(junit, { verdicts: [verdict] }, gate));
      expect([verdict.subject.name, failures?.[1] !== "0"]).toEqual([
        verdict.subject.name,
        stops(admitted, gate.failOn),
      ]);
    }
  });

  test("a recommendation that is not met is skipped, with what was found", () => {
    expect(testCase("registry.example/other:latest", "recommended.no-dockerfile")).toMatch(
      /<skipped message="no: [^"]*"\/>\n +<system-out>/,
    );
  });
});

describe("XML", () => {
  test("the numbers of a suite are those of its cases", () => {
    const suites = [...text.matchAll(/<testsuite [^]*?<\/testsuite>/g)].map(([suite]) => suite);
    for (const part of [text, ...suites]) {
      const [, ...said] = / tests="(\d+)" failures="(\d+)" errors="(\d+)" skipped="(\d+)"/.exec(part) ?? [];
      const seen = ["testcase", "failure", "error", "skipped"].map(
        (tag) => part.split(`<${tag} `).length - 1,
      );
      expect(said.map(Number)).toEqual(seen);
    }
    expect(suites).toHaveLength(6);
  });

  test("is well formed: every tag is ours and closed, every ampersand begins an entity", () => {
    const open: string[] = [];
    const strays: string[] = [];
    for (const [, slash, name = "", self] of text.matchAll(/<(\/?)([a-z-]+)(?: [a-z]+="[^"<]*")*(\/?)>/g)) {
      if (slash === "/" && open.pop() !== name) strays.push(name);
      if (slash !== "/" && self !== "/") open.push(name);
    }
    expect([open, strays]).toEqual([[], []]);
    const rest = text.replaceAll(/<\/?[a-z-]+(?: [a-z]+="[^"<]*")*\/?>/g, "").replace(/^<\?xml [^?]*\?>/, "");
    expect(rest).not.toMatch(/[<>]|&(?!(?:amp|lt|gt|quot|#39);)/);
  });
});
