import type { HttpEvent, PortEvent, ProbeEvent } from "../../contract/trial-events.ts";
import { comparePeers } from "./compare-peers.ts";
import type { ContainerRun, RunEnd, RunOptions, RunOutcome } from "./container-run.ts";
import type { Phase } from "./event-log.ts";
import { type Exchange, tryExchanges } from "./exchanges.ts";
import { noteEnds } from "./file-ends.ts";
import { recordFileLocks } from "./file-locks.ts";
import { runPostStart } from "./hooks.ts";
import { tryProbesLate } from "./late-probes.ts";
import { noteOpenSizes, openSizes, recordOpenFiles } from "./open-files.ts";
import type { PhaseParticipant } from "./phase-participant.ts";
import type { PodContainer } from "./pod.ts";
import { ProcessorShare } from "./processor-share.ts";
import { repeatOnceMore, repeatRequests } from "./repeat-requests.ts";
import { tryReplicaReadiness } from "./replica-readiness.ts";
import { isReadyForServices } from "./service-readiness.ts";
import { noteSizes } from "./sizes-asked.ts";
import { runContainer } from "./start-container.ts";
import {
  askHttp,
  lookAtDatagramPorts,
  observeProcesses,
  tryPorts,
  tryPortsAgain,
  tryProbes,
} from "./stimulate.ts";
import { noteStopTime } from "./stop-changes.ts";
import {
  handlesStop,
  killContainer,
  recordExit,
  recordStarved,
  since,
  stopContainer,
} from "./stop-container.ts";
import { awaitStopReadiness } from "./stop-readiness.ts";
import { noteBeforeStop } from "./stop-writes.ts";
import { viewOf } from "./volumes.ts";
import { isExpected, waitReady } from "./wait-ready.ts";

/** One run of a server, from its start to the recording of its files. */
export async function runServer(
  podContainer: PodContainer,
  root: Phase["root"],
  options: RunOptions,
  participant: PhaseParticipant,
): Promise<RunOutcome> {
  const attempt = (): Promise<RunOutcome> =>
    runContainer(podContainer, root, (run, started) => serve(run, options, participant, started));
  let outcome = await attempt();
  if (outcome.status === "exited" && outcome.early.length > 0) {
    participant.report("exited");
    // The kubelet restarts the container.
    if (await participant.haveStarted(outcome.early)) outcome = await attempt();
  }
  if (outcome.status !== "serving")
    participant.report(outcome.status === "start-failed" ? outcome.status : "exited");
  participant.leave();
  return outcome;
}

async function serve(
  run: ContainerRun,
  options: RunOptions,
  participant: PhaseParticipant,
  started: number,
): Promise<RunOutcome> {
  const { podContainer, container } = run;
  const { plan, pod } = podContainer;
  const share = new ProcessorShare(container.pid);
  const postStart = runPostStart(podContainer, container, options.readyMs);
  const by = await waitReady(run, options.readyMs);
  if (await isReadyForServices(run, by, options.readyMs)) pod.readiness.becomesReady(plan);
  await postStart;
  const readyMs = since(started);
  const early = container.end();
  if (early !== undefined) {
    recordStarved(run, share);
    recordExit(run, early, started);
    return { status: "exited", early: container.overrun ? [] : participant.othersStarting };
  }
  podContainer.log.observe({ kind: "ready", by, afterMs: readyMs });
  if (hasMoved(run)) participant.report("moved");
  if (by === "nothing" && isExpected(plan.stimuli)) participant.report("not-ready");
  await participant.started();
  const how = await examine(run, options, { participant, share, started });
  const end = container.end();
  if (end !== undefined) {
    recordExit(run, end, started);
    return { status: "exited", early: [] };
  }
  const start = { upMs: since(started), readyMs, handled: handlesStop(run) };
  if (plan.role === "sidecar") await participant.appsEnded();
  if (how === "stop" && options.notesStop === true) noteBeforeStop(run);
  if (how === "stop") noteStopTime(podContainer);
  if (how === "stop")
    return { status: "serving", by, forced: await stopContainer(run, options.stopMs), start };
  await killContainer(run);
  return { status: "serving", by, forced: false, start };
}

/**
 * Examines a started container until all containers of the pod have been examined.
 *
 * @returns how to end the container, or its end if it ended on its own
 */
