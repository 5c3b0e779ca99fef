import { LIMITS } from "../../contract/limits.ts";
import type { TrialEvent } from "../../contract/trial-events.ts";
import { POD } from "../plan/addresses.ts";
import type { PodPlan, SupervisorMessage } from "../plan/plan.ts";
import { followClosed } from "./closed-sockets.ts";
import { ContainerFactory } from "./container-factory.ts";
import type { ControlChannel } from "./control-channel.ts";
import { startDependencies } from "./dependencies.ts";
import { type Peer, startDnsSink } from "./dns-sink.ts";
import { EventLog } from "./event-log.ts";
import { readSnapshot } from "./file-snapshot.ts";
import { InnerFolders } from "./inner-folders.ts";
import { setUpNetwork } from "./network.ts";
import { mountMemory } from "./overlay-root.ts";
import { OwnServiceNames } from "./own-services.ts";
import { examine, examineWritable, runReplica, tryMounts } from "./phases.ts";
import type { Pod, PodContainer } from "./pod.ts";
import { PodReadiness } from "./pod-readiness.ts";
import { serveDependency } from "./serve-dependency.ts";
import { SocketsWatch } from "./sockets-watch.ts";
import { StopWaits } from "./stop-progress.ts";
import { makeVolumes } from "./volumes.ts";

/** Bytes of the tmpfs for bundles, logs of the runtime and injected files. */
const SCRATCH_BYTES = 64 * 1024 ** 2;

/** Runs a pod, from its network to its end, in the namespaces in which this process was started. */
export async function runPod(plan: PodPlan, control: ControlChannel, send: Send): Promise<void> {
  const watch = new SocketsWatch([
    ...plan.dependencies.map(({ address }) => address),
    ...plan.ownServices.flatMap(({ address }) => address ?? []),
  ]);
  const readiness = new PodReadiness(plan);
  await Promise.all([setUp(plan, watch, readiness), setUpFiles(plan)]);
  const closed = followClosed(
    plan.tools,
    (remote) => watch.closed(remote),
    (local) => watch.talked(local),
  );
  const pod = podOf(plan, { watch, control, readiness, send });
  const deadline = setTimeout(
    () => {
      for (const { log } of pod.containers) log.observe({ kind: "limit", what: "deadline" });
      send({ kind: "done" });
    },
    Math.min(plan.deadlineMs, LIMITS.trialMs),
  );
  try {
    if (plan.serves !== undefined) await serveDependency(pod, plan.serves, send);
    else if (plan.name !== "dependency") await RUNS[plan.name](pod, send);
    // Remaining parts are removed when this process ends; cgroups are removed by the guardian.
  } finally {
    clearTimeout(deadline);
    watch.stop();
    closed?.stop();
  }
}

type Send = (message: SupervisorMessage) => void;

const RUNS = {
  main: examine,
  writable: examineWritable,
  replica: runReplica,
  tried: tryMounts,
} as const satisfies Record<Exclude<PodPlan["name"], "dependency">, (pod: Pod, send: Send) => Promise<void>>;

function podOf(
  plan: PodPlan,
  { watch, control, readiness, send }: Pick<Pod, "watch" | "control" | "readiness"> & { readonly send: Send },
): Pod {
  const containers: PodContainer[] = [];
  const pod: Pod = {
    plan,
    watch,
    control,
    readiness,
    containers,
    volumes: treesOf(plan),
    held: new Map(),
    askedAt: new Map(),
    ends: new Map(),
    beforeStop: new Map(),
    stoppingAt: new Map(),
    roots: new Map(),
    contents: new Map(),
    stopWaits: new StopWaits(send),
    ended: [],
  };
  const folders = new InnerFolders(plan);
  for (const [index, container] of plan.containers.entries()) {
    containers.push({
      pod,
      plan: container,
      log: new EventLog(plan.origin, index, send),
      factory: new ContainerFactory(plan, container, index, folders),
    });
  }
  return pod;
}

/** Initial content of the pod's volumes; mostly empty. */
function treesOf({ volumes }: PodPlan): Pod["volumes"] {
  const messages = volumes.filter(({ message }) => message !== undefined);
  return new Map(messages.map(({ source }) => [source, readSnapshot(source)]));
}

async function setUp(plan: PodPlan, watch: SocketsWatch, readiness: PodReadiness): Promise<void> {
  await setUpNetwork(plan);
  const record = ({ protocol, port }: Peer, event: TrialEvent): void => {
    for (const log of watch.senders(protocol, port)) log.observeOnce(event);
  };
  const isReady = (): boolean => readiness.isReady;
  const addresses = await startDependencies(plan, { isReady }, (to, from) => {
    record(from, { kind: "connect", protocol: "tcp", ...to });
  });
  const names = new OwnServiceNames(plan);
  const own = (name: string): string | undefined => {
    const service = names.serviceOf(name);
    if (service === undefined || service.address !== undefined) return service?.address;
    return service.publishesUnready === true || isReady() ? POD.ipv4 : undefined;
  };
  const resolved = { addresses, own, isSearched: (name: string) => names.isSearched(name) };
  await startDnsSink(resolved, plan.namespace, ({ name, type }, answered, from) => {
    record(from, { kind: "dns", name, type, answered });
  });
}

async function setUpFiles({ tools, scratch, volumes }: PodPlan): Promise<void> {
  await mountMemory(tools.mount, scratch, { mode: 0o755, gid: 0, bytes: SCRATCH_BYTES, inodes: 10_000 });
  await makeVolumes(tools, volumes);
}
