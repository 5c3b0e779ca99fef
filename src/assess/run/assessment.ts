import { type DouaneError, EXIT } from "../../contract/error.ts";
import type { Origin } from "../../contract/origin.ts";
import type { ProblemSubject, SourceProblem } from "../../contract/source-problem.ts";
import type { Text } from "../../contract/text.ts";
import { Exclusions } from "../../workload/left-out/left-out.ts";
import type { RunAttestations } from "../attestations/run-attestations.ts";
import { EvidenceStore } from "./evidence-store.ts";
import type { AssessmentPorts, AssessmentRequest } from "./request.ts";

const NOTHING_LEFT_OUT = { exclude: [], douaneignore: false, gitignore: false };

/** Receives problems of single sources. */
export interface ProblemListener {
  /** A source that ended with an error. */
  failed(about: ProblemSubject, error: unknown): Promise<void>;
  /** Sources with invalid content, found together. */
  unreadable(problems: readonly SourceProblem[]): Promise<void>;
}

/** Context of one run: the request, and the ports that the run may use. Always passed as a whole. */
export class Assessment implements ProblemListener {
  readonly request: AssessmentRequest;
  readonly ports: AssessmentPorts;
  readonly exclusions: Exclusions;
  readonly evidence: EvidenceStore;
  /** Attestations of the images; absent if the policy requires none. */
  readonly attestations: RunAttestations | undefined;

  constructor(request: AssessmentRequest, ports: AssessmentPorts, attestations?: RunAttestations) {
    this.attestations = attestations;
    this.request = request;
    this.ports = ports;
    this.evidence = new EvidenceStore(request.evidence.pieces, request.evidence.sources);
    this.exclusions = new Exclusions(request.leaveOut ?? NOTHING_LEFT_OUT, ports.cwd);
  }

  /** Origin of evidence that this run collects. */
  get origin(): Origin {
    return { by: "own-run", douane: this.ports.douane };
  }

  /** Time of judging, ISO 8601. */
  get judgedAt(): string {
    const { today, judgedAt = `${today}T00:00:00.000Z` } = this.ports;
    return judgedAt;
  }

  /**
   * Reports a source that ended with an error; if the run was interrupted, throws the interruption's reason
   * instead.
   */
  async failed(about: ProblemSubject, error: unknown): Promise<void> {
    this.ports.signal.throwIfAborted();
    await this.ports.emit({ kind: "failed", about, error });
  }

  /** Reports sources with invalid content. */
  async unreadable(problems: readonly SourceProblem[]): Promise<void> {
    this.ports.signal.throwIfAborted();
    if (problems.length > 0) await this.ports.emit({ kind: "unreadable", problems });
  }

  /** Reports sources that must be rendered first. */
  async skipped(sources: readonly SourceProblem[]): Promise<void> {
    if (sources.length > 0) await this.ports.emit({ kind: "skipped", sources });
  }

  /** Reports files of folders that were left out, after all were read. */
  async tellLeftOut(): Promise<void> {
    const { files } = this.exclusions;
    if (files.length > 0) await this.ports.emit({ kind: "left-out", files });
  }

  /** Reports a source that did not answer; an answer that there is nothing is one. */
  unanswered({ exit, code, text }: DouaneError): void {
    if (exit === EXIT.unavailable && code !== "image-not-found") this.ports.onUnanswered?.(text);
  }

  async warn(text: Text): Promise<void> {
    await this.ports.emit({ kind: "warning", text });
  }
}
