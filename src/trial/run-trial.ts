import { setTimeout as sleep } from "node:timers/promises";
import { UnavailableError } from "../contract/error.ts";
import { LIMITS } from "../contract/limits.ts";
import { type RawTrial, TRIAL_CAPABILITIES, type TrialSettingsFacts } from "../contract/trial-facts.ts";
import { DEFAULT_MESSAGE_PATH } from "../start/termination-message.ts";
import { DEFAULT_WAITS } from "./default-waits.ts";
import { HEALTH_PATHS } from "./health-paths.ts";
import { jitteredSettle } from "./jittered-settle.ts";
import { NeighbourWatch } from "./neighbour-table.ts";
import { parallelWritable } from "./parallel-writable.ts";
import type { PodPlan, SupervisorMessage, SupervisorWord } from "./plan/plan.ts";
import { type ContainerDraft, podDraft } from "./pod-draft.ts";
import { type PodName, PodStates } from "./pod-states.ts";
import { ServedDependencies } from "./served-dependencies.ts";
import { siblingPorts } from "./sibling-ports.ts";
import { siblingRequests } from "./sibling-requests.ts";
import { StartGate } from "./start-gate.ts";
import { monotonicMs } from "./supervisor/clock.ts";
import { telemetryHosts } from "./telemetry-hosts.ts";
import type { ContainerOptions, TrialOptions } from "./trial-options.ts";
import { TrialRecord } from "./trial-record.ts";
import { tryProposals } from "./try-proposals.ts";

const REPLICA = { variable: "PORT", port: 18_080 } as const;
const LAST_PORT = 65_535;
/**
 * Time for which the first start of the first pod runs alone on the machine; longer starts gain nothing from
 * it.
 */
const ALONE_MS = 3_000;

/**
 * Runs the containers of a pod together under the Restricted profile, kills, restarts and stops them, runs a
 * second replica at the same time, and returns the observations of each, in their order.
 *
 * @throws UnavailableError `trial-failed`, `trial-unmapped-id`; the signal's reason
 */
export async function runTrial(options: TrialOptions): Promise<readonly RawTrial[]> {
  const { executor, containers } = options;
  for (const container of containers) assertMapped(executor, container);
  const ports = new ReplicaPorts(containers);
  const drafts = containers.map((one) => ({ options: one, settings: settingsOf(one, ports) }));
  const origin = monotonicMs();
  const records = drafts.map((draft) => new TrialRecord(draft));
  const isApart = parallelWritable(options);
  const states = new PodStates(
    isApart ? ["main", "writable", "replica"] : ["main", "replica"],
    options.onIdle,
  );
  const neighbours = new NeighbourWatch();
  const firstRun = Promise.withResolvers<readonly boolean[]>();
  const onMessage = (pod: PodName, message: SupervisorMessage): void => {
    if ("container" in message) {
      const record = records[message.container];
      record?.add(message);
      const observation = neighbours.onMessage(pod, message);
      if (observation !== undefined)
        record?.add({ kind: "observation", container: message.container, observation });
    }
    if (pod === "main") startGate.onMessage(message);
    if (message.kind === "first-run") firstRun.resolve(message.worked);
    if (message.kind === "idle") states.set(pod, message.idle ? "idle" : "busy");
  };
  const deadlineMs = Math.min(options.deadlineMs ?? DEFAULT_WAITS.deadlineMs, LIMITS.trialMs);
  // If one pod fails, the results of the others are useless.
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  const dependencies = new ServedDependencies({ ...options, signal }, { origin, deadlineMs });
  const startGate = new StartGate(containers.length);
  const runPod = async (
    name: PodName,
    more: Pick<PodPlan, "onlyWritable" | "apart"> = {},
    { own = drafts, words = [] }: PodRun = {},
  ): Promise<void> => {
    signal.throwIfAborted();
    const left = Math.round(deadlineMs - (monotonicMs() - began));
    states.set(name, left > 0 ? "busy" : "ended");
    if (left <= 0) return;
    try {
      const plan = executor.pods.plan(
        podDraft(name, options, own, {
          origin,
          deadlineMs: left,
          dependencies: dependencies.plans,
          ...more,
        }),
      );
      await executor.pods.run(plan, (message) => onMessage(name, message), signal, words);
    } catch (error) {
      failed.abort(error);
      throw error;
    } finally {
      states.set(name, "ended");
      if (name === "main") {
        startGate.end();
        firstRun.resolve([]);
      }
    }
  };
  const runPods = async (): Promise<void> => {
    const start = afterFirstStart(startGate, dependencies.facts.length > 0, signal);
    const runs = [
      runPod("main", isApart ? { apart: true } : {}),
      start.then(async () => runPod("replica")),
      ...(isApart ? [runPod("writable", {}, { words: wordsOf(start, firstRun.promise) })] : []),
    ];
    for (const outcome of await Promise.allSettled(runs)) {
      if (outcome.status === "rejected") throw failed.signal.reason ?? outcome.reason;
    }
  };
  const facts = (): readonly RawTrial[] => {
    const seen = records.map((record) => record.facts());
    const all = containers.map((one, at) => ({ ...one, observations: seen[at]?.observations ?? [] }));
    return seen.map((own, index) => ({
      ...own,
      executor: executor.facts,
      ...besides(index, options),
      ...siblingPorts(all.toSpliced(index, 1)),
      ...siblingRequests(all.toSpliced(index, 1)),
      ...(dependencies.facts.length === 0 ? {} : { dependencies: dependencies.facts }),
      looks: TRIAL_CAPABILITIES,
      durationMs: Math.round(monotonicMs() - origin),
    }));
  };
  let began = origin;
  try {
    const able = await dependencies.start((error) => failed.abort(error));
    began = monotonicMs();
    if (able) await runPods();
    if (
      records.some((record) => record.lacksReplica || (record.replicaFailed !== undefined && record.cameUp))
    )
      await runPod("replica", { onlyWritable: true });
    else for (const record of records) record.skipReplica(monotonicMs() - origin);
    await tryProposals(containers, {
      facts,
      isLate: () => monotonicMs() - began > deadlineMs / 2,
      run: async (proposed, rounds) => {
        for (const [index, record] of records.entries()) record.tries(proposed[index], rounds);
        const tried = drafts.map((draft, index) => ({ ...draft, tried: proposed[index]?.mounts ?? [] }));
        await runPod("tried", {}, { own: tried });
      },
    });
    signal.throwIfAborted();
  } finally {
    await dependencies.end();
  }
  for (const record of records) record.handOver();
  return facts();
}

