// Leader election by a Lease of coordination.k8s.io/v1, with the semantics of k8s.io/client-go/tools/leaderelection.

import { setTimeout as pause } from "node:timers/promises";
import { type Fields, numberOf, objectAt, stringOf } from "../../json/fields.ts";
import { type KubeClient, KubeError } from "./client.ts";

/** Times of an election, in milliseconds. */
export interface LeaseTimes {
  /** Time for which a lease is valid after its last renewal. */
  readonly holdsMs: number;
  /**
   * Time without a renewal after which a leader stops working, so that it stops before another process can
   * start.
   */
  readonly giveUpMs: number;
  readonly renewMs: number;
  /** Timeout of one request. */
  readonly requestMs: number;
}

const TIMES: LeaseTimes = { holdsMs: 15_000, giveUpMs: 10_000, renewMs: 2_000, requestMs: 3_000 };

/** Lease, and the process that competes for it. */
export interface Candidate {
  readonly lease: string;
  /** Identity of this process, unique among all processes. */
  readonly identity: string;
}

interface LeaseState {
  readonly held: Fields;
  /**
   * Spec at its last change, and this process's clock at that time: clocks of other machines are not trusted.
   */
  readonly text: string;
  readonly changedAt: number;
}

/**
 * Runs the work whenever this process holds the lease, until the signal ends it; then releases the lease.
 * Only one of several processes works at a time: each update of the lease names the resourceVersion that was
 * read.
 *
 * @param work ends when its signal is aborted; must not reject
 * @param onError receives errors, after which the next attempt follows
 */
export async function leading(
  client: KubeClient,
  candidate: Candidate,
  work: (signal: AbortSignal) => Promise<void>,
  { signal, onError }: { readonly signal: AbortSignal; readonly onError: (error: unknown) => void },
  times: LeaseTimes = TIMES,
): Promise<void> {
  let seen: LeaseState | undefined;
  let term: Term | undefined;
  async function end(): Promise<void> {
    clearTimeout(term?.timer);
    term?.abort.abort(new Error("the lease is no longer held"));
    await term?.ended;
    term = undefined;
  }
  while (!signal.aborted) {
    try {
      seen = await read(client, candidate, seen, times);
      const isHeld = await claimed(client, candidate, seen, times);
      if (!isHeld || term?.abort.signal.aborted === true) await end();
      else if (term === undefined) term = begun(work, times);
      else term.timer.refresh();
    } catch (error) {
      if (!(error instanceof KubeError && error.status === CONFLICT)) onError(error);
      if (term?.abort.signal.aborted === true) await end();
    }
    await pause(times.renewMs, undefined, { signal }).catch(() => undefined);
  }
  const isHeld = term !== undefined && !term.abort.signal.aborted;
  await end();
  if (isHeld) await release(client, candidate, times).catch(onError);
}

/** Period in which this process works; a timer ends it if the lease is not renewed. */
interface Term {
  readonly abort: AbortController;
  readonly ended: Promise<void>;
  readonly timer: NodeJS.Timeout;
}

function begun(work: (signal: AbortSignal) => Promise<void>, { giveUpMs }: LeaseTimes): Term {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(new Error("the lease was not renewed")), giveUpMs);
  return { abort, ended: work(abort.signal), timer };
}

const CONFLICT = 409;
const NOT_FOUND = 404;

function pathOf({ namespace }: KubeClient): string {
  return `/apis/coordination.k8s.io/v1/namespaces/${encodeURIComponent(namespace)}/leases`;
}

/** Current lease, with the time at which its last change was seen; undefined if no lease exists. */
async function read(
  client: KubeClient,
  { lease }: Candidate,
  before: LeaseState | undefined,
  { requestMs }: LeaseTimes,
): Promise<LeaseState | undefined> {
  try {
    const signal = AbortSignal.timeout(requestMs);
    const held = await client.send({ path: `${pathOf(client)}/${lease}`, signal });
    const text = JSON.stringify(held["spec"]);
    const isSame = before?.text === text;
    return { held, text, changedAt: isSame ? before.changedAt : performance.now() };
  } catch (error) {
    if (error instanceof KubeError && error.status === NOT_FOUND) return undefined;
    throw error;
  }
}

/**
 * Takes or renews the lease; false if another process holds it.
 *
 * @throws KubeError 409 if another process was faster
 */
async function claimed(
  client: KubeClient,
  { lease, identity }: Candidate,
  seen: LeaseState | undefined,
  { holdsMs, requestMs }: LeaseTimes,
): Promise<boolean> {
  const signal = AbortSignal.timeout(requestMs);
  const renewTime = microTime();
  const own = { holderIdentity: identity, leaseDurationSeconds: Math.ceil(holdsMs / 1_000), renewTime };
  const typed = { apiVersion: "coordination.k8s.io/v1", kind: "Lease" };
  if (seen === undefined) {
    const spec = { ...own, acquireTime: renewTime, leaseTransitions: 0 };
    const body = { ...typed, metadata: { name: lease, namespace: client.namespace }, spec };
    await client.send({ method: "POST", path: pathOf(client), body, signal });
    return true;
  }
  const spec = objectAt(seen.held, "spec");
  const holder = stringOf(spec["holderIdentity"]);
  const mostMs = Math.max(holdsMs, (numberOf(spec["leaseDurationSeconds"]) ?? 0) * 1_000);
  if (holder !== "" && holder !== identity && performance.now() - seen.changedAt < mostMs) return false;
  const changed =
    holder === identity
      ? {}
      : { acquireTime: renewTime, leaseTransitions: (numberOf(spec["leaseTransitions"]) ?? 0) + 1 };
  const body = { ...typed, metadata: seen.held["metadata"], spec: { ...spec, ...own, ...changed } };
  await client.send({ method: "PUT", path: `${pathOf(client)}/${lease}`, body, signal });
  return true;
}

/** Releases the lease, so that the next process can start at once. */
async function release(
  client: KubeClient,
  { lease, identity }: Candidate,
  { requestMs }: LeaseTimes,
): Promise<void> {
  const signal = AbortSignal.timeout(requestMs);
  const path = `${pathOf(client)}/${lease}`;
  const held = await client.send({ path, signal });
  const spec = objectAt(held, "spec");
  if (spec["holderIdentity"] !== identity) return;
  const body = {
    ...held,
    spec: { ...spec, holderIdentity: "", leaseDurationSeconds: 1, renewTime: microTime() },
  };
  await client.send({ method: "PUT", path, body, signal });
}

/** Current time as a MicroTime of the API: six digits after the seconds. */
function microTime(): string {
  return new Date().toISOString().replace("Z", "000Z");
}
