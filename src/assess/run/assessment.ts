import type { Origin } from "../../contract/origin.ts";
import type { ProblemSubject, SourceProblem } from "../../contract/source-problem.ts";
import type { Text } from "../../contract/text.ts";
import { Exclusions } from "../../workload/left-out/left-out.ts";
import { EvidenceAtHand } from "./evidence-at-hand.ts";
import type { AssessmentPorts, AssessmentRequest } from "./request.ts";

const NOTHING_LEFT_OUT = { exclude: [], douaneignore: false, gitignore: false };

/** Is told what is one source's fault. */
export interface ProblemListener {
  /** A source that ended with an error. */
  failed(about: ProblemSubject, error: unknown): Promise<void>;
  /** Sources that are not readable as what they claim to be, found together. */
  unreadable(problems: readonly SourceProblem[]): Promise<void>;
}

/** Context of one run: what is asked, and what the run may use. Handed on whole. */
export class Assessment implements ProblemListener {
  readonly request: AssessmentRequest;
  readonly ports: AssessmentPorts;
  readonly exclusions: Exclusions;
  readonly evidence: EvidenceAtHand;

  constructor(request: AssessmentRequest, ports: AssessmentPorts) {
    this.request = request;
    this.ports = ports;
    this.evidence = new EvidenceAtHand(request.evidence.pieces, request.evidence.sources);
    this.exclusions = new Exclusions(request.leaveOut ?? NOTHING_LEFT_OUT, ports.cwd);
  }

  /** Of what this run gathers itself. */
  get origin(): Origin {
    return { by: "own-run", douane: this.ports.douane };
  }

  /** A source that ended with an error; when the run itself was interrupted, that is thrown instead. */
  async failed(about: ProblemSubject, error: unknown): Promise<void> {
    this.ports.signal.throwIfAborted();
    await this.ports.emit({ is: "failed", about, error });
  }

  /** Sources that are not readable as what they claim to be. */
  async unreadable(problems: readonly SourceProblem[]): Promise<void> {
    this.ports.signal.throwIfAborted();
    if (problems.length > 0) await this.ports.emit({ is: "unreadable", problems });
  }

  /** What must be rendered first. */
  async skipped(sources: readonly SourceProblem[]): Promise<void> {
    if (sources.length > 0) await this.ports.emit({ is: "skipped", sources });
  }

  /** What was left out of folders, once all are read. */
  async tellLeftOut(): Promise<void> {
    const { files } = this.exclusions;
    if (files.length > 0) await this.ports.emit({ is: "left-out", files });
  }

  async warn(text: Text): Promise<void> {
    await this.ports.emit({ is: "warning", text });
  }
}