async function examine(
  run: ContainerRun,
  options: RunOptions,
  {
    participant,
    share,
    started,
  }: {
    readonly participant: PhaseParticipant;
    readonly share: ProcessorShare;
    readonly started: number;
  },
): Promise<RunEnd> {
  const { podContainer, container } = run;
  await observeProcesses(run);
  const before = openSizes(run);
  if (options.probes === "all") noteSizes(container);
  const tried = await stimulate(run, options, participant);
  participant.asked();
  const mostMs = podContainer.plan.waits.readyMs;
  // A second replica is only killed, so its handler need not be awaited.
  if (options.probes === "all" || options.like !== undefined) {
    await awaitStopReadiness(run, started, { like: options.like, mostMs });
  }
  recordStarved(run, share);
  if (container.end() === undefined) await participant.examined();
  const how = container.end() === undefined ? await options.end : "kill";
  if (container.end() !== undefined) return how;
  recordFileLocks(run);
  await tryPortsAgain(run, tried);
  recordOpenFiles(run, before);
  await participant.looked();
  return how;
}

/**
 * Whether the replica listens only on the port in its variable, so that others do not find it at its usual
 * port.
 */
function hasMoved({ podContainer, sockets }: ContainerRun): boolean {
  const { ports, toldPort } = podContainer.plan.stimuli;
  const open = new Set(sockets.listeners.map(({ port }) => port));
  const usual = ports.filter((port) => port !== toldPort);
  return toldPort !== undefined && open.has(toldPort) && !usual.some((port) => open.has(port));
}

/** Records the ends of the container's writable files, so that later growth is attributed to the requests. */
function noteWork(run: ContainerRun): void {
  const { pod, plan } = run.podContainer;
  noteOpenSizes(run);
  for (const directory of [run.container.root.upper, ...plan.writable.map(({ source }) => source)]) {
    if (!pod.ends.has(directory)) pod.ends.set(directory, noteEnds(viewOf(pod.plan, directory)));
  }
}

/**
 * Waits after the first requests. Output during the second half is attributed to no request: by then, all are
 * answered and logged. A worker, of which nothing can be asked, has some seconds for a line of its work.
 */
async function settle(run: ContainerRun, settleMs: number, isAsked: boolean): Promise<void> {
  const { container } = run;
  await container.waitForEnd(settleMs / 2);
  if (container.end() !== undefined) return;
  const grew = container.outputs.map((output) => output.watch());
  for (const output of container.outputs) output.idles();
  await container.waitForEnd(settleMs / 2);
  if (!isAsked || !isWorker(run)) return idled(run);
  const until = performance.now() + WORK_MS;
  while (!grew.some((one) => one()) && performance.now() < until) {
    if ((await container.waitForEnd(WORK_LOOK_MS)) !== undefined) break;
  }
  idled(run);
}

/** Time in which a worker is expected to write about its work, and interval at which its output is looked at. */
const [WORK_MS, WORK_LOOK_MS] = [5_000, 50];

/** Whether nothing can be asked of the container, so that its work comes by itself. */
function isWorker({ podContainer: { plan }, sockets }: ContainerRun): boolean {
  return plan.stimuli.ports.length === 0 && sockets.listeners.length === 0;
}

function idled({ container }: ContainerRun): void {
  for (const output of container.outputs) output.idled();
}

/**
 * Sends requests to the container's ports, and after a while to ports that were opened since. The pod's
 * containers are asked in step: one may be called by another alone, and logs what the other is asked.
 *
 * @returns the tried ports
 */
async function stimulate(
  run: ContainerRun,
  { probes, readyMs, settleMs, again = false, probesLate = false }: RunOptions,
  participant: PhaseParticipant,
): Promise<ReadonlySet<number>> {
  const { container, podContainer } = run;
  const tried = new Set<number>();
  const answers: (HttpEvent | ProbeEvent)[] = [];
  const exchanges: Exchange[] = [];
  const ask = async (ports: readonly PortEvent[]): Promise<void> => {
    const http = await askHttp(run, ports);
    answers.push(...http);
    exchanges.push(...(await tryExchanges(run, ports, http)));
  };
  const isAsked = probes === "all";
  if (!isAsked) participant.asked();
  const open = await tryPorts(run, tried);
  lookAtDatagramPorts(run, {});
  const probed = await tryProbes(run, probes);
  answers.push(...probed);
  await tryReplicaReadiness(run, readyMs);
  if (isAsked) podContainer.pod.askedAt.set(podContainer, BigInt(Date.now()) * 1_000_000n);
  if (isAsked) await ask(open);
  if (isAsked) await participant.inStep();
  if (again && container.end() === undefined) podContainer.factory.prepare();
  await settle(run, settleMs, isAsked);
  if (container.end() !== undefined) return tried;
  if (isAsked) await participant.inStep();
  const late = await tryPorts(run, tried);
  if (!isAsked) return tried;
  if (late.length > 0) await ask(late);
  await repeatRequests(run, answers);
  await comparePeers(run, [...open, ...late], answers, exchanges);
  await participant.inStep();
  noteWork(run);
  await repeatOnceMore(run, { answers, exchanges }, participant);
  if (probesLate) await tryProbesLate(run, probed);
  return tried;
}
