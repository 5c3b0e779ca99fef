import { expect, test } from "vitest";
import { EXIT } from "../../contract/error.ts";
import type { ProblemSubject } from "../../contract/source-problem.ts";
import { type Outcome, summaryLine } from "./summary-line.ts";

const MESSAGE = { fr: "", en: "" };
const image = (reference: string) => problem({ kind: "image", reference });
const WEB = { in: "file", file: "web.yaml", document: 0, line: 1 } as const;
const file = (name: string) => problem({ kind: "file", file: name });

function problem(about: ProblemSubject) {
  return { about, message: MESSAGE };
}

function outcome(changes: Partial<Outcome>): Outcome {
  const nothing = { verdicts: [], errors: [], skipped: [], unwritten: 0 };
  return { ...nothing, failOn: "unproven", exit: EXIT.refused, ...changes };
}

const REFUSED = Array.from({ length: 208 }, () => ({ admitted: "no" as const }));

test("a refusal and what could not be read are both counted", () => {
  const errors = ["a", "b", "c", "d", "d"].map(image);
  const line = summaryLine(outcome({ verdicts: REFUSED, errors, exit: EXIT.refusedUnread }));
  expect(line).toEqual({
    fr: "208 refusées ; 4 images n'ont pas pu être lues → code de retour 3",
    en: "208 refused; 4 images could not be read → exit code 3",
  });
});

test("everything that the code alone does not say stands in it", () => {
  const workload = problem({ kind: "workload", name: "Deployment/web", at: WEB });
  const line = summaryLine(
    outcome({
      verdicts: [{ admitted: "no" }, { admitted: "unproven" }, { admitted: "yes" }],
      errors: [image("a"), file("b"), file("b"), workload],
      skipped: [file("chart")],
      unwritten: 1,
      failOn: "refused",
      exit: 3,
    }),
  );
  expect(line?.en).toBe(
    "1 refused, 1 unproven, 1 admitted; 1 image could not be read; 1 file could not be read; 1 workload could not be tried; 1 source left out; 1 file could not be written; what is unproven does not stop (--fail-on refused) → exit code 3",
  );
});

test("nothing is said where the code says it all, or where nothing was judged", () => {
  expect(summaryLine(outcome({ verdicts: REFUSED }))).toBeUndefined();
  expect(summaryLine(outcome({ verdicts: [{ admitted: "yes" }], exit: 0 }))).toBeUndefined();
  expect(summaryLine(outcome({ errors: [image("a")], exit: 69 }))).toBeUndefined();
});
