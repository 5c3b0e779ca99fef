import { mayBeState } from "../contract/temporary-path.ts";
import type { SkippedEvent } from "../contract/trial-events.ts";
import type {
  RawTrial,
  TrialObservation,
  TrialPhaseFacts,
  TrialPhaseName,
  TrialSettingsFacts,
  TriedMounts,
} from "../contract/trial-facts.ts";
import type { TrialSubject } from "../contract/trial-subject.ts";
import { maskObservation } from "../secrets/observation.ts";
import { type Kept, maskKept } from "./plan/kept.ts";
import type { SupervisorMessage } from "./plan/plan.ts";
import type { ContainerDraft } from "./pod-draft.ts";
import type { ContainerOptions, ProposedMounts } from "./trial-options.ts";

type Root = TrialPhaseFacts["root"];

const OF_PROPOSALS: ReadonlySet<TrialPhaseFacts["name"]> = new Set(["tried", "tried-again"]);

/** Recorded facts of one container. */
export class TrialRecord {
  #phases: TrialPhaseFacts[] = [];
  #observations: TrialObservation[] = [];
  #tried: TriedMounts | undefined;
  readonly #options: ContainerOptions;
  readonly #settings: TrialSettingsFacts;
  readonly #kept: Kept[] = [];

  constructor({ options, settings }: ContainerDraft) {
    this.#options = options;
    this.#settings = settings;
  }

  add(message: Extract<SupervisorMessage, { readonly container: number }>): void {
    const { mask, onEvent } = this.#options;
    if (message.kind === "kept") {
      this.#kept.push(message.kept);
    } else if (message.kind === "news") {
      onEvent?.(message.news);
    } else if (message.kind === "phase") {
      this.#phases.push(message.phase);
      onEvent?.(message.phase);
    } else {
      const seen = maskObservation(message.observation, mask);
      this.#observations.push(seen);
      onEvent?.(seen);
    }
  }

  facts(): TrialSubject & Pick<RawTrial, "settings" | "tried" | "phases" | "observations"> {
    return {
      ...this.#options.subject,
      settings: this.#settings,
      ...(this.#tried === undefined ? {} : { tried: this.#tried }),
      phases: this.#phases.toSorted((a, b) => placeOf(a.name, a.root) - placeOf(b.name, b.root)),
      observations: this.#observations.toSorted(
        (a, b) => placeOf(a.phase, a.root) - placeOf(b.phase, b.root) || a.ms - b.ms,
      ),
    };
  }

  /** Begins a round of tried mounts. */
  tries(proposed: ProposedMounts | undefined, rounds: number): void {
    if (proposed === undefined || proposed.mounts.length === 0) return;
    this.#tried = { ...proposed, rounds };
    this.#phases = this.#phases.filter(({ name }) => !OF_PROPOSALS.has(name));
    this.#observations = this.#observations.filter(({ phase }) => !OF_PROPOSALS.has(phase));
  }

  /**
   * Whether a comparison is missing: the container continued with files on its root, and no replica on a
   * writable root ran that would show whether each instance has its own.
   */
  get lacksReplica(): boolean {
    const isRead = this.#observations.some((one) => {
      if (one.phase !== "kept" || (one.kind !== "reread" && one.kind !== "write") || one.area !== "/")
        return false;
      return mayBeState(one.path);
    });
    return isRead && !this.#phases.some(({ name, root }) => name === "replica" && root === "writable");
  }

  /**
   * Reason why the container's second replica did not start on a read-only root; undefined if it started, or
   * has not run yet.
   */
  get replicaFailed(): SkippedEvent["because"] | undefined {
    const run = this.#runOn("replica", "read-only");
    return run === undefined || this.#isUp(run) ? undefined : failureOf(run);
  }

  /** Whether the container itself showed a sign of life, on either root. */
  get cameUp(): boolean {
    const runs = [this.#runOn("read-only", "read-only"), this.#runOn("writable", "writable")];
    return runs.some((run) => run !== undefined && this.#isUp(run));
  }

  /**
   * Records that the second replica on a writable root is skipped, since the replica on the read-only root
   * did not become ready either.
   */
  skipReplica(ms: number): void {
    const because = this.replicaFailed;
    if (because === undefined) return;
    const where = { phase: "replica", root: "writable", ms: Math.round(ms) } as const;
    const observation = { ...where, kind: "skipped", what: "replica", because } as const;
    this.add({ kind: "observation", container: 0, observation });
  }

  #runOn(name: TrialPhaseName, root: Root): readonly TrialObservation[] | undefined {
    const took = this.#phases.some((phase) => phase.name === name && phase.root === root);
    return took ? this.#observations.filter((one) => one.phase === name && one.root === root) : undefined;
  }

  #isUp(run: readonly TrialObservation[]): boolean {
    const { lifetime, ports, probes } = this.#options;
    const exit = run.findLast((one) => one.kind === "exit");
    if (lifetime === "batch") return exit?.by === "itself" && exit.code === 0;
    if (exit?.by === "itself") return false;
    const isExpected = ports.length > 0 || probes.length > 0;
    return run.some(({ kind, ...one }) => {
      return (
        kind === "listener" || (kind === "ready" && "by" in one && (one.by !== "nothing" || !isExpected))
      );
    });
  }

  /** Passes the output to --keep, after the pods have ended, since masking the output takes time. */
  handOver(): void {
    const { mask, keep } = this.#options;
    for (const kept of this.#kept) keep?.(maskKept(kept, mask));
  }
}

/** Phases in sequential order, so that facts do not depend on which of two concurrent pods ends first. */
const IN_ORDER = [
  "read-only read-only",
  "restart read-only",
  "after-stop read-only",
  "writable writable",
  "kept writable",
  "restart writable",
  "tried read-only",
  "tried-again read-only",
  "replica read-only",
  "replica writable",
] as const satisfies `${TrialPhaseName} ${Root}`[];

function placeOf(name: TrialPhaseName, root: Root): number {
  const found: readonly string[] = IN_ORDER;
  return found.indexOf(`${name} ${root}`);
}

function failureOf(run: readonly TrialObservation[]): SkippedEvent["because"] {
  if (run.some(({ kind }) => kind === "start-failed")) return "start-failed";
  return run.some((one) => one.kind === "exit" && one.by === "itself") ? "exited" : "not-ready";
}
