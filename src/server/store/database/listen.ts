import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import type { Database } from "./connect.ts";

/** Milliseconds between two attempts to listen again. */
const AGAIN_MS = 1_000;

/**
 * Receives notifications of PostgreSQL over a separate connection, which is opened again when it breaks. Notifications
 * sent meanwhile are lost. Behind a pooler that shares connections between transactions, all notifications are lost.
 * Callers must therefore also poll.
 *
 * @param hear receives each notification
 * @returns function that stops listening
 */
export function listen(
  { pool }: Database,
  channels: readonly string[],
  hear: (channel: string, payload: string) => void,
): () => Promise<void> {
  const ending = new AbortController();
  async function listenOnce(client: pg.PoolClient): Promise<void> {
    const { promise: broken, resolve } = Promise.withResolvers<void>();
    client.once("end", resolve);
    client.once("error", () => resolve());
    ending.signal.addEventListener("abort", () => resolve());
    // Listening may have ended before the connection was there, and no event tells of that.
    if (ending.signal.aborted) return;
    client.on("notification", ({ channel, payload = "" }) => hear(channel, payload));
    for (const channel of channels) await client.query(`listen ${channel}`);
    await broken;
  }
  async function run(): Promise<void> {
    while (!ending.signal.aborted) {
      try {
        const client = await pool.connect();
        // The connection is closed rather than returned to the pool: its next user would receive
        // notifications, too.
        await listenOnce(client).finally(() => client.release(true));
      } catch {
        await sleep(AGAIN_MS, undefined, { signal: ending.signal, ref: false }).catch(() => undefined);
      }
    }
  }
  const running = run();
  return async () => {
    ending.abort();
    await running;
  };
}
