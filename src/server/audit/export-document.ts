import * as z from "zod/mini";
import { DOCUMENT_KINDS } from "./document-kinds.ts";

export const EXPORT_SCHEMA = "douane/audit-export/v1";

const Sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const Digest = z.string().check(z.regex(/^sha256:[0-9a-f]{64}$/));

/**
 * Decisions about one application in a period, with the part of the chain that contains them and ends at a
 * signed head. Entries about other applications are represented only by their digests.
 */
export const ExportDocument = z.object({
  schema: z.literal(EXPORT_SCHEMA),
  application: z.string(),
  /** Beginning and end of the period, both included, ISO 8601. */
  from: z.string(),
  to: z.string(),
  /** Envelope of the head at which the chain ends. */
  head: z.unknown(),
  /** Policies, rules and data that the decisions name. */
  documents: z.array(z.object({ kind: z.enum(DOCUMENT_KINDS), digest: Digest, body: z.string() })),
  /** Sequence of the chain's first element, and hash of the entry before that element. */
  first: z.int().check(z.minimum(1)),
  previous: Sha256,
  /** Entries without a gap: an entry about the application in full, another entry by its SHA-256. */
  chain: z.array(z.union([Sha256, z.record(z.string(), z.unknown())])),
});
export type ExportDocument = z.infer<typeof ExportDocument>;
