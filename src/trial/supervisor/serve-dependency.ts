import { once } from "node:events";
import { connect, createServer, type Server } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { LIMITS } from "../../contract/limits.ts";
import type { DependencyFailure } from "../../contract/trial-dependency.ts";
import { POD } from "../plan/addresses.ts";
import type { ServesPlan, SupervisorMessage } from "../plan/plan.ts";
import { monotonicMs } from "./clock.ts";
import { DependencyReadiness } from "./dependency-readiness.ts";
import { SocketFolder } from "./dependency-sockets.ts";
import { joinSockets } from "./join-sockets.ts";
import { connectContainer } from "./network.ts";
import type { Pod } from "./pod.ts";
import type { Container } from "./running-container.ts";
import { StartError } from "./runtime.ts";
import { stderrTail } from "./stderr-tail.ts";
import { since } from "./stop-container.ts";

/** Interval of checks whether the container has ended. */
const LOOK_MS = 50;
const KILL_MS = 30_000;

/**
 * Runs a dependency's image until this process ends, once for all phases, so that its data persist. Reports
 * when the dependency is usable, and resolves when it no longer is.
 */
export async function serveDependency(
  { containers, plan: { origin, tools } }: Pod,
  { sockets, ports, readiness }: ServesPlan,
  send: (message: SupervisorMessage) => void,
): Promise<void> {
  const fail = (failure: Omit<DependencyFailure, "ms">): void => {
    const ms = Math.round(monotonicMs() - origin);
    send({ kind: "dependency-failed", failure: { ...failure, ms } });
  };
  const [podContainer] = containers;
  if (podContainer === undefined) return;
  let container: Container;
  try {
    container = await podContainer.factory.create({ readOnly: false });
    await connectContainer(tools, container.pid);
    await container.start();
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    fail({ was: "start-failed", said: error.message });
    return;
  }
  const started = performance.now();
  const ready = new DependencyReadiness(container, ports, readiness);
  if (await ready.wait()) {
    await openSockets(new SocketFolder(sockets), ports);
    send({ kind: "dependency-ready", afterMs: since(started) });
    while (container.end() === undefined) await sleep(LOOK_MS);
  }
  fail(await failureOf(container, ready));
}

/** Accepts connections of other pods; returns the servers by port. */
export async function openSockets(
  folder: SocketFolder,
  ports: readonly number[],
  host: string = POD.ipv4,
): Promise<readonly Server[]> {
  const servers: Server[] = [];
  for (const port of ports) {
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      joinSockets(socket, connect({ host, port, allowHalfOpen: true }));
    });
    server.maxConnections = LIMITS.trialConnections;
    server.listen(folder.path(port));
    await once(server, "listening");
    servers.push(server);
  }
  return servers;
}

/** Failure of a dependency that ended or is still not ready, with its last output. */
async function failureOf(
  container: Container,
  { refusal }: DependencyReadiness,
): Promise<Omit<DependencyFailure, "ms">> {
  const end = container.end();
  if (end === undefined) container.signal(9);
  await container.waitForEnd(KILL_MS);
  const outputs = await Promise.all(container.outputs.map((output) => output.close()));
  const said = [stderrTail(outputs), end === undefined ? (refusal ?? "") : ""].join("\n").trim();
  return {
    was: end === undefined ? "not-ready" : "exited",
    ...end,
    ...(container.events.outOfMemory ? { outOfMemory: true } : {}),
    ...(said === "" ? {} : { said }),
  };
}
