import { describe, expect, test } from "vitest";
import { type Judged, reportText } from "../../test/fixtures/report-text.ts";
import { HOSTILE, IMAGE_ALONE, PROBLEMS, REFUSED } from "../../test/fixtures/verdicts.ts";
import { SKIPPED, WORKLOADS } from "../../test/fixtures/workload-verdicts.ts";
import type { Verdict } from "../contract/verdict.ts";
import { github } from "./github.ts";

const OPTIONS = { lang: "en", version: "0.1.0", rules: [] } as const;

function lines(input: Partial<Judged>, lang: "fr" | "en" = "en"): readonly string[] {
  const text = reportText(github, { verdicts: [], errors: [], skipped: [], ...input }, { ...OPTIONS, lang });
  return text.trimEnd().split("\n");
}

function levels(said: readonly string[]): readonly string[] {
  return said.map((line) => /^::(\w+) /.exec(line)?.[1] ?? line);
}

describe("levels", () => {
  test("errors refuse, warnings are presumed or not mandatory, notices inform", () => {
    expect(levels(lines({ verdicts: WORKLOADS, skipped: SKIPPED }))).toEqual([
      ...Array<string>(4).fill("error"),
      ...Array<string>(2).fill("warning"),
      ...Array<string>(3).fill("notice"),
    ]);
  });

  test("a source that could not be read is an error, before all findings", () => {
    const [first] = lines({ verdicts: WORKLOADS, errors: PROBLEMS });
    expect(first).toBe(
      "::error file=deploy/cassé.yaml,line=7,title=Sources that could not be read::deploy/cassé.yaml: Not YAML: inconsistent indentation on line 7. Correct the file.",
    );
  });

  test("at most ten of each are written, each application in its turn, and the others counted", () => {
    const verdicts = Array.from({ length: 12 }, (_, index) => named(REFUSED, `Deployment/web-${index}`));
    const said = lines({ verdicts, skipped: Array.from({ length: 12 }, () => SKIPPED).flat() });
    const count = (level: string): number => levels(said).filter((one) => one === level).length;
    expect([count("error"), count("warning"), count("notice")]).toEqual([10, 10, 10]);
    const names = said.slice(0, 10).map((line) => /web-\d+/.exec(line)?.[0]);
    expect(new Set(names).size).toBe(10);
    expect(said.at(-1)).toMatch(
      /^::notice title=douane::12 applications: 12 refused · \d+ findings · annotations not shown: \d+; `--format checklist` gives everything$/,
    );
  });

  function named(verdict: Verdict, name: string): Verdict {
    return { ...verdict, subject: { ...verdict.subject, name } };
  }
});

describe("an annotation", () => {
  const said = lines({ verdicts: WORKLOADS });

  test("stands on its line, under the requirement's title", () => {
    expect(said[0]).toBe(
      "::error file=deployment-targets/prod/web.yaml,line=22,col=11,title=allowPrivilegeEscalation%3A false is set (1.1)::prod/Deployment/web [migrate]: allowPrivilegeEscalation is not set, so it defaults to true%0A→ Add `securityContext: { allowPrivilegeEscalation: false }` to the container.",
    );
  });

  test("of a path inside an image stands where the workload is declared", () => {
    expect(said).toContainEqual(
      expect.stringMatching(
        /^::warning file=deployment-targets\/prod\/worker\.yaml,line=5,title=.*the log goes to \/var\/log\/app\.log \(\/etc\/app\.conf\)%0Apresumed: a trial can prove otherwise%0A→ /,
      ),
    );
  });

  test("of an image alone, or of standard input, stands nowhere", () => {
    expect(lines({ verdicts: [IMAGE_ALONE] })[0]).toMatch(/^::error title=/);
    const [problem] = PROBLEMS;
    const errors = problem === undefined ? [] : [{ ...problem, about: { kind: "file", file: "-" } as const }];
    expect(lines({ errors })[0]).toMatch(/^::error title=/);
  });

  test("of what the platform accepted as false says who answers for it", () => {
    expect(said).toContainEqual(
      expect.stringMatching(
        /^::notice .*test key \(\/app\/test\.pem\)%0Aaccepted as false: clé publiée par la bibliothèque \(securite@atlas\.example, until 2026-12-31\)$/,
      ),
    );
  });
});

describe("escaping", () => {
  test("no value ends its property, its line or its command", () => {
    const file = `a%0A:b,c=d\n::error::x ${HOSTILE}`;
    const said = lines({
      errors: [{ about: { kind: "file", file }, message: { fr: "x", en: `100 %\r\n::stop-commands::y` } }],
    });
    expect(said).toHaveLength(2);
    expect(said[0]).toMatch(/^::error file=a%250A%3Ab%2Cc=d\\n%3A%3Aerror%3A%3Ax /);
    expect(said[0]).toMatch(/: 100 %25\\r\\n::stop-commands::y$/);
  });
});

test("the last line sums up, of nothing that nothing was judged", () => {
  expect(lines({ verdicts: WORKLOADS }, "fr").at(-1)).toBe(
    "::notice title=douane::8 applications : 3 refusées, 5 à prouver · 6 constats",
  );
  expect(lines({})).toEqual(["::notice title=douane::Nothing was judged"]);
});
