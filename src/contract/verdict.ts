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

/** Answer to a row; in French: oui, non, à prouver, sans objet. */
export type Answer = "yes" | "no" | "unproven" | "n/a";

/** Answers, worst first: the answer for a subject is the worst of its containers' answers. */
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
  /**
   * Source of the image that replaced the referenced image, as the user wrote it; absent if it was not
   * replaced.
   */
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
  /** Last day of validity, `YYYY-MM-DD` (UTC). */
  readonly expires: string;
}

export interface Proof {
  readonly rule: RuleId;
  readonly message: Text;
  readonly container?: string;
  /** Last day (UTC, `YYYY-MM-DD`) on which the proof counts, if the day is near; absent otherwise. */
  readonly until?: string;
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
  /** Set for a presumed fail that became a note, since a trial proved the row. */
  readonly presumed?: boolean;
  /** The finding was accepted as false by the platform. */
  readonly accepted?: Acceptance;
}

/** Evidence that would settle an unproven row. */
export interface Missing {
  readonly evidence: EvidenceKind;
  /** Command that collects the evidence; absent if no command of this version does. */
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
  /** The 18 rows, always all, in the contract's order. */
  readonly rows: readonly RowVerdict[];
  /** Trials on which the verdict is based, for readers; absent if there was none. */
  readonly trials?: readonly TriedContainer[];
  /** Packages of the subject's images, for readers; absent if no image was examined. */
  readonly packages?: readonly HeldPackages[];
  /** Evidence on which the verdict is based, each piece with its origin. */
  readonly evidence?: readonly EvidenceOrigin[];
}

export interface HeldPackages {
  /** Name of the container; absent for an image alone. */
  readonly container?: string;
  readonly packages: ImagePackages;
}

export interface TriedContainer {
  /** Name of the container; absent for an image alone. */
  readonly container?: string;
  readonly facts: TrialFacts;
  /** Failed start; absent if the container came up. */
  readonly failedStart?: FailedStart;
}

export interface EvidenceOrigin {
  readonly kind: Kind;
  /** Name of the container; absent for the subject as a whole. */
  readonly container?: string;
  readonly origin: Origin;
}
