import type { DockerfileFacts } from "../../contract/dockerfile-facts.ts";
import type { RowId } from "../../contract/rows.ts";
import type { Answer, JudgedFinding } from "../../contract/verdict.ts";
import { compose } from "../line-origins.ts";
import { type EditedLines, editLines, linesOf } from "./lines.ts";
import { proposalsFor } from "./proposals.ts";

/** Facts and findings of a Dockerfile's text. */
export interface JudgedDockerfile {
  readonly facts: DockerfileFacts;
  /** Findings, each once. */
  readonly findings: readonly JudgedFinding[];
  readonly answers: ReadonlyMap<RowId, Answer>;
  /** Number of remarks that refute no row, which fix does not correct. */
  readonly notes: number;
}

export interface FixedDockerfile extends EditedLines {
  /** Judgement of the fixed text, with the remaining findings. */
  readonly after: JudgedDockerfile;
}

/** Maximum number of attempts, since each attempt reads and judges the whole text. */
const ATTEMPTS = 100;

/**
 * Corrects a Dockerfile's text as far as possible. The edits for each finding are tried and judged: an edit
 * is kept if its finding disappears, no new finding appears and no row's answer gets worse. Fixing the result
 * again therefore changes nothing.
 *
 * @param text content of the file, without a byte order mark
 */
export function fixDockerfile(text: string, judge: (text: string) => JudgedDockerfile): FixedDockerfile {
  let fixed: FixedDockerfile = { text, origins: linesOf(text).map((_, index) => index), after: judge(text) };
  let attempts = 0;
  for (let next: FixedDockerfile | undefined = fixed; next !== undefined; next = improved(fixed))
    fixed = next;
  return fixed;

  function improved({ text: before, origins, after }: FixedDockerfile): FixedDockerfile | undefined {
    for (const finding of after.findings) {
      for (const edit of proposalsFor(finding, after.facts, linesOf(before))) {
        attempts += 1;
        if (attempts > ATTEMPTS) return undefined;
        const edited = editLines(before, edit);
        const judged = judge(edited.text);
        if (!isBetter(after, judged, finding)) continue;
        return { text: edited.text, origins: compose(origins, edited.origins), after: judged };
      }
    }
    return undefined;
  }
}

const RANK: Readonly<Record<Answer, number>> = { no: 0, unproven: 1, "n/a": 2, yes: 2 };

function isBetter(before: JudgedDockerfile, after: JudgedDockerfile, settled: JudgedFinding): boolean {
  const known = new Set(before.findings.map(keyOf));
  const found = new Set(after.findings.map(keyOf));
  const isWorse = [...after.answers].some(
    ([row, answer]) => RANK[answer] < RANK[before.answers.get(row) ?? "no"],
  );
  return !found.has(keyOf(settled)) && [...found].every((key) => known.has(key)) && !isWorse;
}

function keyOf({ rule, fingerprint }: JudgedFinding): string {
  return `${rule} ${fingerprint}`;
}
