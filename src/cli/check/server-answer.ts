import { z } from "zod";
import { ROWS, type RowId } from "../../contract/rows.ts";
import { shownText } from "../process/douane-server.ts";

const text = z.string().transform(shownText);
const rowId = z.enum(ROWS.map(({ id }) => id) as [RowId, ...RowId[]]);
/** Maximum number of items in a list: those that a server sends, and more. */
const MOST = 10_000;

/** Answer of a server to a check (CheckAnswer); members that a later version added are left out. */
const answerSchema = z
  .object({
    schema: z.literal("douane/check/v1"),
    decision: z.enum(["admitted", "refused", "unproven", "exempt"]),
    verdict: z.enum(["known", "under-examination", "not-examined", "unreadable"]).optional(),
    observedUntil: z.iso.date().optional(),
    judgedAt: text.optional(),
    rows: z
      .array(z.object({ id: rowId, answer: z.enum(["yes", "no", "unproven", "n/a"]), enforced: z.boolean() }))
      .max(ROWS.length),
    causes: z
      .array(
        z.object({
          reason: text,
          answer: z.enum(["no", "unproven"]).optional(),
          field: text.optional(),
          message: text,
        }),
      )
      .max(MOST),
    more: z.int().min(0),
    warnings: z.array(text).max(MOST),
    images: z.array(z.object({ container: text, reference: text, digest: text.optional() })).max(MOST),
  })
  // An admission is believed only with all 18 rows and nothing against them.
  .refine(({ decision, verdict, rows, causes }) => {
    if (decision !== "admitted") return true;
    const ids = new Set(rows.map(({ id }) => id));
    const isWhole = verdict === "known" && ids.size === ROWS.length && causes.length === 0;
    return isWhole && rows.every(({ answer, enforced }) => !enforced || answer === "yes" || answer === "n/a");
  });

export type ServerAnswer = z.output<typeof answerSchema>;

/** Answer of a server; undefined if it is not that of a check. */
export function readServerAnswer(answer: unknown): ServerAnswer | undefined {
  return answerSchema.safeParse(answer).data;
}
