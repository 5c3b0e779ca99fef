import { UnavailableError } from "../contract/error.ts";
import { LIMITS } from "../contract/limits.ts";
import { mayBeState } from "../contract/passing-path.ts";
import type {
  RawTrial,
  TrialLook,
  TrialObservation,
  TrialPhaseFacts,
  TrialSettingsFacts,
  TriedMounts,
} from "../contract/trial-facts.ts";
import type { TrialSubject } from "../contract/trial-subject.ts";
import { maskObservation } from "../secrets/observation.ts";
import { DEFAULT_WAITS } from "./default-waits.ts";
import { drawnSettle } from "./drawn-settle.ts";
import { FirstStart } from "./first-start.ts";
import { HEALTH_PATHS } from "./health-paths.ts";
import { type Kept, maskKept } from "./kept.ts";
import { openBeside } from "./open-beside.ts";
import type { PodPlan, SupervisorMessage } from "./plan.ts";
import { type ContainerDraft, podDraft } from "./pod-draft.ts";
import { ServedDependencies } from "./served-dependencies.ts";
import { monotonicMs } from "./supervisor/clock.ts";
import type { ContainerOptions, ProposedMounts, TrialOptions } from "./trial-options.ts";
import { tryProposals } from "./try-proposals.ts";

const REPLICA = { variable: "PORT", port: 18_080 } as const;
/** See TrialLook: what this version looks at. */
const LOOKS: readonly TrialLook[] = ["answers", "port-ends", "growth", "rereads", "open-files", "kept-root"];
const LAST_PORT = 65_535;
const PODS = ["main", "replica"] as const satisfies PodName[];
type PodName = Exclude<PodPlan["name"], "dependency">;

/**
 * Runs the containers of a pod together under the Restricted profile, kills them, starts them
 * again, stops them, runs a second replica beside, and tells what was seen of each, in their order.
 *
 * @throws UnavailableError `trial-failed`, `trial-unmapped-id`; the signal's reason
 */
export async function runTrial(options: TrialOptions): Promise<readonly RawTrial[]> {
  const { executor, containers } = options;
  for (const container of containers) assertMapped(executor, container);
  const ports = new ReplicaPorts(containers);
  const drafts = containers.map((one) => ({ options: one, settings: settingsOf(one, ports) }));
  const origin = monotonicMs();
  const records = drafts.map((draft) => new Record(draft));
  const states = new PodStates(options.onIdle);
  const onMessage = (pod: PodName, message: SupervisorMessage): void => {
    if ("container" in message) records[message.container]?.add(message);
    if (pod === "main") firstStart.saw(message);
    if (message.type === "idle") states.set(pod, message.idle ? "idle" : "busy");
  };
  const deadlineMs = Math.min(options.deadlineMs ?? DEFAULT_WAITS.deadlineMs, LIMITS.trialMs);
  // When one pod fails, the other one's outcome is of no use.
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  const dependencies = new ServedDependencies({ ...options, signal }, { origin, deadlineMs });
  const firstStart = new FirstStart(containers.length);
  const runPod = async (
    name: PodName,
    more: Pick<PodPlan, "onlyWritable"> = {},
    own: readonly ContainerDraft[] = drafts,
  ): Promise<void> => {
    states.set(name, "busy");
    try {
      // Two that set up the same database at once may trip over each other, which no later start does.
      if (name === "replica" && dependencies.facts.length > 0) await firstStart.over;
      const left = Math.max(1, Math.round(deadlineMs - (monotonicMs() - began)));
      const plan = executor.pods.plan(
        podDraft(name, options, own, {
          origin,
          deadlineMs: left,
          dependencies: dependencies.plans,
          ...more,
        }),
      );
      await executor.pods.run(plan, (message) => onMessage(name, message), signal);
    } catch (error) {
      failed.abort(error);
      throw error;
    } finally {
      states.set(name, "ended");
      if (name === "main") firstStart.end();
    }
  };
  const facts = (): readonly RawTrial[] => {
    const seen = records.map((record) => record.facts());
    const all = containers.map((one, at) => ({ ...one, observations: seen[at]?.observations ?? [] }));
    return seen.map((own, index) => ({
      ...own,
      executor: executor.facts,
      ...besides(index, options),
      ...openBeside(all.toSpliced(index, 1)),
      ...(dependencies.facts.length === 0 ? {} : { dependencies: dependencies.facts }),
      looks: LOOKS,
      durationMs: Math.round(monotonicMs() - origin),
    }));
  };
  let began = origin;
  try {
    const able = await dependencies.start((error) => failed.abort(error));
    began = monotonicMs();
    for (const outcome of able ? await Promise.allSettled(PODS.map((name) => runPod(name))) : []) {
      if (outcome.status === "rejected") throw failed.signal.reason ?? outcome.reason;
    }
    if (records.some((record) => record.lacksReplica)) await runPod("replica", { onlyWritable: true });
    await tryProposals(containers, {
      facts,
      isLate: () => monotonicMs() - began > deadlineMs / 2,
      run: async (proposed, rounds) => {
        for (const [index, record] of records.entries()) record.tries(proposed[index], rounds);
        const tried = drafts.map((draft, index) => ({ ...draft, tried: proposed[index]?.mounts ?? [] }));
        await runPod("tried", {}, tried);
      },
    });
    signal.throwIfAborted();
  } finally {
    await dependencies.end();
  }
  for (const record of records) record.handOver();
  return facts();
}

