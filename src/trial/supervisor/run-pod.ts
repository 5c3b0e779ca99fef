import { LIMITS } from "../../contract/limits.ts";
import type { TrialEvent } from "../../contract/trial-facts.ts";
import type { FromSupervisor, PodPlan } from "../plan.ts";
import { makeAreas } from "./areas.ts";
import { Containers } from "./containers.ts";
import { examine, runReplica } from "./course.ts";
import { startDependencies } from "./dependencies.ts";
import { type Peer, startDnsSink } from "./dns-sink.ts";
import { Journal } from "./journal.ts";
import { dependencyAddress, setUpNetwork } from "./network.ts";
import type { Member, Pod } from "./pod.ts";
import { mountMemory } from "./root-fs.ts";
import { SocketsWatch } from "./sockets-watch.ts";

/** Bytes for bundles, logs of the runtime and injected files. */
const SCRATCH_BYTES = 64 * 1024 ** 2;

/** Runs a pod in the namespaces that this process was started in, from its network to its end. */
export async function runPod(plan: PodPlan, say: (said: FromSupervisor) => void): Promise<void> {
  const watch = new SocketsWatch(plan.dependencies.map((_, index) => dependencyAddress(index)));
  await Promise.all([setUp(plan, watch), setUpFiles(plan)]);
  const pod = podOf(plan, watch, say);
  const deadline = setTimeout(
    () => {
      for (const { journal } of pod.members) journal.observe({ kind: "limit", what: "deadline" });
      say({ type: "done" });
    },
    Math.min(plan.deadlineMs, LIMITS.trialMs),
  );
  try {
    await (plan.name === "replica" ? runReplica(pod) : examine(pod));
    await Promise.all(pod.cleaning);
  } finally {
    clearTimeout(deadline);
    watch.stop();
  }
}

function podOf(plan: PodPlan, watch: SocketsWatch, say: (said: FromSupervisor) => void): Pod {
  const members: Member[] = [];
  const pod: Pod = { plan, watch, members, areas: new Map(), ended: [], cleaning: [] };
  for (const [index, container] of plan.containers.entries()) {
    members.push({
      pod,
      plan: container,
      journal: new Journal(plan.origin, index, say),
      containers: new Containers(plan, container, index),
    });
  }
  return pod;
}

async function setUp(plan: PodPlan, watch: SocketsWatch): Promise<void> {
  await setUpNetwork(plan);
  const tell = ({ protocol, port }: Peer, event: TrialEvent): void => {
    for (const journal of watch.senders(protocol, port)) journal.observeOnce(event);
  };
  const addresses = await startDependencies(plan.dependencies, (to, from) => {
    tell(from, { kind: "connect", protocol: "tcp", ...to });
  });
  await startDnsSink(addresses, ({ name, type }, answered, from) => {
    tell(from, { kind: "dns", name, type, answered });
  });
}

async function setUpFiles({ tools, scratch, areas }: PodPlan): Promise<void> {
  await mountMemory(tools.mount, scratch, { mode: 0o755, gid: 0, bytes: SCRATCH_BYTES, inodes: 10_000 });
  await makeAreas(tools, areas);
}
