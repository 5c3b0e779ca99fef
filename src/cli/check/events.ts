import { DistinctEvents } from "../../assess/distinct-events.ts";
import type { AssessmentEvent } from "../../assess/run/request.ts";
import type { SourceProblem } from "../../contract/source-problem.ts";
import type { Lang, Text } from "../../contract/text.ts";
import type { AcceptedVulnerability } from "../../contract/vulnerability-acceptance.ts";
import { leftOutText } from "../../report/left-out-text.ts";
import type { LeftOutFiles } from "../../workload/left-out/left-out.ts";
import type { Session } from "../command-line/command.ts";
import { warn } from "../terminal/failure.ts";
import { type Progress, progressOn } from "../terminal/progress.ts";
import type { Keep } from "./keep.ts";
import { Problems } from "./problems.ts";
import { ReadingProgress } from "./reading-progress.ts";
import type { TrialView } from "./trial-view.ts";

/** Events before the verdicts, as the command line reports them. */
export class CheckEvents {
  readonly problems: Problems;
  readonly skipped: SourceProblem[] = [];
  readonly #session: Session;
  readonly #lang: Lang;
  readonly #progress: Progress;
  readonly #keep: Keep | undefined;
  readonly #reading: ReadingProgress;
  readonly #distinct = new DistinctEvents();
  #view: TrialView | undefined;

  /** Files of folders that were left out. */
  leftOut: readonly LeftOutFiles[] = [];
  /** Acceptances of vulnerabilities that no image needed. */
  idleVulnerabilityAcceptances: readonly AcceptedVulnerability[] = [];
  /** Whether every source could be read so far. */
  isWhole = true;

  constructor(session: Session, lang: Lang, keep: Keep | undefined) {
    this.problems = new Problems(session, lang);
    this.#session = session;
    this.#lang = lang;
    this.#progress = progressOn(session);
    this.#reading = new ReadingProgress(lang);
    this.#keep = keep;
  }

  /** Clears the progress line, so that the terminal can be used for other output. */
  async clear(): Promise<void> {
    await this.#progress.clear();
  }

  async warn(text: Text): Promise<void> {
    if (this.#session.quiet) return;
    await this.clear();
    await warn(text, this.#session.context, this.#lang);
  }

  async tell(told: AssessmentEvent): Promise<void> {
    const event = this.#distinct.next(told);
    if (event === undefined) return;
    switch (event.kind) {
      case "reading-image":
        // Without a shown progress line nothing is computed, since loading number formats takes 20 ms.
        if (!this.#progress.isShown) return;
        return this.#progress.show(this.#reading.text(event, this.#session.context.now().getTime()));
      case "images-read":
        this.#session.context.allowV8Threads?.(true);
        return this.clear();
      case "reading-layers":
        this.#session.context.boundYoungGeneration?.(true);
        if (event.inThreads) this.#session.context.allowV8Threads?.(false);
        return;
      case "many-workloads":
        this.#session.context.boundYoungGeneration?.(true);
        return;
      case "failed":
        this.isWhole = false;
        await this.clear();
        return this.problems.failed(event.about, event.error);
      case "unreadable":
        this.isWhole = false;
        await this.clear();
        return this.problems.unreadable(event.problems);
      case "skipped":
        this.skipped.push(...event.sources);
        return;
      case "left-out":
        this.leftOut = event.files;
        if (this.#session.quiet) return;
        await this.clear();
        for (const files of event.files) await warn(leftOutText(files), this.#session.context, this.#lang);
        return;
      case "vulnerability-acceptances-idle":
        this.idleVulnerabilityAcceptances = event.idle;
        return;
      case "warning":
        return this.warn(event.text);
      case "trial-begins":
        return (await this.#trialView()).begin(event.pod, event);
      case "trial-dependency":
        return this.#view?.sawDependency(event.pod, event.dependency);
      case "trial-shows":
        return this.#view?.saw(event.pod, event.container, event.seen);
      case "trial-kept":
        return this.#keep?.(event.name, event.facts, event.kept);
      case "trial-ends":
        return this.#view?.end(event.pod);
      default:
        return event satisfies never;
    }
  }

  /** View for the trials of all pods, which may run concurrently. */
  async #trialView(): Promise<TrialView> {
    const { TrialView } = await import("./trial-view.ts");
    this.#view ??= new TrialView(this.#session, this.#progress);
    return this.#view;
  }
}
