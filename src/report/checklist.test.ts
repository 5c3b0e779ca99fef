import { stripVTControlCharacters } from "node:util";
import stringWidth from "fast-string-width";
import { describe, expect, test } from "vitest";
import { ADMITTED, IMAGE_ALONE, PROBLEMS, REFUSED, UNPROVEN } from "../../test/fixtures/verdicts.ts";
import type { Verdict } from "../contract/verdict.ts";
import { checklist } from "./checklist.ts";

const INPUT = { verdicts: [REFUSED, IMAGE_ALONE, UNPROVEN, ADMITTED], errors: PROBLEMS };
const OPTIONS = { lang: "en", version: "0.1.0", rules: [] } as const;

describe("lines", () => {
  test.each([40, 60, 80, 100, 120])("fit %i columns, in both languages", (width) => {
    for (const lang of ["fr", "en"] as const) {
      const lines = checklist(INPUT, { ...OPTIONS, lang, width }).split("\n");
      expect(lines.filter((line) => stringWidth(line) > width)).toEqual([]);
    }
  });

  test.each([
    [undefined, 80],
    [1, 40],
    [500, 120],
  ])("a terminal of %s columns counts as %i", (width, columns) => {
    const options = width === undefined ? OPTIONS : { ...OPTIONS, width };
    expect(checklist(INPUT, options)).toBe(checklist(INPUT, { ...OPTIONS, width: columns }));
  });

  test("do not begin with French punctuation, nor end in blanks", () => {
    for (const line of checklist(INPUT, { ...OPTIONS, lang: "fr", width: 60 }).split("\n")) {
      expect(line).not.toMatch(/^ *[:;»]|[^ ] +$/);
    }
  });
});

describe("colour", () => {
  test("only colours: the text and its layout are the same without", () => {
    const plain = checklist(INPUT, OPTIONS);
    const colored = checklist(INPUT, { ...OPTIONS, color: true });
    expect(colored).toContain("\u001b[31m");
    expect(stripVTControlCharacters(colored)).toBe(plain);
  });
});

describe("what a reader finds", () => {
  function read(...verdicts: readonly Verdict[]): string {
    return checklist({ verdicts, errors: [] }, { ...OPTIONS, width: 120 });
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
      "Next: Correct the 5 refused requirements as shown, then check again. Provide the workload's manifest, a trial of the",
      "image under the Restricted profile.",
    ]);
  });

  test("of several applications the total, in the last line", () => {
    expect(read(REFUSED, ADMITTED)).toMatch(/\n\n2 applications: 1 refused, 1 admitted\n$/);
  });

  test("of no application that nothing was judged", () => {
    expect(checklist({ verdicts: [], errors: PROBLEMS }, OPTIONS)).toMatch(/\n\nNothing was judged\.\n$/);
  });
});
