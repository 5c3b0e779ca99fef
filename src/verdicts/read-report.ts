import { z } from "zod";

const text = z.string();

/** Fields of a report that are read; a later version may have more. */
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

/** Subjects of a report, with the findings that it shows. */
export type ReadReport = z.infer<typeof reportSchema>;

/**
 * Parses a JSON report; undefined if the text is not one.
 *
 * @param text of a document of `--format json`
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
