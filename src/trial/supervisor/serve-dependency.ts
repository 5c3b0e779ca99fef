import { once } from "node:events";
import { connect, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { LIMITS } from "../../contract/limits.ts";
import type { DependencyFailure } from "../../contract/trial-dependency.ts";
import type { ReadinessPlan, ServesPlan, SupervisorMessage } from "../plan.ts";
import { monotonicMs } from "./clock.ts";
import { SocketFolder } from "./dependency-sockets.ts";
import { since } from "./end-container.ts";
import { joinSockets } from "./join-sockets.ts";
import { lastWords } from "./last-words.ts";
import { POD } from "./network.ts";
import type { Pod } from "./pod.ts";
import { tryConnection } from "./probe/tcp.ts";
import type { Container } from "./running-container.ts";
import { StartError } from "./runtime.ts";

/** Between two looks whether it is ready, or has ended. */
const LOOK_MS = 50;
/** Of one command that is asked whether it is ready. */
const EXEC_MS = 10_000;
/** Between one port of an image and the next. */
const QUIET_MS = 5_000;
const KILL_MS = 30_000;

/**
 * Runs the image of a dependency until this process ends, once and for all phases: it may keep what
 * it is given. Tells when it can be used, and resolves when it cannot any more.
 */
export async function serveDependency(
  { containers, plan: { origin } }: Pod,
  { sockets, ports, readiness }: ServesPlan,
  send: (message: SupervisorMessage) => void,
): Promise<void> {
  const fail = (failure: Omit<DependencyFailure, "ms">): void => {
    const ms = Math.round(monotonicMs() - origin);
    send({ type: "dependency-failed", failure: { ...failure, ms } });
  };
  const [podContainer] = containers;
  if (podContainer === undefined) return;
  let container: Container;
  try {
    container = await podContainer.factory.create({ readOnly: false });
    await container.start();
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    fail({ was: "start-failed", said: error.message });
    return;
  }
  const started = performance.now();
  if (await isReady(container, ports, readiness)) {
    await openSockets(new SocketFolder(sockets), ports);
    send({ type: "dependency-ready", afterMs: since(started) });
    while (container.end() === undefined) await sleep(LOOK_MS);
  }
  fail(await failureOf(container));
}

/** Waits until it is; false: it ended before, or time is up. */
async function isReady(
  container: Container,
  ports: readonly number[],
  { exec, hint, timeoutMs }: ReadinessPlan,
): Promise<boolean> {
  const until = performance.now() + timeoutMs;
  // A command in it may be content while it sets itself up, where nobody else can reach it.
  const quietMs = exec === undefined ? QUIET_MS : 0;
  const open = new OpenPorts(ports, hint === true ? quietMs : Number.POSITIVE_INFINITY);
  while (performance.now() < until && container.end() === undefined) {
    const ready = (await open.suffice()) && (exec === undefined || (await succeeds(container, exec)));
    // A program that takes another's place while it sets itself up is gone by the next look.
    if (ready && container.end() === undefined) return true;
    await sleep(LOOK_MS);
  }
  return false;
}

class OpenPorts {
  readonly #ports: readonly number[];
  readonly #quietMs: number;
  readonly #open = new Set<number>();
  #since = 0;

  /** @param quietMs after which some of them are enough, if no other has opened */
  constructor(ports: readonly number[], quietMs: number) {
    this.#ports = ports;
    this.#quietMs = quietMs;
  }

  async suffice(): Promise<boolean> {
    const before = this.#open.size;
    for (const port of this.#ports) {
      if ((await tryConnection(POD.ipv4, port)) === "open") this.#open.add(port);
      else this.#open.delete(port);
    }
    if (this.#open.size !== before) this.#since = performance.now();
    if (this.#open.size === this.#ports.length) return true;
    return this.#open.size > 0 && performance.now() - this.#since >= this.#quietMs;
  }
}

async function succeeds(container: Container, exec: readonly string[]): Promise<boolean> {
  return (await container.exec(exec, EXEC_MS)).code === 0;
}

/** Takes the connections of other pods. */
async function openSockets(folder: SocketFolder, ports: readonly number[]): Promise<void> {
  for (const port of ports) {
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      joinSockets(socket, connect({ host: POD.ipv4, port, allowHalfOpen: true }));
    });
    server.maxConnections = LIMITS.trialConnections;
    server.listen(folder.path(port));
    await once(server, "listening");
  }
}

/** How it ended, or that it still is not ready, and what it said last. */
async function failureOf(container: Container): Promise<Omit<DependencyFailure, "ms">> {
  const end = container.end();
  if (end === undefined) container.signal(9);
  await container.waitForEnd(KILL_MS);
  const outputs = await Promise.all(container.outputs.map((output) => output.close()));
  const said = lastWords(outputs);
  return {
    was: end === undefined ? "not-ready" : "exited",
    ...end,
    ...(container.events.outOfMemory ? { outOfMemory: true } : {}),
    ...(said === "" ? {} : { said }),
  };
}
