import { type FailOn, stops } from "../../contract/fail-on.ts";
import { problemTitle, type SourceProblem } from "../../contract/source-problem.ts";
import type { Text } from "../../contract/text.ts";
import type { Verdict } from "../../contract/verdict.ts";

/** Outcome of a run. */
export interface Outcome {
  readonly verdicts: readonly Pick<Verdict, "admitted">[];
  /** Sources that could not be read. */
  readonly errors: readonly SourceProblem[];
  /** Sources found but not judged. */
  readonly skipped: readonly SourceProblem[];
  /** Reports and evidence that could not be written. */
  readonly unwritten: number;
  readonly failOn: FailOn;
  readonly exit: number;
}

/**
 * Last line on stderr, if the exit code alone is not the full result: `208 refused; 4 images could not be
 * read → exit code 3`. Otherwise undefined.
 */
export function summaryLine({
  verdicts,
  errors,
  skipped,
  unwritten,
  failOn,
  exit,
}: Outcome): Text | undefined {
  const passed = verdicts.filter(({ admitted }) => admitted !== "yes" && !stops(admitted, failOn)).length;
  if (errors.length + skipped.length + unwritten + passed === 0 || verdicts.length === 0) return undefined;
  const parts = [
    judged(verdicts),
    ...unread(errors),
    count(skipped.length, LEFT_OUT),
    count(unwritten, UNWRITTEN),
    ...(passed === 0 ? [] : [LET_THROUGH]),
  ].filter((part) => part !== undefined);
  return {
    fr: `${parts.map(({ fr }) => fr).join(" ; ")} → code de retour ${exit}`,
    en: `${parts.map(({ en }) => en).join("; ")} → exit code ${exit}`,
  };
}

const LET_THROUGH: Text = {
  fr: "ce qui est à prouver n'arrête pas (--fail-on refused)",
  en: "what is unproven does not stop (--fail-on refused)",
};

interface Counted {
  readonly one: Text;
  readonly many: Text;
}

const ADMITTED: readonly (readonly [Verdict["admitted"], Counted])[] = [
  ["no", { one: { fr: "refusée", en: "refused" }, many: { fr: "refusées", en: "refused" } }],
  ["unproven", { one: { fr: "à prouver", en: "unproven" }, many: { fr: "à prouver", en: "unproven" } }],
  ["yes", { one: { fr: "admise", en: "admitted" }, many: { fr: "admises", en: "admitted" } }],
];

const UNREAD: readonly (readonly [SourceProblem["about"]["kind"], Counted])[] = [
  [
    "image",
    {
      one: { fr: "image n'a pas pu être lue", en: "image could not be read" },
      many: { fr: "images n'ont pas pu être lues", en: "images could not be read" },
    },
  ],
  [
    "file",
    {
      one: { fr: "fichier n'a pas pu être lu", en: "file could not be read" },
      many: { fr: "fichiers n'ont pas pu être lus", en: "files could not be read" },
    },
  ],
  [
    "workload",
    {
      one: { fr: "workload n'a pas pu être essayé", en: "workload could not be tried" },
      many: { fr: "workloads n'ont pas pu être essayés", en: "workloads could not be tried" },
    },
  ],
];

const LEFT_OUT: Counted = {
  one: { fr: "source laissée de côté", en: "source left out" },
  many: { fr: "sources laissées de côté", en: "sources left out" },
};

const UNWRITTEN: Counted = {
  one: { fr: "fichier n'a pas pu être écrit", en: "file could not be written" },
  many: { fr: "fichiers n'ont pas pu être écrits", en: "files could not be written" },
};

function judged(verdicts: Outcome["verdicts"]): Text {
  const parts = ADMITTED.map(([wanted, words]) =>
    count(verdicts.filter(({ admitted }) => admitted === wanted).length, words),
  ).filter((part) => part !== undefined);
  return { fr: parts.map(({ fr }) => fr).join(", "), en: parts.map(({ en }) => en).join(", ") };
}

/** Sources that could not be read, each file and image once. */
function unread(errors: readonly SourceProblem[]): readonly (Text | undefined)[] {
  return UNREAD.map(([kind, words]) => {
    const of = errors.flatMap(({ about }) => (about.kind === kind ? [problemTitle(about)] : []));
    return count(new Set(of).size, words);
  });
}

function count(number: number, { one, many }: Counted): Text | undefined {
  if (number === 0) return undefined;
  const { fr, en } = number === 1 ? one : many;
  return { fr: `${number} ${fr}`, en: `${number} ${en}` };
}
