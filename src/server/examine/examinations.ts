import type { Text } from "../../contract/text.ts";
import type { Subject } from "../admission/subject.ts";
import type { StoredVerdict, VerdictKey } from "../ports.ts";

/** Result of judging a subject. */
export interface Examined {
  /** Absent if there was no verdict. */
  readonly stored?: StoredVerdict;
  /** Problems that left something unexamined; empty if the verdict is whole. */
  readonly problems: readonly Text[];
}

/** Judges a subject with its images; rejects if it cannot be judged at all. */
export type Examine = (subject: Subject, key: VerdictKey, signal: AbortSignal) => Promise<Examined>;

/** A subject that is to be examined. */
export interface ExaminationRequest {
  readonly subject: Subject;
  readonly key: VerdictKey;
  /** Namespace of the request; namespaces take turns. */
  readonly namespace: string;
  /** Set where a verdict still counts and nobody waits: what is asked for without it comes first. */
  readonly isAgain: boolean;
  /** Time of judging of the newest verdict that the asker has seen, ISO 8601: a newer one needs no examination. */
  readonly seen?: string;
}

/** Answer to a request for an examination. */
export type Requested =
  /** It waits or is under way: one for a key, whoever asks. `ended` never rejects. */
  | { readonly kind: "under-way"; readonly ended: Promise<Examined> }
  /** It ended without a whole verdict so recently that it is not repeated. */
  | { readonly kind: "ended"; readonly examined: Examined }
  /** Too many wait. */
  | { readonly kind: "full" };

/** Examinations that are asked for, wait for their turn, and end: in this process, or in a database for all replicas. */
export interface Examinations {
  /** Asks for an examination, or joins the one of the same key. Rejects if its place cannot be kept. */
  request(request: ExaminationRequest): Promise<Requested>;
  /** What an examination ended with that is not to be repeated yet, as far as this process knows. */
  recent(key: VerdictKey): Examined | undefined;
  /** Number of examinations that wait for their turn. */
  waiting(): Promise<number>;
  /** Ends the examinations that are under way here. */
  close(): Promise<void>;
}

/** Milliseconds for which an examination without a whole verdict is not repeated. */
export const PROBLEM_MS = 10_000;
