import type { Origin } from "../contract/origin.ts";
import { type ProblemSubject, problemTitle, type SourceProblem } from "../contract/source-problem.ts";
import type { Text } from "../contract/text.ts";
import { Exclusions } from "../workload/left-out/left-out.ts";
import type { AssessmentPorts, AssessmentRequest } from "./request.ts";

const NOTHING_LEFT_OUT = { exclude: [], douaneignore: false, gitignore: false };

/** Is told what is one source's fault. */
export interface ProblemListener {
  /** A source that ended with an error. */
  failed(about: ProblemSubject, error: unknown): Promise<void>;
  /** Sources that are not readable as what they claim to be, found together. */
  unreadable(problems: readonly SourceProblem[]): Promise<void>;
}

/** One run: what is asked, what it may use, and what it has told so far. Handed on whole. */
export class Assessment implements ProblemListener {
  readonly request: AssessmentRequest;
  readonly ports: AssessmentPorts;
  readonly exclusions: Exclusions;
  /** A folder is walked once for manifests and once for Dockerfiles; containers lack the same things. */
  readonly #told = new Set<string>();
  #isWhole = true;

  constructor(request: AssessmentRequest, ports: AssessmentPorts) {
    this.request = request;
    this.ports = ports;
    this.exclusions = new Exclusions(request.leaveOut ?? NOTHING_LEFT_OUT, ports.cwd);
  }

  /** Of what this run gathers itself. */
  get origin(): Origin {
    return { by: "own-run", douane: this.ports.douane };
  }

  /** So far, everything could be read. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** A source that ended with an error; when the run itself was interrupted, that is thrown instead. */
  async failed(about: ProblemSubject, error: unknown): Promise<void> {
    this.ports.signal.throwIfAborted();
    this.#isWhole = false;
    await this.ports.emit({ is: "failed", about, error });
  }

  /** Sources that are not readable as what they claim to be, each once. */
  async unreadable(found: readonly SourceProblem[]): Promise<void> {
    this.ports.signal.throwIfAborted();
    const problems = found.filter(({ about, message }) =>
      this.#isNew(`${problemTitle(about)}: ${message.en}`),
    );
    if (problems.length === 0) return;
    this.#isWhole = false;
    await this.ports.emit({ is: "unreadable", problems });
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

  /** Each thing once. */
  async warn(text: Text): Promise<void> {
    if (this.#isNew(text.en)) await this.ports.emit({ is: "warning", text });
  }

  #isNew(told: string): boolean {
    if (this.#told.has(told)) return false;
    this.#told.add(told);
    return true;
  }
}
