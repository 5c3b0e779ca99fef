import { z } from "zod";
import { ROWS, type RowId } from "../../contract/rows.ts";

const Text = z.strictObject({ fr: z.string(), en: z.string() });
const Id = z.enum(ROWS.map(({ id }) => id) as [RowId, ...RowId[]]);

const Answer = z.strictObject({
  schema: z.literal("douane/check/v1").describe("Of the server's answer to `POST /check`."),
  decision: z
    .enum(["admitted", "refused", "unproven", "exempt"])
    .describe(
      "What the webhook decides on the pods, observation left aside; unproven: refused because something is not known; exempt: pods of the namespace are let in without being judged.",
    ),
  verdict: z
    .optional(z.enum(["known", "under-examination", "not-examined", "unreadable"]))
    .describe("known: complete; else the rows are those of the manifest alone. Absent for exempt."),
  observedUntil: z
    .optional(z.string())
    .describe("Last day (UTC, YYYY-MM-DD) on which the webhook lets the pods in all the same."),
  judgedAt: z.optional(z.string()).describe("ISO 8601; absent without rows."),
  rows: z
    .array(
      z.strictObject({
        id: Id,
        answer: z.enum(["yes", "no", "unproven", "n/a"]),
        enforced: z.boolean().describe("Whether the row decides in the namespace."),
      }),
    )
    .max(ROWS.length)
    .describe("The 18 rows; empty if the object could not be judged."),
  causes: z
    .array(
      z.strictObject({
        reason: z.string().describe("A row of the contract, or image-unknown, tag-movable…"),
        answer: z.optional(z.enum(["no", "unproven"])).describe("Of the row; absent if it is no row."),
        field: z.optional(z.string()).describe("Field of the pod: spec.containers[0].image."),
        message: z.string(),
      }),
    )
    .describe("What speaks against the pods, as the webhook says it."),
  more: z.int().min(0).describe("Number of further causes."),
  warnings: z.array(z.string()).describe("What refuses nothing: rows that only warn, an observed namespace."),
  images: z.array(
    z.strictObject({ container: z.string(), reference: z.string(), digest: z.optional(z.string()) }),
  ),
});

const Problem = z.strictObject({ about: z.string(), message: Text });

/** Document of `douane check --server --format json`. */
export const serverCheckSchema = z.strictObject({
  schema: z.literal("douane/server-check/v1"),
  server: z.string().describe("Origin of the server: https://douane.douane.svc:8443."),
  workloads: z.array(
    z.strictObject({
      file: z.string(),
      line: z.int().min(1),
      kind: z.string(),
      name: z.string(),
      namespace: z.string(),
      answer: Answer,
    }),
  ),
  errors: z.array(Problem).describe("What could not be read, or was not answered."),
  skipped: z.array(Problem).describe("What must be rendered before it can be judged: charts, overlays."),
});
