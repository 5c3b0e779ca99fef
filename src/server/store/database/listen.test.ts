import { EventEmitter } from "node:events";
import type pg from "pg";
import { expect, test } from "vitest";
import type { Database } from "./connect.ts";
import { listen } from "./listen.ts";

test("listening that ends before its connection is there ends, and closes the connection", async () => {
  const connected = Promise.withResolvers<pg.PoolClient>();
  const released: unknown[] = [];
  const queries: string[] = [];
  const client = Object.assign(new EventEmitter(), {
    query: async (text: string) => void queries.push(text),
    release: (isBroken: unknown) => void released.push(isBroken),
  });
  const pool = { connect: () => connected.promise };
  const stop = listen({ pool } as unknown as Database, ["channel"], () => {});
  const stopped = stop();
  connected.resolve(client as unknown as pg.PoolClient);
  await stopped;
  expect({ released, queries }).toEqual({ released: [true], queries: [] });
});
