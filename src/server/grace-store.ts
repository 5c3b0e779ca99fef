import type { GraceKind } from "../contract/grace-period.ts";
import type { Digest } from "../contract/image-facts.ts";
import type { RowId } from "../contract/rows.ts";

/** Finding that refuses a running subject, and does not until a time. */
export interface GraceFinding {
  readonly row: RowId;
  readonly fingerprint: string;
  readonly kind: GraceKind;
  /** Vulnerability, or identifier of the rule. */
  readonly about: string;
  /** Times of its beginning and its end, ISO 8601. */
  readonly began: string;
  readonly until: string;
}

/** Grace period of a running subject; plain JSON. */
export interface GracePeriod {
  readonly namespace: string;
  /** Digest of the subject, which contains its images by their digests. */
  readonly subject: Digest;
  /** First end of a finding that refused the subject at the last change, ISO 8601: afterwards, the subject is refused. */
  readonly until: string;
  /** Workloads that ran it at the beginning, `Kind/name`. */
  readonly workloads: readonly string[];
  readonly findings: readonly GraceFinding[];
}

/** Store of grace periods, which all replicas share. */
export interface GraceStore {
  /** Grace period of a subject, ended ones included; undefined if it never had one. */
  gracePeriod(namespace: string, subject: Digest): Promise<GracePeriod | undefined>;
  /** Grace periods of a namespace that end after this time, the first end first. */
  gracePeriods(namespace: string, now: Date): Promise<readonly GracePeriod[]>;
  /** Number of other subjects whose grace period ends in each hour (since 1970, UTC) of this time. */
  endsByHour(
    from: Date,
    to: Date,
    except: Pick<GracePeriod, "namespace" | "subject">,
  ): Promise<ReadonlyMap<number, number>>;
  /** Resolves when the grace period is durable; it replaces that of its subject. */
  keepGracePeriod(period: GracePeriod): Promise<void>;
}
