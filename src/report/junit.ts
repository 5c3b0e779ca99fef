import type { SourceProblem } from "../contract/source-problem.ts";
import { CompressedText } from "./compressed-text.ts";
import { escapeMarkup } from "./escape.ts";
import { APPLICATION, type Case, sourceCase, verdictCases } from "./junit-cases.ts";
import type { Report } from "./report.ts";
import { UniqueNames } from "./subject.ts";
import { WORDS } from "./words.ts";

/**
 * JUnit XML for the test tabs of GitLab, Jenkins and others: one suite per application, one case per row.
 * Failures are exactly the cases that stop the pipeline: binding rows that are `no` (or `unproven`, except
 * with --fail-on refused), and skipped sources. Other `no` and `unproven` rows are skipped cases, since they
 * are not successes. An unreadable source is an error. GitLab merges the suites of a job and identifies cases
 * by class and name, so the class contains the application.
 */
export const junit: Report = (gate) => {
  const { lang } = gate;
  const names = new UniqueNames();
  const suites: Suite[] = [];
  const texts = new CompressedText();
  function add(name: () => string, cases: readonly Case[]): void {
    suites.push({ name, counts: countCases(cases) });
    texts.add(cases.map(({ xml }) => xml).join(""));
  }
  function addSources(problems: readonly SourceProblem[], result: "error" | "failure", name: string): void {
    if (problems.length === 0) return;
    add(
      () => name,
      problems.map((one) => sourceCase(one, result, lang)),
    );
  }
  return {
    head: "",
    verdict(verdict) {
      add(names.add(verdict.subject), verdictCases(verdict, gate));
      return "";
    },
    *end({ errors, skipped }) {
      addSources(errors, "error", WORDS.notRead[lang]);
      addSources(skipped, "failure", WORDS.skipped[lang]);
      const all = suites.map(({ counts }) => counts).reduce(sum, countCases([]));
      yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="douane" ${attributes(all)}>\n`;
      for (const [suite, text] of texts.beside(suites)) yield suiteText(suite, text);
      yield "</testsuites>\n";
    },
  };
};

type Counts = Readonly<Record<"tests" | Case["result"], number>>;

interface Suite {
  /** Name of the suite, which is known only when all applications are known. */
  readonly name: () => string;
  readonly counts: Counts;
}

function suiteText({ name, counts }: Suite, cases: string): string {
  const shown = escapeMarkup(name());
  const text = cases.replaceAll(APPLICATION, () => shown);
  return `  <testsuite name="${shown}" ${attributes(counts)}>\n${text}  </testsuite>\n`;
}

function countCases(cases: readonly Case[]): Counts {
  const counts = { tests: cases.length, success: 0, failure: 0, error: 0, skipped: 0 };
  for (const { result } of cases) counts[result] += 1;
  return counts;
}

function sum(one: Counts, other: Counts): Counts {
  return {
    tests: one.tests + other.tests,
    success: one.success + other.success,
    failure: one.failure + other.failure,
    error: one.error + other.error,
    skipped: one.skipped + other.skipped,
  };
}

function attributes({ tests, failure, error, skipped }: Counts): string {
  return `tests="${tests}" failures="${failure}" errors="${error}" skipped="${skipped}"`;
}
