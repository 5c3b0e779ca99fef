// Leader election by a Lease, against the fake API server.

import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Fields, objectAt } from "../../src/json/fields.ts";
import { type KubeClient, kubeClient } from "../../src/server/kube/client.ts";
import { leading } from "../../src/server/kube/lease.ts";
import { DEADLINE_MS } from "../fixtures/deadline.ts";
import { type Cluster, startCluster } from "./cluster.ts";
import { clusterConnection } from "./watching.ts";

let cluster: Cluster;
const TIMES = { holdsMs: 2_000, giveUpMs: 1_200, renewMs: 50, requestMs: 1_000 };
const eventually = { timeout: DEADLINE_MS, interval: 20 };

beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop());

interface Runner {
  readonly identity: string;
  readonly errors: unknown[];
  readonly terms: () => number;
  stop(): Promise<void>;
}

/** Processes that work now. */
const working = new Set<string>();
/** Set if two worked at the same time. */
let isShared = false;

function candidate(lease: string, identity: string, client: KubeClient = connected()): Runner {
  const stop = new AbortController();
  const errors: unknown[] = [];
  let terms = 0;
  const ended = leading(
    client,
    { lease, identity },
    async (signal) => {
      terms += 1;
      if (working.size > 0) isShared = true;
      working.add(identity);
      await pause(DEADLINE_MS, undefined, { signal }).catch(() => {});
      working.delete(identity);
    },
    { signal: stop.signal, onError: (error) => errors.push(error) },
    TIMES,
  );
  return {
    identity,
    errors,
    terms: () => terms,
    async stop() {
      stop.abort();
      await ended;
      client.close();
    },
  };
}

function connected(): KubeClient {
  return kubeClient(clusterConnection(cluster));
}

async function holder(lease: string): Promise<Fields> {
  const client = connected();
  const path = `/apis/coordination.k8s.io/v1/namespaces/default/leases/${lease}`;
  const held = await client.send({ path });
  client.close();
  return objectAt(held, "spec");
}

test("of three candidates one works, and when it stops the next one does at once", async () => {
  const all = ["a", "b", "c"].map((identity) => candidate("handed-on", identity));
  await expect.poll(() => working.size, eventually).toBe(1);
  const [first] = working;
  expect(await holder("handed-on")).toMatchObject({ holderIdentity: first, leaseTransitions: 0 });
  await all.find(({ identity }) => identity === first)?.stop();
  await expect.poll(() => working.size, eventually).toBe(1);
  expect([...working]).not.toContain(first);
  await Promise.all(all.filter(({ identity }) => identity !== first).map((one) => one.stop()));
  expect(await holder("handed-on")).toMatchObject({ holderIdentity: "" });
  expect(isShared).toBe(false);
});

test("one that is cut off stops before another begins", async () => {
  const client = connected();
  let isCut = false;
  const cut: KubeClient = {
    ...client,
    send: (request) => (isCut ? Promise.reject(new Error("cut off")) : client.send(request)),
  };
  const lost = candidate("cut-off", "lost", cut);
  await expect.poll(() => working.has("lost"), eventually).toBe(true);
  const next = candidate("cut-off", "next");
  isCut = true;
  await expect.poll(() => working.has("next"), eventually).toBe(true);
  expect([isShared, working.has("lost")]).toEqual([false, false]);
  expect(await holder("cut-off")).toMatchObject({ holderIdentity: "next", leaseTransitions: 1 });
  isCut = false;
  expect(lost.errors).not.toEqual([]);
  await Promise.all([lost.stop(), next.stop()]);
  expect([lost.terms(), next.terms()]).toEqual([1, 1]);
});
