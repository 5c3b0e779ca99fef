import { stripVTControlCharacters } from "node:util";
import stringWidth from "fast-string-width";
import { describe, expect, test } from "vitest";
import { reportText } from "../../test/fixtures/report-text.ts";
import { ADMITTED, IMAGE_ALONE, PROBLEMS, REFUSED, UNPROVEN } from "../../test/fixtures/verdicts.ts";
import { DOCKERFILE, SKIPPED, WORKLOADS } from "../../test/fixtures/workload-verdicts.ts";
import type { Verdict } from "../contract/verdict.ts";
import { checklist } from "./checklist.ts";

const REPOSITORY = { verdicts: WORKLOADS, errors: [], skipped: SKIPPED };
const INPUT = { verdicts: [REFUSED, IMAGE_ALONE, UNPROVEN, ADMITTED], errors: PROBLEMS, skipped: SKIPPED };
const OPTIONS = { lang: "en", version: "0.1.0", rules: [] } as const;

describe("lines", () => {
  test.each([40, 60, 80, 100, 120])("fit %i columns, in both languages", (width) => {
    for (const lang of ["fr", "en"] as const) {
      for (const input of [INPUT, REPOSITORY, { ...REPOSITORY, verdicts: WORKLOADS.slice(-2) }]) {
        const lines = reportText(checklist, input, { ...OPTIONS, lang, width }).split("\n");
        expect(lines.filter((line) => stringWidth(line) > width)).toEqual([]);
      }
    }
  });

  test.each([
    [undefined, 80],
    [1, 40],
    [500, 120],
  ])("a terminal of %s columns counts as %i", (width, columns) => {
    const options = width === undefined ? OPTIONS : { ...OPTIONS, width };
    expect(reportText(checklist, INPUT, options)).toBe(
      reportText(checklist, INPUT, { ...OPTIONS, width: columns }),
    );
  });

  test("do not begin with French punctuation, nor end in blanks", () => {
    for (const line of reportText(checklist, INPUT, { ...OPTIONS, lang: "fr", width: 60 }).split("\n")) {
      expect(line).not.toMatch(/^ *[:;»]|[^ ] +$/);
    }
  });
});

describe("colour", () => {
  test("only colours: the text and its layout are the same without", () => {
    const plain = reportText(checklist, INPUT, OPTIONS);
    const colored = reportText(checklist, INPUT, { ...OPTIONS, color: true });
    expect(colored).toContain("\u001b[31m");
    expect(stripVTControlCharacters(colored)).toBe(plain);
  });

  test("of a table, too", () => {
    const colored = reportText(checklist, REPOSITORY, { ...OPTIONS, color: true });
    expect(stripVTControlCharacters(colored)).toBe(reportText(checklist, REPOSITORY, OPTIONS));
  });
});

