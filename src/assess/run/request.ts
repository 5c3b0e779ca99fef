import type { ProblemSubject, SourceProblem } from "../../contract/source-problem.ts";
import type { Text } from "../../contract/text.ts";
import type { TrialDependencyFacts } from "../../contract/trial-dependency.ts";
import type { TrialFacts, TrialShown } from "../../contract/trial-facts.ts";
import type { RowVerdict } from "../../contract/verdict.ts";
import type { AcceptedVulnerability } from "../../contract/vulnerability-acceptance.ts";
import type { TrialSettings } from "../../evidence/trial/settings.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Kept } from "../../trial/kept.ts";
import type { VulnerabilityDatabase } from "../../vulnerabilities/database/database.ts";
import type { LeaveOut, LeftOutFiles } from "../../workload/left-out/left-out.ts";
import type { GivenEvidence } from "./evidence-at-hand.ts";
import type { ImageReplacement } from "./image-replacement.ts";
import type { Inputs } from "./inputs.ts";

/** What is to be judged, and by what. Plain data: nothing in it is ambient. */
export interface AssessmentRequest {
  /** Empty: what the evidence at hand is about is judged. */
  readonly inputs: Inputs;
  readonly evidence: GivenEvidence;
  /** Of Kubernetes 1.x: what manifests are judged for. */
  readonly minor: number;
  /** Named in every verdict. */
  readonly team?: string;
  /** `os/architecture[/variant]` of the images; default: Linux on this machine's architecture. */
  readonly platform?: string;
  readonly policy: Policy;
  /** Manifests are judged together with the images that they name. */
  readonly readImages: boolean;
  /** Images are run, too, and what they do then is judged. */
  readonly tryImages: boolean;
  /** `trial-kept` events tell what containers said and wrote; costs memory. */
  readonly keepsOutput?: boolean;
  /** What the team says of trials. */
  readonly trial: TrialSettings;
  /** Images that take the place of some that the manifests name. */
  readonly replacements?: readonly ImageReplacement[];
  readonly insecureRegistries?: readonly string[];
  /** What of folders is left out; default: nothing. */
  readonly leaveOut?: LeaveOut;
  /** PEM file of certificate authorities to trust besides the system's; absolute. */
  readonly caFile?: string;
  /**
   * Whether line and column of what was found in this row are wanted: to find them the document is
   * parsed again. Default: of every row.
   *
   * @param subjects how many are judged
   */
  readonly locates?: (row: RowVerdict, subjects: number) => boolean;
}

/** Everything ambient that an assessment may use. */
export interface AssessmentPorts {
  /** Absolute: relative names begin there. */
  readonly cwd: string;
  /** Proxies, credential files, PATH of engines and runtimes. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The day of judging, `YYYY-MM-DD` (UTC). */
  readonly today: string;
  /** The moment that ages are counted from, ISO 8601; default: the beginning of that day. */
  readonly judgedAt?: string;
  /** Version of douane: of it, evidence and cached facts are. */
  readonly douane: string;
  /** Folder of what is known of layers from earlier runs; absent: none is kept. */
  readonly cache?: string;
  /** What is known of vulnerabilities on this machine; absent: nothing is compared with them. */
  readonly vulnerabilities?: VulnerabilityDatabase;
  readonly signal: AbortSignal;
  /** Is told what happens, in its order; the assessment waits for it. */
  emit(event: AssessmentEvent): Promise<void> | void;
}

/** Event on the way to the verdicts. The same warning or problem may come twice: whoever words it drops the second. */
export type AssessmentEvent =
  /** A source ended with an error: nothing is judged of it. */
  | { readonly is: "failed"; readonly about: ProblemSubject; readonly error: unknown }
  /** Sources that are not readable as what they claim to be, found together. */
  | { readonly is: "unreadable"; readonly problems: readonly SourceProblem[] }
  /** Charts, overlays, templates: what to do to have them judged. */
  | { readonly is: "skipped"; readonly sources: readonly SourceProblem[] }
  | { readonly is: "warning"; readonly text: Text }
  /** Files of folders that were left out, by what. */
  | { readonly is: "left-out"; readonly files: readonly LeftOutFiles[] }
  /** No subject follows: acceptances of vulnerabilities that no image had a use for. */
  | { readonly is: "vulnerability-acceptances-idle"; readonly idle: readonly AcceptedVulnerability[] }
  /** Manifests hold so many workloads that memory is to be saved from now on. */
  | { readonly is: "many-workloads" }
  /** Layers are read from now on, by this thread alone or by several. */
  | { readonly is: "reading-layers"; readonly inThreads: boolean }
  | ReadingImage
  | { readonly is: "images-read" }
  | TrialEvent;

export interface ReadingImage {
  readonly is: "reading-image";
  readonly image: string;
  /** From 1, of how many images. */
  readonly number: number;
  readonly of: number;
  /** Bytes of its layers; absent while it is opened. */
  readonly bytes?: { readonly read: number; readonly total: number };
}

type TrialEvent =
  | {
      readonly is: "trial-begins";
      /** Its number in this run. */
      readonly pod: number;
      readonly title: string;
      readonly containers: readonly string[];
      /** Containers whose image could not be had. */
      readonly absent: readonly string[];
    }
  | {
      /** It can be used, or cannot any more. */
      readonly is: "trial-dependency";
      readonly pod: number;
      readonly dependency: TrialDependencyFacts;
    }
  | {
      readonly is: "trial-shows";
      readonly pod: number;
      /** Index into `containers`. */
      readonly container: number;
      readonly seen: TrialShown;
    }
  | {
      readonly is: "trial-kept";
      /** Of the container, for people. */
      readonly name: string;
      readonly facts: TrialFacts;
      readonly kept: readonly Kept[];
    }
  | { readonly is: "trial-ends"; readonly pod: number };
