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

/** Table with a single row: the identity of this store. */
interface StoreTable {
  /** UUID included in every signed head, so that the log of another store cannot be mistaken for this one. */
  readonly id: Generated<string>;
  /** Time from which admitted_start contains every admission. */
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

/** Verdicts by image. */
interface VerdictImageTable {
  readonly digest: string;
  readonly key: string;
}

/** Workloads admitted last, by namespace and owner. */
interface WorkloadTable {
  readonly namespace: string;
  readonly workload: string;
  readonly key: string;
  readonly seen_at: Date;
}

/** Admitted starts, by namespace and start digest. */
interface AdmittedStartTable {
  readonly namespace: string;
  readonly start: string;
  /** SHA-256 of the judged images, part of the primary key: a moved tag adds a row. */
  readonly images: string;
  /** JSON: key of the verdict and judged images. */
  readonly body: string;
  readonly admitted_at: Date;
}

/** Running pods as a watcher saw them last; rows of deleted pods are removed. */
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
  /** Key of the verdict that admitted the pod. */
  readonly key: string | null;
  /** Subject of this verdict; a released pod has none in the store. */
  readonly subject: string | null;
  readonly digests: readonly string[];
  readonly findings: readonly string[];
  readonly seen_at: Generated<Date>;
}

/** Judged form of each subject. */
interface SubjectTable {
  readonly digest: string;
  readonly namespace: string;
  /** JSON as bytes: PostgreSQL's type `text` cannot contain U+0000. */
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
  /** Number of the entry, from 1, without gaps; a bigint of PostgreSQL, as text. */
  readonly sequence: string;
  readonly previous: Buffer;
  readonly hash: Buffer;
  /** Time copied from the entry, for searches. */
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
