import { EventEmitter } from "node:events";
import type pg from "pg";
import { expect, test, vi } from "vitest";
import type { Database } from "./connect.ts";
import { listen } from "./listen.ts";

/** A pool with a client of the test, which records what it is asked. */
function poolOf(connected: Promise<unknown> = Promise.resolve()) {
  const released: unknown[] = [];
  const queries: string[] = [];
  const client = Object.assign(new EventEmitter(), {
    async query(text: string) {
      queries.push(text);
      if (text.endsWith("broken")) throw new Error("no such channel");
    },
    release: (isBroken: unknown) => void released.push(isBroken),
  });
  const connect = vi.fn<() => Promise<pg.PoolClient>>(async () => {
    await connected;
    return client as unknown as pg.PoolClient;
  });
  return { database: { pool: { connect } } as unknown as Database, client, connect, released, queries };
}

test("all that listen share a connection, hear their own channels, and the last one closes it", async () => {
  const { database, client, connect, released, queries } = poolOf();
  const heard: string[] = [];
  const hear = (name: string) => (channel: string, payload: string) =>
    void heard.push(`${name} ${channel} ${payload}`);
  const first = listen(database, ["a"], hear("first"));
  await expect.poll(() => queries).toEqual(["listen a"]);
  const second = listen(database, ["a", "b"], hear("second"));
  const third = listen(database, ["broken"], hear("third"));
  await expect.poll(() => queries).toEqual(["listen a", "listen b", "listen broken"]);
  client.emit("notification", { channel: "a", payload: "1" });
  client.emit("notification", { channel: "b" });
  expect(heard).toEqual(["first a 1", "second a 1", "second b "]);
  await first();
  await first();
  await third();
  client.emit("notification", { channel: "a", payload: "2" });
  expect(heard.at(-1)).toBe("second a 2");
  expect([connect.mock.calls.length, released]).toEqual([1, []]);
  await second();
  expect(released).toEqual([true]);
  await listen(database, ["a"], hear("again"))();
  expect(connect.mock.calls.length).toBe(2);
});

test("listening that ends before its connection is there ends, and closes the connection", async () => {
  const connected = Promise.withResolvers<void>();
  const { database, released, queries } = poolOf(connected.promise);
  const stop = listen(database, ["channel"], () => {});
  const stopped = stop();
  connected.resolve();
  await stopped;
  expect({ released, queries }).toEqual({ released: [true], queries: [] });
});
