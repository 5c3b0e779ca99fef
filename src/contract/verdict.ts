import type { AcceptanceScope } from "./acceptance-scope.ts";
import type { Kind } from "./evidence.ts";
import type { FailedStart } from "./failed-start.ts";
import type { Finding } from "./finding.ts";
import type { Digest } from "./image-facts.ts";
import type { EvidenceKind } from "./kinds.ts";
import type { ObjectLocation } from "./object-location.ts";
import type { Origin } from "./origin.ts";
import type { ImagePackages } from "./package-facts.ts";
import type { Category, RowId, RuleId } from "./rows.ts";
import type { Text } from "./text.ts";
import type { TrialFacts } from "./trial-facts.ts";

/** FR: oui · non · à prouver · sans objet. */
export type Answer = "yes" | "no" | "unproven" | "n/a";

/** Worst first: a subject of several containers has the worst of their answers. */
export const WORST_FIRST: readonly Answer[] = ["no", "unproven", "yes", "n/a"];

/** Subject of a verdict: an application, or an image alone. */
export interface Subject {
  readonly name: string;
  readonly team?: string;
  readonly images: readonly SubjectImage[];
  readonly workload?: {
    readonly at: ObjectLocation;
    readonly kind: string;
    readonly namespace?: string;
    readonly name: string;
    /** Folder of the environment: `deployment-targets/<this>/…`. */
    readonly environment?: string;
  };
}

export interface SubjectImage {
  readonly container?: string;
  readonly reference: string;
  /** The image that was judged in its place, as the user wrote it; absent: none was. */
  readonly source?: string;
  readonly digest?: Digest;
  readonly imageId?: Digest;
  readonly platform?: string;
}

/**
 * Acceptance of a false finding, with scope and reason: from the platform's policy, never from a team's file.
 */
export interface Acceptance extends AcceptanceScope {
  readonly fingerprint: string;
  readonly reason: string;
  readonly author: string;
  /** `YYYY-MM-DD`: the last day on which it counts (UTC). */
  readonly expires: string;
}

export interface Proof {
  readonly rule: RuleId;
  readonly message: Text;
  readonly container?: string;
}

/** A finding in a verdict, with its rule and remedy. */
export interface JudgedFinding extends Finding {
  readonly rule: RuleId;
  readonly remedy: Text;
  readonly presumed: boolean;
}

/** A finding that does not refute the row. */
export interface Note extends Finding {
  readonly rule: RuleId;
  /** It was a presumed fail until a trial proved the row. */
  readonly presumed?: boolean;
  /** The finding was accepted as false by the platform. */
  readonly accepted?: Acceptance;
}

/** Evidence that would settle an unproven row. */
export interface Missing {
  readonly evidence: EvidenceKind;
  /** The command that gathers it; absent while no command of this version does. */
  readonly command?: string;
}

/** Reason why a rule left a row unproven. */
export interface Doubt {
  readonly rule: RuleId;
  readonly reason: Text;
  readonly settle?: Text;
  readonly container?: string;
}

export interface RowVerdict {
  readonly id: RowId;
  readonly category: Category;
  readonly answer: Answer;
  readonly proofs: readonly Proof[];
  readonly findings: readonly JudgedFinding[];
  readonly notes: readonly Note[];
  readonly doubts: readonly Doubt[];
  readonly missing: readonly Missing[];
  /** For a derived row: the rows that decide its answer. */
  readonly because?: readonly RowId[];
}

export interface Verdict {
  readonly subject: Subject;
  readonly contract: string;
  readonly admitted: "yes" | "no" | "unproven";
  /** Always the 18 rows, in the contract's order. */
  readonly rows: readonly RowVerdict[];
  /** The trials that were judged with it, for the reader; absent when none was. */
  readonly trials?: readonly TriedContainer[];
  /** Packages of its images, for readers; absent if none was examined. */
  readonly packages?: readonly HeldPackages[];
  /** The evidence on which it rests, and where each piece of it comes from. */
  readonly evidence?: readonly EvidenceOrigin[];
}

export interface HeldPackages {
  /** Absent for an image alone. */
  readonly container?: string;
  readonly packages: ImagePackages;
}

export interface TriedContainer {
  /** Absent for an image alone. */
  readonly container?: string;
  readonly facts: TrialFacts;
  /** Absent: it came up. */
  readonly failedStart?: FailedStart;
}

export interface EvidenceOrigin {
  readonly kind: Kind;
  /** Absent: it is about the subject as a whole. */
  readonly container?: string;
  readonly origin: Origin;
}
