import type { EvidenceKind } from "../contract/kinds.ts";
import { CATEGORIES, type Category, type RowId, type RuleId } from "../contract/rows.ts";
import type { Text } from "../contract/text.ts";
import type { RowVerdict, Verdict } from "../contract/verdict.ts";
import { toldOnce } from "./told-once.ts";

/** What keeps subjects from being admitted, or could be better in them: what one repair would settle. */
export interface Cause {
  readonly answer: "no" | "unproven";
  /** Of the strictest row that it bears on. */
  readonly category: Category;
  readonly row: RowId;
  /** What was found, or doubted, by this rule; absent where evidence is missing. */
  readonly rule?: RuleId;
  readonly evidence?: EvidenceKind;
  /** Gathers the evidence. */
  readonly command?: string;
  /** What is said of all of them alike; absent where each has its own words. */
  readonly message?: Text;
  /** The remedy, or what would settle it; absent where each has its own. */
  readonly remedy?: Text;
  /** The subjects by their place in the report, from 0, in order. */
  readonly subjects: readonly number[];
  /** How many of them nothing else refuses. */
  readonly alone: number;
}

interface Growing extends Omit<Cause, "message" | "remedy" | "subjects" | "alone"> {
  message?: Text | undefined;
  remedy?: Text | undefined;
  readonly subjects: number[];
  alone: number;
}

/** Groups what is to be done by its cause, while verdicts come; of each verdict, its number is kept. */
export class Causes {
  readonly #causes = new Map<string, Growing>();
  #count = 0;

  add({ rows, admitted }: Verdict): void {
    const subject = this.#count;
    this.#count += 1;
    const own = new Set<Growing>();
    const told = (key: string, cause: Omit<Growing, "subjects" | "alone">): void => {
      const known = this.#causes.get(key) ?? { ...cause, subjects: [], alone: 0 };
      this.#causes.set(key, known);
      own.add(known);
      known.message = common(known.message, cause.message);
      known.remedy = common(known.remedy, cause.remedy);
      if (known.subjects.at(-1) !== subject) known.subjects.push(subject);
    };
    for (const { item, category, rows: bears } of toldOnce(rows, (row) => refuting(row))) {
      const { rule, message, remedy } = item;
      told(`no ${category} ${rule}`, { answer: "no", category, row: bears[0], rule, message, remedy });
    }
    for (const row of rows) {
      if (row.answer === "unproven") open(row, told);
    }
    if (admitted !== "no") return;
    const [only, ...others] = [...own].filter(refuses);
    if (only !== undefined && others.length === 0) only.alone += 1;
  }

  /** What refuses first, then what most subjects have in common. */
  list(): readonly Cause[] {
    const rank = ({ answer, category }: Growing): number =>
      2 * CATEGORIES.indexOf(category) + (answer === "no" ? 0 : 1);
    return [...this.#causes.values()]
      .sort((a, b) => rank(a) - rank(b) || b.subjects.length - a.subjects.length)
      .map(({ message, remedy, ...cause }) => ({
        ...cause,
        ...(message === undefined ? {} : { message }),
        ...(remedy === undefined ? {} : { remedy }),
      }));
  }
}

function refuting({ answer, findings }: RowVerdict): RowVerdict["findings"] {
  return answer === "no" ? findings : [];
}

function refuses({ answer, category }: Growing): boolean {
  return answer === "no" && category !== "recommended";
}

function open(
  { id: row, category, doubts, missing }: RowVerdict,
  told: (key: string, cause: Omit<Growing, "subjects" | "alone">) => void,
): void {
  for (const { rule, reason, settle } of doubts) {
    told(`unproven ${category} ${rule}`, {
      answer: "unproven",
      category,
      row,
      rule,
      message: reason,
      remedy: settle,
    });
  }
  for (const { evidence, command } of missing) {
    told(`missing ${category} ${evidence}`, {
      answer: "unproven",
      category,
      row,
      evidence,
      ...(command === undefined ? {} : { command }),
    });
  }
}

/** What both say. */
function common(a: Text | undefined, b: Text | undefined): Text | undefined {
  return a?.fr === b?.fr && a?.en === b?.en ? a : undefined;
}
