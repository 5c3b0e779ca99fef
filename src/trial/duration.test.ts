import { rmSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { MODES, runDriver } from "../../test/fixtures/trial/mode.ts";
import { makeNodeServer } from "../../test/fixtures/trial/node-server.ts";
import { seen } from "../../test/fixtures/trial/seen.ts";
import { request } from "../../test/fixtures/trial/subject.ts";

/** Longest duration of the trial; alone it takes 3 s, but tests run in parallel. */
const MOST_MS = 9_000;

test.each(MODES)("a Node server's whole trial as %s takes some seconds", async (mode) => {
  const { directory, layers } = makeNodeServer(mode);
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const start = { ...request([], []).start, argv: ["/app/node", "/app/server.js"] };
  const waits = { readyMs: 5_000, settleMs: 300, graceMs: 2_000 };
  const facts = await runDriver(mode, request(layers, [], { start, waits }));
  expect(seen(facts, "ready").length).toBe(4);
  expect(seen(facts, "http", "writable")).toMatchObject([
    { status: 404 },
    { path: "/" },
    { path: "/health", status: 200 },
  ]);
  expect(seen(facts, "exit", "restart")).toMatchObject([{ by: "stop", code: 0 }]);
  expect(facts.durationMs).toBeLessThan(MOST_MS);
});