describe("what a reader finds", () => {
  function read(...verdicts: readonly Verdict[]): string {
    return reportText(checklist, { verdicts, errors: [], skipped: [] }, { ...OPTIONS, width: 120 });
  }

  /** Without the line breaks. */
  function joined(verdict: Verdict): string {
    return read(verdict).replaceAll(/\s+/g, " ");
  }

  test("each answer by its word and its sign", () => {
    expect(read(REFUSED)).toMatch(/^ {2}✗ no {8}Image runs as a non-root user · 1\.1$/m);
    expect(read(REFUSED)).toMatch(/^ {2}\? unproven {2}Seccomp profile RuntimeDefault · 1\.1$/m);
    expect(read(REFUSED)).toMatch(/^ {2}– n\/a {7}Immutable tags · 3\.2$/m);
    expect(read(ADMITTED)).toMatch(/^ {2}✓ yes {7}Seccomp profile RuntimeDefault · 1\.1$/m);
  });

  test("a finding with its place, its containers, its rule and its remedy", () => {
    expect(read(REFUSED)).toContain("config.User · container web, migrate · 1.1-image-user\n");
    expect(read(REFUSED)).toContain("→ Write `USER 1000` in the Dockerfile instead.\n");
  });

  test("a presumed finding says that it is one", () => {
    expect(joined(REFUSED)).toContain(
      "container web · presumed: a trial can prove otherwise · 1.2-log-flags",
    );
  });

  test("of many proofs the first two lines", () => {
    const proof = { rule: "1.1-seccomp" as const, message: { fr: "vu", en: "seen ".repeat(60) } };
    const rows = ADMITTED.rows.map((row) => ({ ...row, proofs: [proof], notes: [] }));
    const told = read({ ...ADMITTED, rows })
      .split("\n")
      .filter((line) => line.includes("seen"));
    expect(told).toHaveLength(2 * 18);
    expect(told[1]).toMatch(/ seen …$/);
  });

  test("an accepted finding with reason, author and last day", () => {
    expect(joined(REFUSED)).toContain(
      "accepted as false: a library's test key (/app/node_modules/tls/test.pem · layer sha256:000000000000 · container migrate · clé de test publiée par la bibliothèque · security@atlas.example · until 2026-12-31 · 1.4-no-secrets)",
    );
  });

  test("eight findings of a row, each rule among them, and the number of the others", () => {
    const text = read(REFUSED);
    expect(text).toContain("… and 5 more: `--format json` lists them all");
    expect(joined(REFUSED)).toContain("container web · 1.4-no-environment-config");
    expect(text.match(/ - private key/g)).toHaveLength(7);
  });

  test("the same findings once, and where they stand", () => {
    expect(read(REFUSED)).toContain(
      "see above: No state or configuration baked into the image (12 findings)",
    );
  });

  test("one line that sums up, then what to do next", () => {
    expect(read(REFUSED).trimEnd().split("\n").slice(-3)).toEqual([
      "Refused: 6 no, 11 unproven, 1 n/a · mandatory requirements: 6 no, 6 unproven",
      "Next: Correct the 5 refused requirements as shown, then check again. Provide the workload's manifest (douane check",
      "MANIFEST), a trial of the image under the Restricted profile (douane trial IMAGE).",
    ]);
  });

  test("of several applications the total, in the last line", () => {
    expect(read(REFUSED, ADMITTED)).toMatch(/\n\n2 applications: 1 refused, 1 admitted\n$/);
  });

  test("of no application that nothing was judged", () => {
    expect(reportText(checklist, { verdicts: [], errors: PROBLEMS, skipped: SKIPPED }, OPTIONS)).toMatch(
      /\n\nNothing was judged\.\n$/,
    );
  });
});

