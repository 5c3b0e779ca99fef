import { z } from "zod";
import { InvalidInputError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { readInputFile } from "../process/input-file.ts";

const text = z.string();

/** What an acceptance needs of a JSON report. */
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

export type Report = z.infer<typeof reportSchema>;
type ReportedSubject = Report["verdicts"][number]["subject"];

/** Where a report shows a finding. */
export interface Reported {
  readonly subject: ReportedSubject;
  readonly container: string | undefined;
}

/** @param path absolute */
export async function readReport(path: string, name: string): Promise<Report> {
  const source = await readInputFile(path, name, "jsonBytes");
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    throw noReport(name);
  }
  const parsed = reportSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw noReport(name);
}

/** Each subject and container once. */
export function placesOf({ verdicts }: Report, fingerprint: string): readonly Reported[] {
  const found = new Map<string, Reported>();
  for (const [index, { subject, rows }] of verdicts.entries()) {
    for (const finding of rows.flatMap(({ findings }) => findings)) {
      if (finding.fingerprint !== fingerprint) continue;
      found.set(`${index} ${finding.container ?? ""}`, { subject, container: finding.container });
    }
  }
  return [...found.values()];
}

export function fingerprintsOf({ verdicts }: Report): readonly string[] {
  const all = verdicts.flatMap(({ rows }) => rows.flatMap(({ findings }) => findings));
  return [...new Set(all.map(({ fingerprint }) => fingerprint))];
}

function noReport(name: string): InvalidInputError {
  return new InvalidInputError("report-invalid", {
    fr: `${quoted(name)} n'est pas un rapport JSON de douane. L'écrire par : douane check … --format json=rapport.json`,
    en: `${quoted(name)} is no JSON report of douane. Write it by: douane check … --format json=report.json`,
  });
}
