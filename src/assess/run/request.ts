import type { FoundAttestation } from "../../attest/read/read-attachments.ts";
import type { Digest } from "../../contract/image-facts.ts";
import type { ProblemSubject, SourceProblem } from "../../contract/source-problem.ts";
import type { Text } from "../../contract/text.ts";
import type { TrialDependencyFacts } from "../../contract/trial-dependency.ts";
import type { TrialFacts, TrialUpdate } from "../../contract/trial-facts.ts";
import type { RowVerdict } from "../../contract/verdict.ts";
import type { AcceptedVulnerability } from "../../contract/vulnerability-acceptance.ts";
import type { TrialSettings } from "../../evidence/trial/settings.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Kept } from "../../trial/plan/kept.ts";
import type { VulnerabilityDatabase } from "../../vulnerabilities/database.ts";
import type { LeaveOut, LeftOutFiles } from "../../workload/left-out/left-out.ts";
import type { EvidencePort, OnCompared } from "./evidence-port.ts";
import type { GivenEvidence } from "./evidence-store.ts";
import type { ImageReplacement } from "./image-replacement.ts";
import type { Inputs } from "./inputs.ts";

/** Inputs and settings of an assessment: plain data, without ambient state. */
export interface AssessmentRequest {
  /** Inputs; if empty, the subjects of the evidence are judged. */
  readonly inputs: Inputs;
  readonly evidence: GivenEvidence;
  /** Minor version of Kubernetes 1.x for judging manifests. */
  readonly minor: number;
  /** Team, which is named in every verdict. */
  readonly team?: string;
  /** Platform of the images as `os/architecture[/variant]`; default: Linux on this machine's architecture. */
  readonly platform?: string;
  readonly policy: Policy;
  /** Whether manifests are judged together with the images that they name. */
  readonly readImages: boolean;
  /** Whether images are also run, and their behaviour judged. */
  readonly tryImages: boolean;
  /** Whether `trial-kept` events contain output and files of containers, which costs memory. */
  readonly keepsOutput?: boolean;
  /** Trial settings of the team. */
  readonly trial: TrialSettings;
  /** Images that replace some of the manifests'. */
  readonly replacements?: readonly ImageReplacement[];
  readonly insecureRegistries?: readonly string[];
  /** Hosts that may be at private addresses; absent: all. See HttpOptions. */
  readonly privateHosts?: readonly string[];
  /** Files of folders to leave out; default: none. */
  readonly leaveOut?: LeaveOut;
  /** PEM file of certificate authorities to trust besides the system's; absolute. */
  readonly caFile?: string;
  /**
   * Rows whose findings need line and column, which costs another parse of the document. Default: every row.
   *
   * @param subjects number of subjects
   */
  readonly locates?: (row: RowVerdict, subjects: number) => boolean;
}

/** Ambient resources that an assessment may use. */
export interface AssessmentPorts {
  /** Folder from which relative names start, absolute. */
  readonly cwd: string;
  /** Environment with proxies, credential files, and PATH of engines and runtimes. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Day of judging, `YYYY-MM-DD` (UTC). */
  readonly today: string;
  /** Time from which ages are counted, ISO 8601; default: the beginning of the day of judging. */
  readonly judgedAt?: string;
  /** Version of douane, to which evidence and cached facts are tied. */
  readonly douane: string;
  /** Folder of layer facts cached between runs; absent: no cache. */
  readonly cache?: string;
  /** Folder that is not used as a cache, which is reported where layers are read. */
  readonly unusedCache?: { readonly directory: string; readonly reason: Text };
  /** Evidence of images that earlier runs of this version collected; absent: images are read. */
  readonly evidence?: EvidencePort;
  /** Vulnerability data of this machine; absent: nothing is compared. */
  readonly vulnerabilities?: VulnerabilityDatabase;
  /**
   * Returns attestations about an image from another place than its registry; they are verified like attestations
   * beside the image. Absent: none. Rejects if that place cannot be read.
   */
  keptAttestations?(image: Digest): Promise<readonly FoundAttestation[]>;
  /** Receives the queries of each image's comparison with the vulnerability data; absent: nothing is recorded. */
  readonly onCompared?: OnCompared;
  /**
   * Receives what a source on which rows depend could not answer now (attestations, the base of an image): the verdict is
   * that of an outage, and another time may give another one. Absent: the rows' own words are enough.
   */
  onUnanswered?(text: Text): void;
  readonly signal: AbortSignal;
  /** Receives events in order; the assessment waits for it. */
  emit(event: AssessmentEvent): Promise<void> | void;
}

/** Event before the verdicts. Warnings and problems may be repeated; a consumer drops duplicates. */
export type AssessmentEvent =
  /** A source ended with an error and was not judged. */
  | { readonly kind: "failed"; readonly about: ProblemSubject; readonly error: unknown }
  /** Sources with invalid content, found together. */
  | { readonly kind: "unreadable"; readonly problems: readonly SourceProblem[] }
  /** Charts, overlays, templates, with the way to have them judged. */
  | { readonly kind: "skipped"; readonly sources: readonly SourceProblem[] }
  | { readonly kind: "warning"; readonly text: Text }
  /** Files of folders were left out, by reason. */
  | { readonly kind: "left-out"; readonly files: readonly LeftOutFiles[] }
  /** Event after all subjects are judged: these acceptances of vulnerabilities were not used. */
  | { readonly kind: "vulnerability-acceptances-idle"; readonly idle: readonly AcceptedVulnerability[] }
  /** Manifests contain so many workloads that memory must be saved from now on. */
  | { readonly kind: "many-workloads" }
  /** Layers are read from now on, by this thread alone or by several threads. */
  | { readonly kind: "reading-layers"; readonly inThreads: boolean }
  | ReadingImage
  | { readonly kind: "images-read" }
  | TrialEvent;

export interface ReadingImage {
  readonly kind: "reading-image";
  readonly image: string;
  /** Number of the image, from 1, and the total. */
  readonly number: number;
  readonly of: number;
  /** Bytes read of the image's layers; absent while it is being opened. */
  readonly bytes?: { readonly read: number; readonly total: number };
}

type TrialEvent =
  | {
      readonly kind: "trial-begins";
      /** Number of the pod in this run. */
      readonly pod: number;
      readonly title: string;
      readonly containers: readonly string[];
      /** Containers whose image is missing. */
      readonly absent: readonly string[];
    }
  | {
      /** A dependency became usable, or no longer is. */
      readonly kind: "trial-dependency";
      readonly pod: number;
      readonly dependency: TrialDependencyFacts;
    }
  | {
      readonly kind: "trial-shows";
      readonly pod: number;
      /** Index of the container in `containers`. */
      readonly container: number;
      readonly seen: TrialUpdate;
    }
  | {
      readonly kind: "trial-kept";
      /** Display name of the container. */
      readonly name: string;
      readonly facts: TrialFacts;
      readonly kept: readonly Kept[];
    }
  | { readonly kind: "trial-ends"; readonly pod: number };
