import type { Text } from "../../contract/text.ts";
import type { Subject } from "../admission/subject.ts";
import type { JudgingDigests, StoredVerdict, VerdictKey } from "../ports.ts";

/** Result of judging a subject. */
export interface Examined {
  /** Verdict; absent if the subject could not be judged. */
  readonly stored?: StoredVerdict;
  /** Problems because of which a part was not examined; empty if the verdict is complete. */
  readonly problems: readonly Text[];
}

/** Judges a subject with its images; rejects if it cannot be judged at all. */
export type Examine = (subject: Subject, key: VerdictKey, signal: AbortSignal) => Promise<Examined>;

/** Subject that is to be examined. */
export interface ExaminationRequest {
  readonly subject: Subject;
  readonly key: VerdictKey;
  /** Namespace of the request; namespaces take turns. */
  readonly namespace: string;
  /**
   * Set if a verdict still counts and nobody waits for a newer one; requests without this flag come first.
   */
  readonly isAgain: boolean;
  /**
   * Time of judging of the newest verdict that the requester has, ISO 8601; a newer verdict makes the
   * examination unnecessary.
   */
  readonly seen?: string;
}

/** Answer to a request for an examination. */
export type Requested =
  /**
   * Examination that waits or runs; all requests with the same key share one examination. `ended` never
   * rejects.
   */
  | { readonly kind: "under-way"; readonly ended: Promise<Examined> }
  /** Examination that ended recently without a complete verdict; the examination is not repeated yet. */
  | { readonly kind: "ended"; readonly examined: Examined }
  /** Refusal: too many examinations are waiting. */
  | { readonly kind: "full" };

/** Queue of examinations at a moment. */
export interface QueueState {
  /** Number of waiting examinations. */
  readonly waiting: number;
  /** Number of running examinations. */
  readonly running: number;
  /** Age in seconds of the oldest waiting or running examination; 0 if there are none. */
  readonly oldestSeconds: number;
}

/** Queue of examinations: in this process, or in a database shared by all replicas. */
export interface Examinations {
  /** Requests an examination, or joins the one with the same key. Rejects if the request cannot be queued. */
  request(request: ExaminationRequest): Promise<Requested>;
  /**
   * Result of an examination that ended recently without a complete verdict, if this process knows the
   * result.
   */
  recent(key: VerdictKey): Examined | undefined;
  /**
   * Current state of the queue; with a database, of all replicas.
   *
   * @param by counts only examinations by these documents that somebody waits for: nobody may be there to make trials, or
   *   to examine by documents that were replaced
   */
  state(by?: JudgingDigests): Promise<QueueState>;
  /** Aborts the examinations that run in this process. */
  close(): Promise<void>;
}

/** Milliseconds for which an examination that ended without a complete verdict is not repeated. */
export const PROBLEM_MS = 10_000;