describe("of many applications", () => {
  function sections(width: number): readonly string[] {
    return reportText(checklist, REPOSITORY, { ...OPTIONS, width }).split("\n\n");
  }

  /** The table's cells, line by line. */
  function table(width: number): readonly (readonly string[])[] {
    return (sections(width)[0] ?? "").split("\n").map((line) => line.split(/ {2,}/));
  }

  test("a table comes first: verdict, counts, name, environment, place", () => {
    expect(table(120).slice(0, 4)).toEqual([
      ["Verdict", "✗", "?", "✓", "–", "Application", "Environment", "Declared in"],
      ["? unproven", "1", "15", "2", "0", "Deployment/web", "boutique-preprod", place("preprod/web.yaml:3")],
      ["? unproven", "0", "15", "3", "0", "CronJob/export", "boutique-preprod", place("preprod/cron.yaml:3")],
      ["✗ refused", "1", "15", "2", "0", "Deployment/web", "prod", place("prod/web.yaml:3")],
    ]);
  });

  function place(file: string): string {
    return `deployment-targets/${file}`;
  }

  test("where there is less room, the place keeps its last folders, then goes", () => {
    expect(table(100)[1]?.at(-1)).toBe("…/preprod/web.yaml:3");
    expect(table(80)[1]?.at(-1)).toBe("boutique-preprod");
  });

  test("in a narrow terminal the table has the verdict and the name", () => {
    expect(table(60)[1]).toEqual(["? unproven", "Deployment/web · boutique-preprod"]);
  });

  test("without any environment there is no column for it", () => {
    const verdicts = Array.from({ length: 4 }, () => DOCKERFILE);
    const [head = ""] = reportText(checklist, { verdicts, errors: [], skipped: [] }, OPTIONS).split("\n");
    expect(head).not.toContain("Environment");
  });

  test("a name that has no room is elided in the table, and whole below it", () => {
    const name = `Deployment/${"a".repeat(90)}`;
    const long = WORKLOADS.map((one) => ({ ...one, subject: { ...one.subject, name } }));
    const [head = "", ...rest] = reportText(checklist, { ...REPOSITORY, verdicts: long }, OPTIONS).split(
      "\n\n",
    );
    expect(head).toMatch(/Deployment\/a+… {2}boutique-preprod/);
    expect(rest.join("").replaceAll(/\s/g, "")).toContain(name);
  });

  test("those of which the same is to be said stand together", () => {
    const together = sections(120).find((section) => /^\? .*CronJob\/export/.test(section));
    expect(together?.split("\n").filter((line) => line.startsWith("? Unproven"))).toHaveLength(3);
    expect(together).toContain(
      "? unproven  15 requirements, 10 of them mandatory · missing: the image itself",
    );
  });

  test("one finding of several containers is said once, with each of its lines", () => {
    const text = sections(120).join("\n");
    expect(text.match(/- allowPrivilegeEscalation is absent/g)).toHaveLength(1);
    expect(text.replaceAll(/\s+/g, " ")).toContain(
      "container migrate (deployment-targets/prod/web.yaml:22:11), web (deployment-targets/prod/web.yaml:31:11), proxy (deployment-targets/prod/web.yaml:58:11)",
    );
  });

  test("no acceptance is folded away, nor a doubt that no further evidence would settle", () => {
    const text = sections(120).join("\n");
    expect(text).toContain("accepted as false: test key");
    expect(text).toContain("- not valid Kubernetes: `readOnlyRootFilesystem` must be a boolean\n");
  });

  test("what was passed over is named, with what to do", () => {
    expect(sections(120)).toContainEqual(
      expect.stringMatching(/^Passed over, not judged\n {2}– charts\/boutique\n {4}Helm chart: /),
    );
  });
});

describe("of a Dockerfile", () => {
  test("only the rows of which it shows something, and one sentence for the others", () => {
    const text = reportText(
      checklist,
      { verdicts: [DOCKERFILE], errors: [], skipped: [] },
      { ...OPTIONS, width: 120 },
    );
    expect(text.match(/^ {2}[✗?✓–] /gm)).toHaveLength(2);
    expect(text).toContain(
      "The Dockerfile says nothing about the other requirements (16 unproven): the built image, its manifest and a trial prove",
    );
    expect(text).not.toContain("Future requirements");
  });
});

test("a path that does not fit beside the margin is moved out, not broken", () => {
  const file = "deployment-targets/production/a-very-long-name-of-a-service.yaml";
  const deep = REFUSED.rows.map((row) => ({
    ...row,
    findings: row.findings.map((finding) => ({ ...finding, at: { file, line: 7, column: 3 } })),
  }));
  const input = { verdicts: [{ ...REFUSED, rows: deep }], errors: [], skipped: [] };
  expect(reportText(checklist, input, OPTIONS)).toContain(`\n    ${file}:7:3 ·`);
});

test("no line is a command to GitHub's runner", () => {
  const subject = { name: `x ${"y".repeat(67)} ::add-mask::z ##[error]w`, images: [] };
  const text = reportText(
    checklist,
    { verdicts: [{ ...REFUSED, subject }], errors: [], skipped: [] },
    OPTIONS,
  );
  expect(text).toContain("\\u003a:add-mask::z");
  expect(text).not.toMatch(/^\s*::[a-z]|##\[/m);
});
