import type { Lang, Text } from "../../contract/text.ts";
import type { TrialDependencyFacts } from "../../contract/trial-dependency.ts";
import type { TrialObservation, TrialPhaseFacts } from "../../contract/trial-facts.ts";
import { logLine, visible } from "../../report/escape.ts";
import { phaseName, phaseSummary, secondsText } from "../../report/trial-phase.ts";
import { failureWords } from "../../rules/trial/dependency-failure.ts";
import type { Session } from "../command-line/command.ts";
import type { Progress } from "../terminal/progress.ts";

type Seen = TrialObservation | TrialPhaseFacts;

/** What is shown of pods. */
export interface Pod {
  readonly title: string;
  /** Only when there are several, lines name theirs. */
  readonly containers: readonly string[];
  /** Those that are not run. */
  readonly absent: readonly string[];
}

const STARTING: Text = { fr: "démarrage", en: "starting" };
const NOT_RUN: Text = { fr: "pas lancé : voir l'erreur plus haut", en: "not run: see the error above" };
const READY: Text = { fr: "dépendance prête", en: "dependency ready" };
const TICK_MS = 200;

/**
 * Trials while they take place: one line on stderr for each phase of a container that is over; on a
 * terminal one more for what goes on, with its time. Of pods that run side by side, the first shows
 * its lines as they come, the others theirs when it is over. Nothing when quiet.
 */
export class TrialView {
  readonly #session: Session;
  readonly #progress: Progress;
  readonly #pods = new Map<number, RunningPod>();
  #timer: NodeJS.Timeout | undefined;

  constructor(session: Session, progress: Progress) {
    this.#session = session;
    this.#progress = progress;
  }

  /** @param number of the pod, in this run */
  async begin(number: number, pod: Pod): Promise<void> {
    const { lang, quiet } = this.#session;
    this.#pods.set(number, new RunningPod(pod, lang, quiet));
    this.#timer ??= setInterval(() => void this.#say().then(() => this.#show()), TICK_MS);
    await this.#say();
    this.#show();
  }

  /** @param container its index */
  saw(pod: number, container: number, seen: Seen): void {
    this.#pods.get(pod)?.saw(container, seen);
  }

  sawDependency(pod: number, dependency: TrialDependencyFacts): void {
    this.#pods.get(pod)?.sawDependency(dependency);
  }

  async end(pod: number): Promise<void> {
    const over = this.#pods.get(pod);
    if (over === undefined) return;
    over.isOver = true;
    await this.#say();
    if (this.#pods.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    await this.#progress.clear();
  }

  /** The lines of the first pod; when it is over, those of the next. */
  async #say(): Promise<void> {
    for (const [number, first] of this.#pods) {
      for (let line = first.lines.shift(); line !== undefined; line = first.lines.shift()) {
        await this.#progress.clear();
        await this.#session.context.stderr.write(`${logLine(visible(line))}\n`);
      }
      if (!first.isOver) return;
      this.#pods.delete(number);
    }
  }

  #show(): void {
    const [first, ...others] = this.#pods.values();
    if (first === undefined) return;
    const more = others.length === 0 ? "" : `  (+${others.length})`;
    this.#progress.show(`  ${first.doing}  ${secondsText(first.elapsedMs, this.#session.lang)}${more}`);
  }
}

class RunningPod {
  readonly lines: string[];
  isOver = false;
  /** The phase that was heard of last. */
  doing: string;
  readonly #lang: Lang;
  readonly #quiet: boolean;
  readonly #labels: readonly string[];
  readonly #observations: readonly TrialObservation[][];
  readonly #began = performance.now();

  constructor({ title, containers, absent }: Pod, lang: Lang, quiet: boolean) {
    this.#lang = lang;
    this.#quiet = quiet;
    this.#labels = labelsOf([...containers, ...absent]);
    this.#observations = containers.map(() => []);
    this.doing = STARTING[lang];
    const labels = this.#labels.slice(containers.length);
    const lines = absent.map((_, index) => `  ${labels[index] ?? ""}${NOT_RUN[lang]}`);
    this.lines = quiet ? [] : [title, ...lines];
  }

  get elapsedMs(): number {
    return performance.now() - this.#began;
  }

  saw(container: number, seen: Seen): void {
    const own = this.#observations[container] ?? [];
    if ("kind" in seen) {
      own.push(seen);
      this.doing = phaseName({ name: seen.phase, root: seen.root }, own, this.#lang);
    } else if (!this.#quiet) {
      this.lines.push(`  ${this.#labels[container] ?? ""}${phaseLine(seen, own, this.#lang)}`);
    }
  }

  sawDependency({ name, image, readyMs = 0, failure, ...facts }: TrialDependencyFacts): void {
    if (this.#quiet) return;
    if (failure !== undefined) {
      this.lines.push(`  ${failureWords({ name, image, failure, ...facts })[this.#lang]}`);
      return;
    }
    const label = name.slice(0, WIDTH[this.#lang]).padEnd(WIDTH[this.#lang]);
    const time = secondsText(readyMs, this.#lang).padStart(7);
    this.lines.push(`  ${label} ${time}  ${READY[this.#lang]} · ${image}`);
  }
}

/** Of one width, so that the phases stand below one another; none for a container that is alone. */
function labelsOf(containers: readonly string[]): readonly string[] {
  if (containers.length < 2) return [];
  const width = Math.min(LABEL, Math.max(...containers.map((one) => one.length)));
  return containers.map((one) => `${one.slice(0, width).padEnd(width)}  `);
}

const LABEL = 20;
const WIDTH = { fr: 25, en: 21 } as const;

function phaseLine(phase: TrialPhaseFacts, observations: readonly TrialObservation[], lang: Lang): string {
  const name = phaseName(phase, observations, lang).padEnd(WIDTH[lang]);
  const time = secondsText(phase.endMs - phase.startMs, lang).padStart(7);
  return `${name} ${time}  ${phaseSummary(phase, observations, lang).join(" · ")}`.trimEnd();
}
