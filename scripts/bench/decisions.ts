// `node scripts/bench/decisions.ts [DECISIONS]`: records durable decisions in an embedded PostgreSQL from 1, 8, 16 and
// 64 clients, and prints rates and the CPU seconds of node and of PostgreSQL per 10,000; and the time from start to
// ready, with new data and with those of a run before.

import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore, type PostgresStore } from "../../src/server/store/open-store.ts";
import { decision } from "../../test/fixtures/decisions.ts";
import { serverSeconds } from "./rejudge/server-seconds.ts";

const TOTAL = Number(process.argv[2] ?? 10_000);
const CLIENTS = [1, 8, 16, 64];

const folder = mkdtempSync(join(tmpdir(), "douane-bench-"));
chmodSync(folder, 0o755);
const data = join(folder, "data");
try {
  process.stdout.write(`ready, new data: ${(await startTime()).toFixed(2)} s\n`);
  for (let run = 0; run < 3; run++)
    process.stdout.write(`ready, data of before: ${(await startTime()).toFixed(2)} s\n`);
  const store = await openStore({ folder: data }, { douane: "0.1.0" });
  for (const clients of CLIENTS) process.stdout.write(`${await measured(store, clients)}\n`);
  await store.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Seconds from the start to an open store. */
async function startTime(): Promise<number> {
  const start = performance.now();
  const store = await openStore({ folder: data }, { douane: "0.1.0" });
  const seconds = (performance.now() - start) / 1_000;
  await store.close();
  return seconds;
}

async function measured(store: PostgresStore, clients: number): Promise<string> {
  const before = { node: process.cpuUsage(), server: serverSeconds(data), time: performance.now() };
  let next = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (next < TOTAL) await store.record(decision({ uid: `${clients}-${next++}` }));
    }),
  );
  const seconds = (performance.now() - before.time) / 1_000;
  const { user, system } = process.cpuUsage(before.node);
  const per = 10_000 / TOTAL;
  const node = ((user + system) / 1_000_000) * per;
  const server = (serverSeconds(data) - before.server) * per;
  const rate = Math.round(TOTAL / seconds);
  return `${clients} clients: ${rate}/s; CPU s per 10,000: node ${node.toFixed(2)}, PostgreSQL ${server.toFixed(2)}, both ${(node + server).toFixed(2)}`;
}
