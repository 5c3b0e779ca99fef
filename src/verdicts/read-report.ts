import { z } from "zod";

const text = z.string();

/** What is read of a report: a later version may write more. */
const reportSchema = z.object({
  schema: z.literal("douane/report/v1"),
  verdicts: z.array(
    z.object({
      subject: z.object({
        name: text,
        images: z.array(
          z.object({
            container: text.optional(),
            reference: text,
            digest: text.optional(),
            imageId: text.optional(),
          }),
        ),
        workload: z.object({ namespace: text.optional(), kind: text, name: text }).optional(),
      }),
      rows: z.array(
        z.object({ findings: z.array(z.object({ fingerprint: text, container: text.optional() })) }),
      ),
    }),
  ),
});

/** What a report is about, and which findings it shows. */
export type ReadReport = z.infer<typeof reportSchema>;

/**
 * Reads a JSON report; undefined where the text is none.
 *
 * @param text of a document as `--format json` writes it
 */
export function readReport(text: string): ReadReport | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = reportSchema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}