interface PodRun {
  readonly own?: readonly ContainerDraft[];
  readonly words?: readonly Promise<SupervisorWord>[];
}

/** Messages for the pod of the writable phase. */
function wordsOf(
  start: Promise<void>,
  firstRun: Promise<readonly boolean[]>,
): readonly Promise<SupervisorWord>[] {
  return [start.then(() => ({ kind: "begin" })), firstRun.then((worked) => ({ kind: "first-run", worked }))];
}

/**
 * Resolves when containers of the other pods may start: two instances that set up the same database at once
 * may conflict; later starts do not.
 */
async function afterFirstStart(
  { over }: StartGate,
  sharesDatabase: boolean,
  signal: AbortSignal,
): Promise<void> {
  if (sharesDatabase) return over;
  const alone = new AbortController();
  const soon = sleep(ALONE_MS, undefined, { signal: AbortSignal.any([alone.signal, signal]) });
  await Promise.race([over, soon.catch(() => {})]);
  alone.abort();
}

function besides(
  index: number,
  { containers, services = [] }: TrialOptions,
): Pick<RawTrial, "beside" | "services"> {
  const all = containers.map(({ name, subject }) => ({ name, imageId: subject.imageId }));
  const others = all.toSpliced(index, 1);
  return {
    ...(others.length === 0 ? {} : { beside: others }),
    ...(services.length === 0 ? {} : { services: services.map(({ name, address }) => ({ name, address })) }),
  };
}

/** Ports for a pod's second replica: one per container, each distinct. */
class ReplicaPorts {
  readonly #taken: Set<number>;

  constructor(containers: readonly ContainerOptions[]) {
    this.#taken = new Set(containers.flatMap(({ ports }) => ports));
  }

  /** The preferred port, or the next free one after it. */
  take(preferred: number): number {
    let port = preferred;
    while (this.#taken.has(port) && port < LAST_PORT) port += 1;
    this.#taken.add(port);
    return port;
  }
}

function settingsOf(options: ContainerOptions, replicaPorts: ReplicaPorts): TrialSettingsFacts {
  const { lifetime, ports, probes, waits, replica, stopSignal, ipFamily, start } = options;
  const { calledPorts, directPorts, datagramPorts, hosts } = options;
  const { readyMs, settleMs, graceMs } = { ...DEFAULT_WAITS, ...waits };
  const telemetry = telemetryHosts(start.env);
  return {
    lifetime,
    readyMs,
    settleMs: jitteredSettle(settleMs),
    graceMs,
    stopSignal: stopSignal ?? "SIGTERM",
    ports,
    ...(calledPorts === undefined ? {} : { calledPorts }),
    ...(directPorts === undefined ? {} : { directPorts }),
    ...(datagramPorts === undefined ? {} : { datagramPorts }),
    ...(hosts === undefined ? {} : { hosts }),
    replica: {
      variable: replica?.variable ?? REPLICA.variable,
      port: replicaPorts.take(replica?.port ?? REPLICA.port),
    },
    ...messagePathOf(options),
    ...(ipFamily === undefined ? {} : { ipFamily }),
    ...(telemetry.length === 0 ? {} : { telemetry }),
    triedPaths: probes.some(({ does }) => "http" in does) ? [] : HEALTH_PATHS,
  };
}

function messagePathOf({ mounts }: ContainerOptions): Pick<TrialSettingsFacts, "messagePath"> {
  const path = mounts.find(({ kind }) => kind === "message")?.path;
  return path === undefined || path === DEFAULT_MESSAGE_PATH ? {} : { messagePath: path };
}

/** Refuses ids that the user namespace does not map. */
function assertMapped(executor: TrialOptions["executor"], { start: { user } }: ContainerOptions): void {
  const id = [user.uid, user.gid, ...user.additionalGids].find((id) => id >= executor.idCount);
  if (id === undefined) return;
  throw new UnavailableError("trial-unmapped-id", {
    fr: `l'essai ne peut pas donner l'identifiant ${id} à un processus : cet utilisateur n'en a que ${executor.idCount} (/etc/subuid, /etc/subgid). Lui en attribuer davantage, ou lancer l'essai en root.`,
    en: `the trial cannot give the id ${id} to a process: this user has only ${executor.idCount} of them (/etc/subuid, /etc/subgid). Assign more, or run the trial as root.`,
  });
}
