import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import type { Database } from "./connect.ts";

/** Milliseconds between two attempts to listen again. */
const AGAIN_MS = 1_000;

/** Receiver of notifications. */
interface Hearer {
  readonly channels: ReadonlySet<string>;
  readonly hear: (channel: string, payload: string) => void;
}

/** Connection on which all receivers of a process hear: each state of the vulnerability data has receivers of its own. */
interface Hub {
  readonly hearers: Set<Hearer>;
  /** Channels that were ever asked for. */
  readonly channels: Set<string>;
  readonly ending: AbortController;
  client?: pg.PoolClient | undefined;
  running: Promise<void>;
}

const HUBS = new WeakMap<pg.Pool, Hub>();

/**
 * Receives notifications of PostgreSQL over a separate connection, which all receivers of a database share, and which is
 * opened again when it breaks. Notifications sent meanwhile are lost. Behind a pooler that shares connections between
 * transactions, all notifications are lost. Callers must therefore also poll.
 *
 * @param hear receives each notification
 * @returns function that stops listening; the last one closes the connection
 */
export function listen(
  { pool }: Database,
  channels: readonly string[],
  hear: (channel: string, payload: string) => void,
): () => Promise<void> {
  const hub = HUBS.get(pool) ?? begun(pool);
  const hearer = { channels: new Set(channels), hear };
  hub.hearers.add(hearer);
  for (const channel of channels) {
    if (hub.channels.has(channel)) continue;
    hub.channels.add(channel);
    // A failure breaks the connection, which is opened again with all channels.
    hub.client?.query(`listen ${channel}`).catch(() => undefined);
  }
  return async () => {
    if (!hub.hearers.delete(hearer) || hub.hearers.size > 0) return;
    HUBS.delete(pool);
    hub.ending.abort();
    await hub.running;
  };
}

function begun(pool: pg.Pool): Hub {
  const hub: Hub = {
    hearers: new Set(),
    channels: new Set(),
    ending: new AbortController(),
    running: Promise.resolve(),
  };
  HUBS.set(pool, hub);
  hub.running = run(pool, hub);
  return hub;
}

async function run(pool: pg.Pool, hub: Hub): Promise<void> {
  const { signal } = hub.ending;
  while (!signal.aborted) {
    try {
      const client = await pool.connect();
      // The connection is closed rather than returned to the pool: its next user would receive
      // notifications, too.
      await listenOnce(client, hub).finally(() => client.release(true));
    } catch {
      await sleep(AGAIN_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}

async function listenOnce(client: pg.PoolClient, hub: Hub): Promise<void> {
  const { promise: broken, resolve } = Promise.withResolvers<void>();
  const { signal } = hub.ending;
  client.once("end", resolve);
  client.once("error", () => resolve());
  signal.addEventListener("abort", () => resolve());
  // Listening may have ended before the connection was there, and no event tells of that.
  if (signal.aborted) return;
  client.on("notification", ({ channel, payload = "" }) => {
    for (const { channels, hear } of hub.hearers) if (channels.has(channel)) hear(channel, payload);
  });
  hub.client = client;
  try {
    for (const channel of hub.channels) await client.query(`listen ${channel}`);
    await broken;
  } finally {
    hub.client = undefined;
  }
}
