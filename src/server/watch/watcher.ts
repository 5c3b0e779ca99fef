import { setTimeout as pause } from "node:timers/promises";
import type { Lang } from "../../contract/text.ts";
import { BoundedMap } from "../bounded-map.ts";
import type { KubeClient } from "../kube/client.ts";
import { type ListWatchTimes, listWatch } from "../kube/list-watch.ts";
import { errorFields, type Log } from "../log.ts";
import type { Admission, Decision, ObjectReference, RunningStore, SeenPod } from "../ports.ts";
import { type ComparisonPorts, comparePod } from "./compare-pod.ts";
import type { EventWriter } from "./events.ts";
import { FINDINGS, type Finding } from "./findings.ts";
import { PodStates, seenPod } from "./pod-states.ts";
import { recordReported } from "./record-reported.ts";
import { type RunningPod, runningPod } from "./running-pod.ts";
import { OWNED_CONTROLLERS, WorkloadOwners } from "./workload-owners.ts";

/** Ports of a watcher. */
export interface WatcherPorts extends Pick<ComparisonPorts, "resolve"> {
  readonly client: KubeClient;
  readonly store: RunningStore;
  /** Resolves when a pod that runs otherwise than admitted is in the audit log. */
  record(decision: Decision): Promise<void>;
  readonly events: Pick<EventWriter, "write">;
  readonly log: Log;
  now(): number;
}

export interface WatcherSettings {
  /** Namespaces that are exempt from admission; their pods are not compared. */
  readonly exempt: ReadonlySet<string>;
  readonly lang: Lang;
  readonly times?: ListWatchTimes;
}

/** Maximum number of pods compared at the same time; most of the time is spent waiting for the store. */
const AT_A_TIME = 8;
/** Milliseconds between two writes to the store, and pods per write. */
const WRITE_MS = 1_000;
const WRITTEN = 500;
/** Milliseconds after which a pod whose comparison failed is compared again. */
const AGAIN_MS = 10_000;
/** Milliseconds after which an unresolved image is looked up again. */
const UNRESOLVED_MS = 10 * 60_000;
/** Milliseconds for which an admission is cached. */
const KNOWN_MS = 30_000;
/** Maximum number of cached admissions. */
const ADMISSIONS = 10_000;
/** Media type of metadata alone: nothing else of an owner is needed. */
const METADATA = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";

/**
 * Follows the pods of a cluster until the signal ends it, and reports pods that differ from their admission, or have
 * none: in the audit log, in the log, and as events of their workload. Never rejects.
 */
export async function watchPods(
  settings: WatcherSettings,
  ports: WatcherPorts,
  signal: AbortSignal,
): Promise<void> {
  const { client, store, log } = ports;
  const states = new PodStates();
  const owners = new WorkloadOwners(client);
  const pending = new Map<string, SeenPod>();
  const gone = new Set<string>();
  let listed: ReadonlySet<string> | undefined;
  const failed = (resource: string) => (error: unknown, waitMs: number) => {
    if (!signal.aborted) log("warn", "watch interrupted", { resource, waitMs, ...errorFields(error) });
  };
  const forget = (uid: string) => {
    pending.delete(uid);
    gone.add(uid);
  };
  const pods = {
    applied: (object: object) => {
      const pod = runningPod({ ...object });
      if (pod !== undefined) states.apply(pod);
    },
    deleted: (uid: string) => {
      states.remove(uid);
      forget(uid);
    },
    listed: (uids: ReadonlySet<string>) => {
      for (const uid of states.removeOthers(uids)) forget(uid);
      listed = uids;
    },
    failed: failed("pods"),
  };
  const knownSince = await sinceOf(store, log, signal);
  const remembered = { admission: memorised(store, () => ports.now()) };
  const asked: ComparisonPorts = {
    admission: (namespace, start) => store.admission(namespace, start),
    isJudged: (digest) => store.isJudged(digest),
    resolve: (repository, digest) => ports.resolve(repository, digest),
    knownSince,
  };

  async function compared(pod: RunningPod): Promise<void> {
    try {
      const workload = await owners.workloadOf(pod);
      const { admission, findings } = settings.exempt.has(pod.namespace)
        ? { findings: [] }
        : await comparedTwice(pod, { ...asked, ...remembered }, asked);
      for (const finding of findings) {
        if (!states.isNew(pod, finding)) continue;
        // The audit log comes first: a pod whose finding is not recorded there is compared again.
        await recordReported({ pod, finding, workload, admission }, settings.lang, ports);
        states.report(pod, finding);
        await report(pod, finding, workload, settings.lang, ports);
      }
      pending.set(pod.uid, seenPod(pod, workload, admission, findings));
      if (findings.some(({ reason }) => reason === "image-unresolved")) later(pod);
    } catch (error) {
      log("error", "pod not compared", { namespace: pod.namespace, name: pod.name, ...errorFields(error) });
      await pause(AGAIN_MS, undefined, { signal }).catch(() => undefined);
      states.again(pod);
    }
  }
  /** Compares a pod again later: the registry may answer then. */
  function later(pod: RunningPod): void {
    setTimeout(() => states.again(pod), UNRESOLVED_MS).unref();
  }
  async function comparing(): Promise<void> {
    while (!signal.aborted) {
      const pod = states.next();
      if (pod === undefined) await pause(IDLE_MS, undefined, { signal }).catch(() => undefined);
      else await compared(pod);
    }
  }
  async function writing(): Promise<void> {
    while (!signal.aborted) {
      await pause(WRITE_MS, undefined, { signal }).catch(() => undefined);
      try {
        if (listed !== undefined) {
          await store.keepOnly(listed);
          listed = undefined;
        }
        await write(store, pending, gone);
      } catch (error) {
        log("error", "running pods not kept", errorFields(error));
      }
    }
  }
  const follow = (path: string, handler: Parameters<typeof listWatch>[2], accept?: string) =>
    listWatch(client, { path, ...(accept === undefined ? {} : { accept }) }, handler, signal, settings.times);
  log("info", "watching pods");
  await Promise.all([
    ...OWNED_CONTROLLERS.map(({ group, plural }) =>
      follow(`${group}/${plural}`, owners.handler(failed(plural)), METADATA),
    ),
    follow("/api/v1/pods", pods),
    writing(),
    ...Array.from({ length: AT_A_TIME }, comparing),
  ]);
  log("info", "no longer watching pods");
}

