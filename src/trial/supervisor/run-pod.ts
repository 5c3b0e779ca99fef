import { LIMITS } from "../../contract/limits.ts";
import type { FromSupervisor, PodPlan } from "../plan.ts";
import { makeAreas } from "./areas.ts";
import { Containers } from "./containers.ts";
import { examine, runReplica } from "./course.ts";
import { startDependencies } from "./dependencies.ts";
import { startDnsSink } from "./dns-sink.ts";
import { Journal } from "./journal.ts";
import { setUpNetwork } from "./network.ts";
import type { Pod } from "./pod.ts";
import { mountMemory } from "./root-fs.ts";
import { SocketsWatch } from "./sockets-watch.ts";

/** Bytes for bundles, logs of the runtime and injected files. */
const SCRATCH_BYTES = 64 * 1024 ** 2;

/** Runs a pod in the namespaces that this process was started in, from its network to its end. */
export async function runPod(plan: PodPlan, say: (said: FromSupervisor) => void): Promise<void> {
  const journal = new Journal(plan.origin, say);
  const [addresses] = await Promise.all([setUp(plan, journal), setUpFiles(plan)]);
  const watch = new SocketsWatch(journal, addresses.values());
  const containers = new Containers(plan);
  const pod: Pod = { plan, journal, watch, containers, areas: new Map(), cleaning: [] };
  const deadline = setTimeout(
    () => {
      journal.observe({ kind: "limit", what: "deadline" });
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

async function setUp(plan: PodPlan, journal: Journal): Promise<ReadonlyMap<string, string>> {
  await setUpNetwork(plan);
  const addresses = await startDependencies(plan.dependencies, (dependency, address, port) => {
    journal.observeOnce({ kind: "connect", protocol: "tcp", address, port, dependency });
  });
  await startDnsSink(addresses, ({ name, type }, answered) => {
    journal.observeOnce({ kind: "dns", name, type, answered });
  });
  return addresses;
}

async function setUpFiles({ tools, scratch, areas }: PodPlan): Promise<void> {
  await mountMemory(tools.mount, scratch, { mode: 0o755, gid: 0, bytes: SCRATCH_BYTES, inodes: 10_000 });
  await makeAreas(tools, areas);
}
