import type { EnforcedRows } from "../../contract/admission.ts";
import type { Digest } from "../../contract/image-facts.ts";
import type { Lang, Text } from "../../contract/text.ts";
import type { AdmissionSettings } from "../../policy/admission.ts";
import type { RowsOfNamespace } from "../../policy/enforced-rows.ts";
import type { GracePeriod } from "../grace-store.ts";
import type { Decision, Release, StoredVerdict } from "../ports.ts";
import type { Subject } from "./subject.ts";

/** State of a subject when its request has to be answered. */
export type VerdictAnswer =
  | { readonly kind: "known"; readonly stored: StoredVerdict }
  /** The examination is running, or waiting for its turn. */
  | { readonly kind: "under-examination"; readonly soFar?: StoredVerdict }
  /** No examination is started: the request is a dry run, or too many examinations are waiting. */
  | { readonly kind: "not-examined"; readonly why: Text; readonly soFar?: StoredVerdict }
  /** The examination ended without a verdict, or could not read one of the images. */
  | { readonly kind: "unreadable"; readonly why: readonly Text[]; readonly soFar?: StoredVerdict };

/** Request for the verdict of a subject. */
export interface VerdictRequest {
  readonly namespace: string;
  /** Deadline of the answer, in milliseconds as Date.now(): a later answer is useless. */
  readonly until: number;
  /** Whether an examination may be started. */
  readonly mayExamine: boolean;
  /** Reason why none may be started, if it is another than a dry run. */
  readonly unexamined?: Text;
  /** Future rows that decide in the namespace; absent if the policy's own future rows decide in every namespace. */
  readonly enforced?: EnforcedRows;
  /** Set for a judgement that no pod waits for, such as a repeated judgement: other examinations come first. */
  readonly isAgain?: true;
  /** Called once before an examination is started. @throws InvalidInputError for a request that must not start one */
  readonly verify: () => void;
}

/** Functions outside review() that it may call. */
export interface ReviewPorts {
  /** Never rejects for a subject that cannot be examined. */
  verdictOf(subject: Subject, request: VerdictRequest): Promise<VerdictAnswer>;
  /** Digest of the manifest to which a tag points now; undefined if it cannot be determined in time. */
  digestOf(reference: string, until: number): Promise<Digest | undefined>;
  /** Resolves when the decision is durable. */
  record(decision: Decision): Promise<void>;
  /** Releases of a namespace that end after this time. */
  releases(namespace: string, now: Date): Promise<readonly Release[]>;
  /** Grace period of a subject in a namespace; undefined if it has none. Absent where there are none. */
  gracePeriod?(namespace: string, subject: Digest): Promise<GracePeriod | undefined>;
  /** Verdict in the store by the current documents, whatever its age; absent where nothing is stored. */
  lastVerdict?(subject: Subject): Promise<StoredVerdict | undefined>;
  /** Current time in milliseconds, as Date.now(). */
  now(): number;
}

/** Settings of review(). */
export interface ReviewSettings {
  readonly admission: AdmissionSettings;
  /** Exempt namespaces of the policy, as a set. */
  readonly exempt: ReadonlySet<string>;
  /** Workloads to which the policy binds acceptances, `namespace/Kind/name`. */
  readonly bound: ReadonlySet<string>;
  readonly lang: Lang;
  /** Future rows of a namespace on this day. */
  rowsOf(namespace: string): RowsOfNamespace;
}
