import { z } from "zod";
import { ACCEPTANCE_STATES } from "../contract/acceptance-use.ts";
import { exactly } from "../contract/exactly.ts";
import { EVIDENCE_KINDS, type EvidenceKind } from "../contract/kinds.ts";
import type { Origin } from "../contract/origin.ts";
import { CATEGORIES, ROWS, type RowId } from "../contract/rows.ts";
import { VULNERABILITY_LEVELS } from "../contract/vulnerability-facts.ts";

const text = z.object({ fr: z.string(), en: z.string() });
const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const count = z.int().min(1);
const rowId = z.enum(ROWS.map(({ id }) => id) as [RowId, ...RowId[]]);
const rule = z.string().describe("Rule id: the contract's clause, then a name");
const container = z.string().optional();

const image = z.object({
  container,
  reference: z.string(),
  source: z.string().optional().describe("The image that was judged in its place"),
  digest: digest.optional().describe("Of the manifest; a docker-archive has none"),
  imageId: digest.optional().describe("Of the config"),
  platform: z.string().optional(),
});

const named = {
  kind: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
  environment: z.string().optional().describe("The folder that stands for one"),
};
const ofFile = { file: z.string(), line: count, ...named };
const ofApi = {
  in: z.literal("api").describe("No file holds it: the API of a cluster gave it"),
  uid: z.string().describe("Of the object; while it is being created, perhaps of the request"),
  resourceVersion: z.string().optional().describe("Absent while it is being created"),
  ...named,
};

const subject = z.object({
  name: z.string(),
  team: z.string().optional(),
  images: z.array(image),
  workload: z.union([z.object(ofFile), z.object(ofApi)]).optional(),
});

const place = z.object({
  file: z.string().optional(),
  line: count.optional(),
  column: count.optional(),
  path: z.string().optional().describe("Inside the image, or a field"),
  layer: digest.optional(),
  uid: z.string().optional().describe("Of the object of the API in which `path` is a field"),
});

const found = {
  rule,
  message: text,
  remedy: text.optional(),
  fingerprint: z.string().describe("The same finding has the same fingerprint in every run"),
  container,
  at: place.optional(),
  vulnerability: z
    .object({
      id: z.string(),
      level: z.enum(VULNERABILITY_LEVELS),
      isExploited: z.literal(true).optional().describe("A list of exploited vulnerabilities contains it"),
      isMalware: z.literal(true).optional(),
    })
    .optional()
    .describe("The vulnerability that it is about"),
};

const finding = z.object({
  ...found,
  remedy: text,
  presumed: z.boolean().describe("Inferred from static signs: a trial can prove otherwise"),
});

const acceptance = {
  fingerprint: z.string(),
  repository: z.string().optional().describe("It counts for the images of this repository"),
  digest: digest.optional().describe("It counts for this image"),
  workload: z
    .object({ namespace: z.string(), kind: z.string(), name: z.string() })
    .optional()
    .describe("It counts for this workload"),
  reason: z.string(),
  author: z.string(),
  expires: z.iso.date(),
};

const note = z.object({
  ...found,
  presumed: z.boolean().optional().describe("It was a presumed finding, until a trial proved the row"),
  accepted: z.object(acceptance).optional().describe("Accepted as false by the platform's policy"),
});

const version = z.string().describe("The version of douane that gathered it");
const origins = z.discriminatedUnion("by", [
  z.object({ by: z.literal("own-run"), douane: version }),
  z.object({ by: z.literal("handed-in"), file: z.string(), douane: version }),
  z.object({ by: z.literal("signed"), signer: z.string(), douane: version }),
]);

const origin = exactly<Origin>()(origins);

const row = z.object({
  id: rowId,
  category: z.enum(CATEGORIES),
  answer: z.enum(["yes", "no", "unproven", "n/a"]),
  proofs: z.array(
    z.object({
      rule,
      message: text,
      container,
      until: z.iso.date().optional().describe("The last day (UTC) on which it proves, if that is near"),
    }),
  ),
  findings: z.array(finding),
  notes: z.array(note),
  doubts: z.array(z.object({ rule, reason: text, settle: text.optional(), container })),
  missing: z.array(
    z.object({
      evidence: z.enum(Object.keys(EVIDENCE_KINDS) as [EvidenceKind, ...EvidenceKind[]]),
      command: z.string().optional().describe("Gathers it; absent while no command does"),
    }),
  ),
  because: z.array(rowId).optional().describe("For a derived row: the rows that decide its answer"),
});

/** Subject of a problem: a file or folder, an image, or a workload with its declaration. */
const source = z.object({
  file: z.string().optional(),
  line: count.optional(),
  image: z.string().optional(),
  workload: z.string().optional().describe("Kind, name and namespace; its container, if it is about one"),
  uid: z.string().optional().describe("Of the workload, where the API of a cluster gave it"),
  message: text,
});

/** A document of `--format json`; members that a later version adds are not an error. */
export const reportSchema = z.object({
  schema: z.literal("douane/report/v1"),
  contract: z.string().describe("Edition of the contract"),
  douane: z.string().describe("Version that judged"),
  verdicts: z.array(
    z.object({
      subject,
      admitted: z.enum(["yes", "no", "unproven"]),
      evidence: z
        .array(z.object({ kind: z.string(), container, origin }))
        .describe("What it rests on, and where each piece of evidence comes from"),
      failedStarts: z
        .array(
          z.object({
            container,
            phase: z.string().describe("Of the trial"),
            reason: text,
            settle: text,
            lines: z.array(z.string()).describe("What it said last, secrets masked"),
          }),
        )
        .optional()
        .describe("Containers that did not come up during the trial"),
      rows: z.array(row).length(ROWS.length).describe("The contract's checklist, in its order"),
    }),
  ),
  errors: z.array(source).describe("Sources that could not be read"),
  skipped: z
    .array(source)
    .describe("What must be rendered before it can be judged: charts, overlays, templates"),
  leftOut: z
    .array(
      z.object({
        by: z.enum(["exclude", "douaneignore", "gitignore", "outside", "packages"]),
        count: z.int().positive(),
        files: z.array(z.string()).describe("The first of them"),
      }),
    )
    .optional()
    .describe("Files of folders that were left out on purpose"),
  acceptedFindings: z
    .array(
      z.object({
        ...acceptance,
        state: z
          .enum(ACCEPTANCE_STATES)
          .describe(
            "applied: it took a finding out; elsewhere: the finding stands where it does not count; absent: what it is bound to has no such finding; other-subjects: nothing that it is bound to was judged; expired",
          ),
        daysLeft: z.int().describe("Days on which it still counts after today; negative: expired"),
      }),
    )
    .optional()
    .describe("Every acceptance of the platform's policy, and what became of it"),
});

/** Document of `--format json`: keys in a fixed order, stable within its `schema`. */
export type ReportDocument = z.infer<typeof reportSchema>;

/** A verdict in the document. */
export type VerdictDocument = ReportDocument["verdicts"][number];

/** JSON Schema (draft 2020-12) of the documents that this version writes, without further members. */
export function reportJsonSchema(): object {
  return z.toJSONSchema(reportSchema, { target: "draft-2020-12" });
}