/** What each pod of a trial does: it is idle when one only waits and no other does anything. */
class PodStates {
  readonly #states = new Map<PodName, "busy" | "idle" | "ended">(PODS.map((pod) => [pod, "busy"]));
  readonly #onIdle: TrialOptions["onIdle"];
  #isIdle = false;

  constructor(onIdle: TrialOptions["onIdle"]) {
    this.#onIdle = onIdle;
  }

  set(pod: PodName, state: "busy" | "idle" | "ended"): void {
    this.#states.set(pod, state);
    const states = [...this.#states.values()];
    const isIdle = states.includes("idle") && !states.includes("busy");
    if (isIdle !== this.#isIdle) this.#onIdle?.(isIdle);
    this.#isIdle = isIdle;
  }
}

/** What is recorded of one container. */
class Record {
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
    if (message.type === "kept") {
      this.#kept.push(message.kept);
    } else if (message.type === "phase") {
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
      phases: this.#phases.toSorted((a, b) => a.startMs - b.startMs),
      observations: this.#observations.toSorted((a, b) => a.ms - b.ms),
    };
  }

  /** A round begins; what the one before it showed is told by its mounts. */
  tries(proposed: ProposedMounts | undefined, rounds: number): void {
    if (proposed === undefined || proposed.mounts.length === 0) return;
    this.#tried = { ...proposed, rounds };
    this.#phases = this.#phases.filter(({ name }) => name !== "tried");
    this.#observations = this.#observations.filter(({ phase }) => phase !== "tried");
  }

  /** Files of its root were gone on with that a replica on a writable root may have otherwise, and none ran there. */
  get lacksReplica(): boolean {
    const isRead = this.#observations.some((one) => {
      if (one.phase !== "kept" || (one.kind !== "reread" && one.kind !== "write") || one.area !== "/")
        return false;
      return mayBeState(one.path);
    });
    return isRead && !this.#phases.some(({ name, root }) => name === "replica" && root === "writable");
  }

  /** What is kept is long, and masking it takes time: nobody waits for it while the pods run. */
  handOver(): void {
    const { mask, keep } = this.#options;
    for (const kept of this.#kept) keep?.(maskKept(kept, mask));
  }
}

function besides(index: number, { containers }: TrialOptions): Pick<RawTrial, "beside"> {
  const others = containers.map((one) => one.name).toSpliced(index, 1);
  return others.length === 0 ? {} : { beside: others };
}

/** Ports of a pod's second replica: one for each container, which no other one has. */
class ReplicaPorts {
  readonly #taken: Set<number>;

  constructor(containers: readonly ContainerOptions[]) {
    this.#taken = new Set(containers.flatMap(({ ports }) => ports));
  }

  /** The preferred one, or the first after it that is free. */
  take(preferred: number): number {
    let port = preferred;
    while (this.#taken.has(port) && port < LAST_PORT) port += 1;
    this.#taken.add(port);
    return port;
  }
}

function settingsOf(
  { lifetime, ports, probes, waits, replica, stopSignal }: ContainerOptions,
  replicaPorts: ReplicaPorts,
): TrialSettingsFacts {
  const { readyMs, settleMs, graceMs } = { ...DEFAULT_WAITS, ...waits };
  return {
    lifetime,
    readyMs,
    settleMs: drawnSettle(settleMs),
    graceMs,
    stopSignal: stopSignal ?? "SIGTERM",
    ports,
    replica: {
      variable: replica?.variable ?? REPLICA.variable,
      port: replicaPorts.take(replica?.port ?? REPLICA.port),
    },
    triedPaths: probes.some(({ does }) => "http" in does) ? [] : HEALTH_PATHS,
  };
}

/** A user namespace has only so many ids; a process cannot get any other. */
function assertMapped(executor: TrialOptions["executor"], { start: { user } }: ContainerOptions): void {
  const id = [user.uid, user.gid, ...user.additionalGids].find((id) => id >= executor.idCount);
  if (id === undefined) return;
  throw new UnavailableError("trial-unmapped-id", {
    fr: `l'essai ne peut pas donner l'identifiant ${id} à un processus : cet utilisateur n'en a que ${executor.idCount} (/etc/subuid, /etc/subgid). Lui en attribuer davantage, ou lancer l'essai en root.`,
    en: `the trial cannot give the id ${id} to a process: this user has only ${executor.idCount} of them (/etc/subuid, /etc/subgid). Assign more, or run the trial as root.`,
  });
}
