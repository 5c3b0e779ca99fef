import { constants } from "node:os";
import type { ExitEvent, ReadyEvent } from "../../contract/trial-facts.ts";
import type { Companion, Company } from "./company.ts";
import { runPostStart, runPreStop } from "./hooks.ts";
import type { Phase } from "./journal.ts";
import { lookBack } from "./look-back.ts";
import type { Member } from "./pod.ts";
import { type ProcessEnd, signalNumber } from "./process-end.ts";
import type { Container } from "./running-container.ts";
import { StartError } from "./runtime.ts";
import type { ContainerSockets } from "./sockets-watch.ts";
import { askHttp, observeProcesses, tryPorts, tryProbes } from "./stimulate.ts";
import { isExpected, waitReady } from "./wait-ready.ts";

/** A killed process is gone at once, unless the kernel holds it. */
const KILL_MS = 30_000;

export interface Course {
  /** Declared probes and health paths; without, only ports are tried. */
  readonly probes: boolean;
  readonly end: "kill" | "stop";
  readonly readyMs: number;
  readonly settleMs: number;
}

export type LifeOutcome =
  /** `exited`: by itself, when it should not or not well. Of batches, `completed` ended well, `unfinished` by us. */
  | { readonly was: "start-failed" | "completed" | "unfinished" }
  /** `early`: who had not started yet, so that it may have looked for them in vain. */
  | { readonly was: "exited"; readonly early: readonly Member[] }
  /** A server that was ended by us; `forced`: it had not stopped when asked to. */
  | { readonly was: "serving"; readonly by: ReadyEvent["by"]; readonly forced: boolean };

/** A container of a pod that runs. */
export interface Running {
  readonly member: Member;
  readonly container: Container;
  readonly sockets: ContainerSockets;
}

/** One run of a server, from its start to its end and what it left. */
export async function live(
  member: Member,
  root: Phase["root"],
  course: Course,
  companion: Companion,
): Promise<LifeOutcome> {
  const attempt = (): Promise<LifeOutcome> =>
    run(member, root, (running, started) => serve(running, course, companion, started));
  let outcome = await attempt();
  if (outcome.was === "exited" && outcome.early.length > 0) {
    companion.miss("exited");
    // The kubelet starts it again.
    if (await companion.haveStarted(outcome.early)) outcome = await attempt();
  }
  if (outcome.was !== "serving") companion.miss(outcome.was === "start-failed" ? outcome.was : "exited");
  companion.leave();
  return outcome;
}

/** A batch: it ends by itself, or is ended when its time is up. */
export async function runBatch(
  member: Member,
  root: Phase["root"],
  ms: number,
  company: Company,
): Promise<LifeOutcome> {
  company.enter(member);
  const attempt = (): Promise<LifeOutcome> =>
    run(member, root, async (running, started) => {
      const postStart = runPostStart(member, running.container, ms);
      const end = await running.container.waitForEnd(ms);
      await postStart;
      if (end === undefined) {
        await kill(running);
        return { was: "unfinished" };
      }
      const early = running.container.overrun ? [] : company.startingBeside(member);
      exited(running, end, started);
      return end.code === 0 ? { was: "completed" } : { was: "exited", early };
    });
  let outcome = await attempt();
  if (outcome.was === "exited" && outcome.early.length > 0 && (await company.haveStarted(outcome.early))) {
    outcome = await attempt();
  }
  if (outcome.was === "unfinished") company.miss(member, "not-ready");
  else if (outcome.was === "exited" || outcome.was === "start-failed") company.miss(member, outcome.was);
  if (member.plan.role !== "init") company.examined.arrive();
  company.leave(member);
  return outcome;
}

async function run(
  member: Member,
  root: Phase["root"],
  course: (running: Running, started: number) => Promise<LifeOutcome>,
): Promise<LifeOutcome> {
  const container = await create(member, root);
  if (container === undefined) return { was: "start-failed" };
  const { journal, plan, pod } = member;
  const sockets = pod.watch.follow({ journal, pid: container.pid, ports: plan.stimuli.ports });
  try {
    if (!(await start(member, container))) return { was: "start-failed" };
    return await course({ member, container, sockets }, performance.now());
  } finally {
    await lookBack(member, container);
    sockets.leave();
  }
}

