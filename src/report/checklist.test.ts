import { stripVTControlCharacters } from "node:util";
import stringWidth from "fast-string-width";
import { describe, expect, test } from "vitest";
import { reportText } from "../../test/fixtures/report-text.ts";
import { ADMITTED, IMAGE_ALONE, PROBLEMS, REFUSED, UNPROVEN } from "../../test/fixtures/verdicts.ts";
import { DOCKERFILE, SKIPPED, WORKLOADS } from "../../test/fixtures/workload-verdicts.ts";
import { ROWS } from "../contract/rows.ts";
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

  /** The report without line breaks. */
  function joined(verdict: Verdict): string {
    return read(verdict).replaceAll(/\s+/g, " ");
  }

  test("each answer by its word and its sign", () => {
    expect(read(REFUSED)).toMatch(/^ {2}✗ no {8}Image runs as a non-root user · 1\.1$/m);
    expect(read(REFUSED)).toMatch(/^ {2}\? unproven {2}Image built without a Dockerfile · 3\.3$/m);
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
    expect(told[1]).toMatch(/ see\w*… \(--verbose\)$/);
  });

  test("all proofs, findings and rows with --verbose", () => {
    const whole = (verdict: Verdict): string =>
      reportText(checklist, { verdicts: [verdict] }, { ...OPTIONS, width: 120, view: { verbose: true } });
    const proof = { rule: "1.1-seccomp" as const, message: { fr: "vu", en: "seen ".repeat(60) } };
    const rows = ADMITTED.rows.map((row) => ({ ...row, proofs: [proof], notes: [] }));
    expect(whole({ ...ADMITTED, rows }).match(/seen/g)).toHaveLength(60 * 18);
    expect(whole(REFUSED).match(/ - private key/g)).toHaveLength(12);
    expect(whole(UNPROVEN).match(/^ {2}\? unproven/gm)).toHaveLength(18);
  });

  test("rows of which only the same evidence is missing stand together, each with its title", () => {
    const text = read(UNPROVEN);
    expect(text.match(/^ {2}\? unproven/gm)?.length).toBe(10);
    for (const { title } of ROWS) expect(text).toContain(title.en);
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
      "Next: Correct the 6 refused requirements as shown, then check again. Provide the workload's manifest (douane check",
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
  type Asked = Partial<Parameters<typeof checklist>[0]>;

  function told(asked: Asked = {}, verdicts: readonly Verdict[] = WORKLOADS): string {
    return reportText(checklist, { ...REPOSITORY, verdicts }, { ...OPTIONS, width: 120, ...asked });
  }

  /** The table's cells, line by line. */
  function table(
    asked: Asked = {},
    verdicts: readonly Verdict[] = WORKLOADS,
  ): readonly (readonly string[])[] {
    const section = told(asked, verdicts)
      .split("\n\n")
      .find((text) => text.startsWith("Verdict "));
    return (section ?? "").split("\n").map((line) => line.split(/ {2,}/));
  }

  const MANY = Array.from({ length: 300 }, (_, index) => {
    const one = WORKLOADS[index % WORKLOADS.length] ?? DOCKERFILE;
    return { ...one, subject: { ...one.subject, name: `Deployment/web-${index}`, team: `t${index % 2}` } };
  });

  test("what they have in common comes first: how many, where, and what to do", () => {
    const [refused = "", open = "", advised = "", accepted = ""] = told().split("\n\n");
    expect(refused).toBe(`Causes of refusal · applications
     1  allowPrivilegeEscalation is not set, so it defaults to true
        1.1-privilege-escalation · deployment-targets/prod/web.yaml:22:11, deployment-targets/prod/web.yaml:31:11,
        deployment-targets/prod/web.yaml:58:11
        → Add \`securityContext: { allowPrivilegeEscalation: false }\` to the container.
     1  the log goes to /var/log/app.log
        1.2-log-flags · /etc/app.conf (worker) · presumed: a trial can prove otherwise
        → Do what the contract asks.
     1  USER node is a name
        1.1-dockerfile-user · services/web/Dockerfile:11:6
        → Write \`USER 1000\`.`);
    expect(open).toContain("     8  missing: the image itself\n        → douane check IMAGE\n");
    expect(advised).toContain("     1  the tag latest is mutable\n");
    expect(accepted.replaceAll(/\s+/g, " ")).toContain("until 2026-12-31");
  });

  test("a command that corrects it in all manifests stands in the place of its remedy", () => {
    const view = { manifests: "deploy/", fixable: new Set(["1.1-privilege-escalation"] as const) };
    expect(told({ view })).toContain("        → douane fix deploy/\n");
    expect(told({ view })).toContain("        → douane check deploy/ --trial\n");
    expect(told({ view: { ...view, fixable: new Set() } })).toContain("→ Add `securityContext");
  });

  test("three hundred fit two screens, unless all is asked for", () => {
    for (const width of [80, 120]) {
      for (const lang of ["fr", "en"] as const) {
        expect(told({ width, lang }, MANY).split("\n").length).toBeLessThanOrEqual(120);
        expect(told({ width, lang, view: { groupBy: "environment" } }, MANY).split("\n").length).toBeLessThan(
          120,
        );
      }
    }
    expect(told({ view: { verbose: true } }, MANY).split("\n").length).toBeGreaterThan(600);
  });

  test("so do three hundred of each of which something else is wrong", () => {
    const own = MANY.map((verdict, index) => ({
      ...verdict,
      rows: verdict.rows.map((row) => ({
        ...row,
        findings: row.findings.map((finding) => ({
          ...finding,
          rule: `1.1-rule-${index}` as const,
          message: { fr: `${"long ".repeat(60)}${index}`, en: `${"long ".repeat(60)}${index}` },
        })),
      })),
    }));
    const text = told({ width: 80 }, own);
    expect(text.split("\n").length).toBeLessThanOrEqual(120);
    expect(text).toMatch(/… and \d+ more causes: --verbose/);
    expect(told({ width: 80, lang: "fr" }, own)).toMatch(/… et \d+ autres causes : --verbose/);
  });

  test("of one cause more than is told there is one", () => {
    const rules = Array.from({ length: 10 }, (_, index) => `1.1-rule-${index}` as const);
    const rows = REFUSED.rows.map((row) => ({
      ...row,
      findings: row.findings
        .slice(0, 1)
        .flatMap((one) => rules.map((rule) => ({ ...one, rule, fingerprint: rule }))),
    }));
    const own = Array.from({ length: 4 }, () => ({ ...REFUSED, rows: rows.slice(0, 1) }));
    expect(told({}, own)).toContain("… and 1 more cause: --verbose");
    expect(told({ lang: "fr" }, own)).toContain("… et 1 autre cause : --verbose");
  });

  test("the table has the refused first: verdict, counts, name, environment, place", () => {
    expect(table().slice(0, 5)).toEqual([
      ["Verdict", "✗", "?", "✓", "–", "Application", "Environment", "Declared in"],
      ["✗ refused", "2", "14", "2", "0", "Deployment/worker", "prod", place("prod/worker.yaml:5")],
      ["✗ refused", "1", "15", "2", "0", "Deployment/web", "prod", place("prod/web.yaml:3")],
      ["✗ refused", "1", "17", "0", "0", "services/web/Dockerfile"],
      ["? unproven", "1", "15", "2", "0", "Deployment/web", "boutique-preprod", place("preprod/web.yaml:3")],
    ]);
  });

  function place(file: string): string {
    return `deployment-targets/${file}`;
  }

  test.each([
    ["name", ["CronJob/export", "CronJob/export"]],
    ["file", ["services/web/Dockerfile", "CronJob/export"]],
    ["environment", ["services/web/Dockerfile", "Deployment/web"]],
  ] as const)("it can be sorted by %s", (sort, names) => {
    expect(
      table({ view: { sort } })
        .slice(1, 3)
        .map((cells) => cells[5]),
    ).toEqual(names);
  });

  test("it has as many lines as is asked, and says what is left", () => {
    expect(table({ view: { limit: 2 } })).toHaveLength(4);
    expect(told({ view: { limit: 2 } })).toContain(
      "  … and 6 applications: 1 refused, 5 unproven: --limit 0\n",
    );
    expect(told({ lang: "fr", view: { limit: 2 } })).toContain(
      "  … et 6 applications : 1 refusée, 5 à prouver",
    );
    expect(table({ view: { limit: 0 } }, MANY)).toHaveLength(301);
    expect(table({}, MANY)).toHaveLength(26);
  });

  test("it can be grouped: each group with its numbers", () => {
    expect(told({ view: { groupBy: "environment" } })).toContain(
      "\nprod · 5 applications: 2 refused, 3 unproven\n",
    );
    expect(told({ view: { groupBy: "environment" } })).toContain("\n(none) · 1 application: 1 refused\n");
    expect(told({ view: { groupBy: "team" } }, MANY)).toMatch(/\nt1 · 150 applications: /);
  });

  test("only those of one verdict are told where that is asked; all are counted", () => {
    const text = told({ view: { only: "unproven" } });
    expect(text).not.toMatch(/refused {4}/);
    expect(text).toMatch(/^Causes of refusal|^Still unproven/);
    expect(text).toContain("\n8 applications: 3 refused, 5 unproven\n");
    // A few applications are shown in full.
    expect(told({ view: { only: "no" } })).toContain("Mandatory requirements · ");
  });

  test("where there is less room, the place keeps its last folders, then goes", () => {
    expect(table({ width: 100 })[1]?.at(-1)).toBe("…/prod/worker.yaml:5");
    expect(table({ width: 80 })[1]?.at(-1)).toBe("prod");
  });

  test("in a narrow terminal the table has the verdict and the name", () => {
    expect(table({ width: 60 })[1]).toEqual(["✗ refused", "Deployment/worker · prod"]);
  });

  test("without any environment there is no column for it", () => {
    const [head = []] = table(
      {},
      Array.from({ length: 4 }, () => DOCKERFILE),
    );
    expect(head).not.toContain("Environment");
  });

  test("sources that could not be read are counted beyond the first", () => {
    const errors = Array.from({ length: 4 }, () => PROBLEMS).flat();
    const text = (view: object) =>
      reportText(checklist, { verdicts: WORKLOADS, errors, skipped: [] }, { ...OPTIONS, view });
    expect(text({})).toContain(`\n  … and ${errors.length - 5} more: --verbose\n`);
    expect(text({ verbose: true })).not.toContain("--verbose");
  });

  describe("with --verbose", () => {
    const asked = { view: { verbose: true } };

    function sections(): readonly string[] {
      return told(asked).split("\n\n");
    }

    test("a name that has no room is elided in the table, and whole below it", () => {
      const name = `Deployment/${"a".repeat(90)}`;
      const long = WORKLOADS.map((one) => ({ ...one, subject: { ...one.subject, name } }));
      expect(table({ ...asked, width: 80 }, long)[1]?.join("  ")).toMatch(/Deployment\/a+… {2}prod/);
      expect(told(asked, long).replaceAll(/\s/g, "")).toContain(name);
    });

    test("each is told; those of which the same is to be said stand together", () => {
      const together = sections().find((section) => /^\? .*CronJob\/export/.test(section));
      expect(together?.split("\n").filter((line) => line.startsWith("? Unproven"))).toHaveLength(3);
      expect(together).toContain(
        "? unproven  15 requirements, 10 of them mandatory · missing: the image itself",
      );
    });

    test("one finding of several containers is said once, with each of its lines", () => {
      const text = told(asked).replaceAll(/\s+/g, " ");
      expect(text).toContain(
        "container migrate (deployment-targets/prod/web.yaml:22:11), web (deployment-targets/prod/web.yaml:31:11), proxy (deployment-targets/prod/web.yaml:58:11)",
      );
    });
  });

  test("no acceptance is folded away, nor a doubt that no further evidence would settle", () => {
    expect(told()).toMatch(/ {5}1 {2}test key\n/);
    expect(told()).toContain("not valid Kubernetes: `readOnlyRootFilesystem` must be a boolean\n");
    expect(told({ view: { verbose: true } })).toContain("accepted as false: test key");
  });

  test("what was skipped is named, with what to do", () => {
    expect(told().split("\n\n")).toContainEqual(
      expect.stringMatching(/^Skipped \(not judged\)\n {2}– charts\/boutique\n {4}Helm chart: /),
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
      "The other requirements cannot be judged from a Dockerfile (16 unproven): check the built image with its manifest and",
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
