import type { Lang, Text } from "../../contract/text.ts";
import type { TrialDependencyFacts } from "../../contract/trial-dependency.ts";
import type {
  TrialObservation,
  TrialPhaseFacts,
  TrialProgress,
  TrialUpdate,
} from "../../contract/trial-facts.ts";
import { failureWords } from "../../observations/dependency-failure.ts";
import { logLine, visible } from "../../report/escape.ts";
import { phaseName, phaseSummary, secondsText } from "../../report/trial-phase.ts";
import type { Session } from "../command-line/command.ts";
import { hangingIndent } from "../terminal/hanging-indent.ts";
import type { Progress } from "../terminal/progress.ts";

/** Names shown for a pod. */
export interface Pod {
  readonly title: string;
  /** Containers; lines name theirs only if there are several. */
  readonly containers: readonly string[];
  /** Containers that do not run. */
  readonly absent: readonly string[];
}

const STARTING: Text = { fr: "démarrage", en: "starting" };
const NOT_RUN: Text = { fr: "pas lancé : voir l'erreur plus haut", en: "not run: see the error above" };
const READY: Text = { fr: "dépendance prête", en: "dependency ready" };
const STOPPING: Text = {
  fr: "arrêt demandé, encore en marche : le délai de grâce court",
  en: "stop signal sent, waiting (grace period)",
};
const NOT_READY: Text = { fr: "pas encore prêt", en: "not ready yet" };
const COMES_UP: Text = { fr: "prêt", en: "ready" };
const SKIPPED: Text = {
  fr: "pas fait : l'application n'a pas démarré, rien n'y changerait",
  en: "skipped: the application never started",
};
/** Phases in which skipped steps would have run. */
const LEFT_OUT = {
  restart: { name: "restart", root: "read-only" },
  replica: { name: "replica", root: "writable" },
} as const;
const TICK_MS = 200;
/** Duration after which a phase shows a line before it ends. */
const LONG_MS = 5_000;

/**
 * Shows running trials: one line on stderr per finished phase of a container; on a terminal, another line for
 * the current activity with its time. With concurrent pods, the first pod's lines are shown at once, those of
 * the others when that pod has finished. Shows nothing with --quiet.
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

  /** @param number number of the pod in this run */
  async begin(number: number, pod: Pod): Promise<void> {
    const { lang, quiet } = this.#session;
    this.#pods.set(number, new RunningPod(pod, lang, quiet));
    this.#timer ??= setInterval(() => void this.tick(), TICK_MS);
    await this.tick();
  }

  /** Prints pending lines, and lines for long phases. */
  async tick(): Promise<void> {
    await this.#say();
    this.#show();
  }

  /** @param container index of the container */
  saw(pod: number, container: number, seen: TrialUpdate): void {
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

  /** Prints the lines of the first pod, then those of the next pods. */
  async #say(): Promise<void> {
    for (const [number, first] of this.#pods) {
      first.look();
      for (let line = first.lines.shift(); line !== undefined; line = first.lines.shift()) {
        await this.#progress.clear();
        const { stderr } = this.#session.context;
        await stderr.write(`${hangingIndent(logLine(visible(line)), stderr)}\n`);
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

type Phase = Pick<TrialPhaseFacts, "name" | "root">;

/** A container that is being started. */
interface Starting {
  readonly container: number;
  readonly phase: Phase;
  readonly began: number;
  isToldOf: boolean;
}

function keyOf(container: number, { name, root }: Phase): string {
  return `${container} ${name} ${root}`;
}

class RunningPod {
  readonly lines: string[];
  isOver = false;
  /** Current phase, from the latest message. */
  doing: string;
  readonly #lang: Lang;
  readonly #quiet: boolean;
  readonly #labels: readonly string[];
  readonly #observations: readonly TrialObservation[][];
  readonly #began = performance.now();
  /** Start time of each phase whose container is not ready yet. */
  readonly #begins = new Map<string, number>();
  readonly #running = new Map<string, Starting>();

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

  saw(container: number, seen: TrialUpdate): void {
    const own = this.#observations[container] ?? [];
    if ("news" in seen) return this.#hear(container, seen);
    if (!("kind" in seen)) {
      this.#say(container, phaseLine(seen, own, this.#lang));
      this.#running.delete(keyOf(container, seen));
      return;
    }
    own.push(seen);
    const phase = { name: seen.phase, root: seen.root };
    this.doing = phaseName(phase, own, this.#lang);
    if (seen.kind === "skipped" && (seen.what === "restart" || seen.what === "replica"))
      this.#note(container, LEFT_OUT[seen.what], SKIPPED);
    if (seen.kind !== "ready") return;
    const running = this.#running.get(keyOf(container, phase));
    if (running?.isToldOf === true && seen.by !== "nothing") this.#note(container, phase, COMES_UP);
    if (running !== undefined) this.#running.delete(keyOf(container, phase));
  }

  /** Adds lines for phases that take long. */
  look(): void {
    for (const running of this.#running.values()) {
      if (running.isToldOf || performance.now() - running.began < LONG_MS) continue;
      running.isToldOf = true;
      this.#note(running.container, running.phase, NOT_READY);
    }
  }

  #hear(container: number, { news, ...phase }: TrialProgress): void {
    this.doing = phaseName(phase, this.#observations[container] ?? [], this.#lang);
    if (news === "stops") return this.#note(container, phase, STOPPING);
    this.#running.set(keyOf(container, phase), {
      container,
      phase,
      began: performance.now(),
      isToldOf: false,
    });
    this.#begins.set(keyOf(container, phase), performance.now());
  }

  /** Adds a line about an unfinished phase. */
  #note(container: number, phase: Phase, words: Text): void {
    const own = this.#observations[container] ?? [];
    const name = phaseName(phase, own, this.#lang).padEnd(WIDTH[this.#lang]);
    const began = this.#begins.get(keyOf(container, phase));
    const time = began === undefined ? "" : secondsText(performance.now() - began, this.#lang);
    this.#say(container, `${name} ${time.padStart(7)}  ${words[this.#lang]}`);
  }

  #say(container: number, line: string): void {
    if (!this.#quiet) this.lines.push(`  ${this.#labels[container] ?? ""}${line}`);
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

/** Labels padded to equal width, so that phases align; empty for a single container. */
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
