import { setTimeout as sleep } from "node:timers/promises";
import type { ProbePlan } from "../plan/plan.ts";
import type { ContainerRun } from "./container-run.ts";
import { succeeded, tryProbe } from "./probe/declared.ts";
import type { ContainerSockets } from "./sockets-watch.ts";

const PERIOD_MS = 200;

/**
 * Sends the second replica's readiness probe until it succeeds, since a replica that listens may wait for a
 * lock or lease of the first. The last answer is recorded.
 *
 * @param readyMs maximum wait in milliseconds
 */
export async function tryReplicaReadiness(
  { podContainer: { plan, log }, container, sockets }: ContainerRun,
  readyMs: number,
): Promise<void> {
  const { readiness, toldPort } = plan.stimuli;
  const probe = readiness && atOpenPort(readiness, sockets, toldPort);
  if (probe === undefined) return;
  const until = performance.now() + readyMs;
  let answer = await tryProbe(probe, container);
  while (!succeeded(answer) && performance.now() < until && container.end() === undefined) {
    await sleep(PERIOD_MS);
    answer = await tryProbe(probe, container);
  }
  log.observe(answer);
}

/** The probe at its own port, or at the port given to the replica if the replica listens there instead. */
function atOpenPort(
  probe: ProbePlan,
  sockets: ContainerSockets,
  toldPort: number | undefined,
): ProbePlan | undefined {
  const { does } = probe;
  const isOpen = (port: number): boolean => sockets.addressesOf(port).length > 0;
  const open = (declared: number): number | undefined =>
    [declared, ...(toldPort === undefined ? [] : [toldPort])].find(isOpen);
  if ("http" in does) {
    const port = open(does.http.port);
    return port === undefined ? undefined : { ...probe, does: { http: { ...does.http, port } } };
  }
  if ("grpc" in does) {
    const port = open(does.grpc.port);
    return port === undefined ? undefined : { ...probe, does: { grpc: { ...does.grpc, port } } };
  }
  // A connection to an open port succeeds, and a command is asked in every phase.
  return undefined;
}
