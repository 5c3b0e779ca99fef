import type { Generated } from "kysely";

/** Tables of the store, all in the schema `douane`. */
export interface Tables {
  "douane.store": StoreTable;
  "douane.document": DocumentTable;
  "douane.evidence": EvidenceTable;
  "douane.verdict": VerdictTable;
  "douane.verdict_image": VerdictImageTable;
  "douane.workload": WorkloadTable;
  "douane.admitted_start": AdmittedStartTable;
  "douane.running_pod": RunningPodTable;
  "douane.subject": SubjectTable;
  "douane.release": ReleaseTable;
  "douane.audit_entry": AuditEntryTable;
  "douane.audit_head": AuditHeadTable;
}

/** A single row: the identity of this store. */
interface StoreTable {
  /**
   * UUID, contained in every signed head, so that another store's log cannot be mistaken for this store's.
   */
  readonly id: Generated<string>;
  /** Time from which every admission is in admitted_start. */
  readonly starts_known_since: Generated<Date>;
}

/** Documents by their SHA-256: the policies, rules and data used for verdicts. */
interface DocumentTable {
  readonly digest: string;
  readonly kind: string;
  readonly body: string;
  readonly kept_at: Generated<Date>;
}

/** Evidence about an image, by digest and kind. */
interface EvidenceTable {
  readonly digest: string;
  readonly kind: string;
  /** Version of douane that collected the evidence. */
  readonly douane: string;
  readonly body: string;
  readonly collected_at: Date;
}

interface VerdictTable {
  /** SHA-256 of the canonical JSON of subject, policy, rules and data. */
  readonly key: string;
  readonly subject: string;
  readonly policy: string;
  readonly rules: string;
  readonly data: string | null;
  readonly judged_at: Date;
  readonly admitted: string;
  readonly body: string;
}

/** Which verdicts an image occurs in. */
interface VerdictImageTable {
  readonly digest: string;
  readonly key: string;
}

/** Objects that were admitted last, by namespace and owner. */
interface WorkloadTable {
  readonly namespace: string;
  readonly workload: string;
  readonly key: string;
  readonly seen_at: Date;
}

/** What let pods in, by namespace and by the digest of what starts. */
interface AdmittedStartTable {
  readonly namespace: string;
  readonly start: string;
  /** SHA-256 of the judged images: a tag that moved makes another row. */
  readonly images: string;
  /** JSON: key of the verdict and judged images. */
  readonly body: string;
  readonly admitted_at: Date;
}

/** Pods that a watcher saw last, until they are gone. */
interface RunningPodTable {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  /** `Kind/name` */
  readonly workload: string;
  /** JSON: reference to the workload. */
  readonly reference: string;
  readonly node: string;
  readonly start: string;
  /** Of the verdict that let it in. */
  readonly key: string | null;
  readonly digests: readonly string[];
  readonly findings: readonly string[];
  readonly seen_at: Generated<Date>;
}

/** Subjects as they were judged. */
interface SubjectTable {
  readonly digest: string;
  readonly namespace: string;
  /** JSON, in bytes: PostgreSQL's text takes no U+0000. */
  readonly body: Buffer;
}

/** Releases by namespace and end. */
interface ReleaseTable {
  readonly id: string;
  readonly namespace: string;
  readonly until: Date;
  readonly body: string;
}

interface AuditEntryTable {
  /** Number of the entry, from 1 on, without gaps; PostgreSQL's bigint, as text. */
  readonly sequence: string;
  readonly previous: Buffer;
  readonly hash: Buffer;
  /** Time as in the entry, for searches. */
  readonly at: string;
  readonly namespace: string;
  /** Canonical JSON. */
  readonly entry: string;
}

interface AuditHeadTable {
  readonly sequence: string;
  readonly signed_at: Date;
  /** DSSE envelope. */
  readonly envelope: string;
}