/** Milliseconds between two looks at an empty queue. */
const IDLE_MS = 200;

/**
 * Compares a pod with cached admissions first. Findings, and a template that is not among them, are checked by a second
 * comparison without the cache: a tag may have moved since, and another workload may start the same.
 */
async function comparedTwice(
  pod: RunningPod,
  remembered: ComparisonPorts,
  asked: ComparisonPorts,
): ReturnType<typeof comparePod> {
  const first = await comparePod(pod, remembered);
  const isOfKnownTemplate = first.admission?.templates.has(pod.labels) === true;
  return first.findings.length === 0 && isOfKnownTemplate ? first : comparePod(pod, asked);
}

/** Cached admissions of the store: pods of one workload have equal starts. */
function memorised(store: RunningStore, now: () => number): ComparisonPorts["admission"] {
  const known = new BoundedMap<{ readonly admission: Admission; readonly at: number }>(ADMISSIONS);
  return async (namespace, start) => {
    const place = `${namespace} ${start}`;
    const before = known.get(place);
    if (before !== undefined && Math.abs(now() - before.at) < KNOWN_MS) return before.admission;
    const admission = await store.admission(namespace, start);
    if (admission !== undefined) known.set(place, { admission, at: now() });
    return admission;
  };
}

async function write(store: RunningStore, pending: Map<string, SeenPod>, gone: Set<string>): Promise<void> {
  while (pending.size > 0 || gone.size > 0) {
    const pods = [...pending.values()].slice(0, WRITTEN);
    const uids = [...gone].slice(0, WRITTEN);
    await store.keepSeen(pods, uids);
    for (const pod of pods) if (pending.get(pod.uid) === pod) pending.delete(pod.uid);
    for (const uid of uids) gone.delete(uid);
  }
}

async function report(
  pod: RunningPod,
  { reason, image, message }: Finding,
  workload: ObjectReference,
  lang: Lang,
  { events, log }: Pick<WatcherPorts, "events" | "log">,
): Promise<void> {
  const { gravity, event } = FINDINGS[reason];
  const { namespace, name, node } = pod;
  const owner = `${workload.kind}/${workload.name}`;
  const about =
    image === undefined
      ? {}
      : { container: image.container, reference: image.reference, imageId: image.imageId };
  log(gravity === "info" ? "info" : "warn", "pod reported", {
    reason,
    gravity,
    namespace,
    name,
    owner,
    node,
    ...about,
  });
  if (event === undefined) return;
  try {
    const outcome = await events.write({
      object: workload,
      type: "Warning",
      reason: event,
      message: message[lang],
    });
    if (outcome === "dropped") log("warn", "event dropped, too many at once", { reason, namespace, name });
  } catch (error) {
    log("error", "event not written", { reason, namespace, name, ...errorFields(error) });
  }
}

/** Time from which all admissions are known; waits until the store answers. */
async function sinceOf(store: RunningStore, log: Log, signal: AbortSignal): Promise<string> {
  while (!signal.aborted) {
    try {
      return await store.knownSince();
    } catch (error) {
      log("error", "store not asked", errorFields(error));
      await pause(AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  }
  return new Date().toISOString();
}
