import * as z from "zod/mini";
import { canonicalJson } from "../../json/canonical-json.ts";
import type { Decision } from "../ports.ts";

export const ENTRY_SCHEMA = "douane/audit-entry/v1";

/** Repeats of a recorded decision, counted over a minute. */
export interface Repeats {
  readonly kind: "repeats";
  /** Times of the first and the last repeat, ISO 8601. */
  readonly at: string;
  readonly until: string;
  readonly count: number;
  /** Last repeat, without its UID. */
  readonly decision: Omit<Decision, "uid">;
}

/** Content of an entry of the audit log: plain JSON. */
export type AuditEvent =
  | { readonly kind: "decision"; readonly at: string; readonly decision: Decision }
  | Repeats;

/** An entry, ready to be appended. */
export interface NewEntry {
  /** Canonical JSON. */
  readonly entry: string;
  readonly at: string;
  readonly namespace: string;
}

/** @param douane version that made the decision */
export function newEntry(event: AuditEvent, douane: string): NewEntry {
  return {
    entry: canonicalJson({ schema: ENTRY_SCHEMA, douane, ...event }),
    at: event.at,
    namespace: searchable(event.decision.namespace),
  };
}

/**
 * Text for a database column: PostgreSQL stores neither U+0000 nor half a surrogate pair, so both are
 * replaced. The entry itself keeps their escapes.
 */
export function searchable(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\ufffd");
}

const Key = z.object({
  subject: z.string(),
  policy: z.string(),
  rules: z.string(),
  data: z.optional(z.string()),
});
const Entry = z.looseObject({
  schema: z.literal(ENTRY_SCHEMA),
  kind: z.string(),
  at: z.string(),
  decision: z.looseObject({
    namespace: z.string(),
    name: z.string(),
    owner: z.optional(z.string()),
    key: z.optional(Key),
  }),
});

/** Members of an entry that searches and exports need. */
export type AuditEntry = z.infer<typeof Entry>;

/** Parsed entry; undefined if this version does not know its schema. */
export function parseEntry(value: unknown): AuditEntry | undefined {
  return z.safeParse(Entry, value).data;
}