async function create({ containers, journal }: Member, root: Phase["root"]): Promise<Container | undefined> {
  try {
    return await containers.create({ readOnly: root === "read-only" });
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    journal.observe({ kind: "start-failed", message: error.message });
    return undefined;
  }
}

async function start({ journal }: Member, container: Container): Promise<boolean> {
  try {
    await container.start();
    return true;
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    journal.observe({ kind: "start-failed", message: error.message });
    return false;
  }
}

async function serve(
  running: Running,
  course: Course,
  companion: Companion,
  started: number,
): Promise<LifeOutcome> {
  const { member, container } = running;
  const postStart = runPostStart(member, container, course.readyMs);
  const by = await waitReady(running, course.readyMs);
  await postStart;
  const early = container.end();
  if (early !== undefined) {
    exited(running, early, started);
    return { was: "exited", early: container.overrun ? [] : companion.startingBeside };
  }
  member.journal.observe({ kind: "ready", by, afterMs: since(started) });
  if (hasMoved(running)) companion.miss("moved");
  if (by === "nothing" && isExpected(member.plan.stimuli)) companion.miss("not-ready");
  await companion.started();
  await observeProcesses(running);
  await stimulate(running, course);
  if (container.end() === undefined) await companion.examined();
  const end = container.end();
  if (end !== undefined) {
    exited(running, end, started);
    return { was: "exited", early: [] };
  }
  if (member.plan.role === "sidecar") await companion.appsEnded();
  const forced = course.end === "stop" ? await stop(running) : await kill(running);
  return { was: "serving", by, forced };
}

/** Others look for it where it usually listens. */
function hasMoved({ member, sockets }: Running): boolean {
  const { ports, toldPort } = member.plan.stimuli;
  const open = new Set(sockets.listeners.map(({ port }) => port));
  const usual = ports.filter((port) => port !== toldPort);
  return toldPort !== undefined && open.has(toldPort) && !usual.some((port) => open.has(port));
}

async function stimulate(running: Running, { probes, settleMs }: Course): Promise<void> {
  const { container } = running;
  const tried = new Set<number>();
  const open = await tryPorts(running, tried);
  if (probes) {
    await tryProbes(running);
    await askHttp(running, open);
  }
  await container.waitForEnd(settleMs);
  if (container.end() !== undefined) return;
  const late = await tryPorts(running, tried);
  if (probes) await askHttp(running, late);
}

function exited({ member, container }: Running, end: ProcessEnd, started: number): void {
  const { events, overrun } = container;
  const outOfMemory = events.outOfMemory ? ({ outOfMemory: true } as const) : {};
  member.journal.observe({
    kind: "exit",
    by: overrun ? "kill" : "itself",
    afterMs: since(started),
    ...end,
    ...outOfMemory,
  });
}

async function kill({ member, container }: Running): Promise<false> {
  member.journal.observe(await ended(container, "kill", constants.signals.SIGKILL, KILL_MS));
  return false;
}

async function stop({ member, container }: Running): Promise<boolean> {
  const { stimuli } = member.plan;
  const graceMs = await runPreStop(member, container);
  const asked = performance.now();
  const exit = await ended(container, "stop", signalNumber(stimuli.stopSignal), graceMs);
  if (container.end() !== undefined) {
    member.journal.observe(exit);
    return false;
  }
  const end = await ended(container, "kill", constants.signals.SIGKILL, KILL_MS);
  member.journal.observe({ ...end, by: "stop", afterMs: since(asked), forced: true });
  return true;
}

async function ended(
  container: Container,
  by: ExitEvent["by"],
  signal: number,
  ms: number,
): Promise<ExitEvent> {
  const asked = performance.now();
  container.signal(signal);
  const end = await container.waitForEnd(ms);
  return { kind: "exit", by, afterMs: since(asked), ...end };
}

function since(started: number): number {
  return Math.round(performance.now() - started);
}
