import { expect, test } from "vitest";
import { digestOf } from "../../../test/fixtures/image-facts.ts";
import {
  asked,
  called,
  exits,
  http,
  probe,
  said,
  server,
  trialFacts,
  worker,
  write,
} from "../../../test/fixtures/trial-facts.ts";
import type { TrialEvent } from "../../contract/trial-events.ts";
import { trialFactsSchema } from "./trial-schema.ts";

const EVENTS: readonly TrialEvent[] = [
  ...server(),
  ...worker(),
  ...exits(3),
  { kind: "start-failed", message: "no such program" },
  { kind: "exit", by: "stop", afterMs: 1, signal: "SIGKILL", forced: true },
  { kind: "exit", by: "itself", afterMs: 1, code: 137, outOfMemory: true },
  { kind: "listener", protocol: "udp", address: "::", port: 53, process: { pid: 1, name: "app" } },
  http("/", "discovery", { status: 302, contentType: "text/html", location: "/login", bytes: 0, body: "e3" }),
  http("/", "warm-up", { error: "timeout" }),
  probe("/app probe", { ok: false, error: "exit 3" }),
  { ...(said("x") as Extract<TrialEvent, { kind: "output" }>), cut: true },
  write("/tmp/a", { area: "/tmp", sample: "a" }),
  write("/data/a.db", { change: "modified", grew: -5, magic: "00" }),
  asked("db.internal"),
  called("10.0.0.5", 5432),
  called("10.97.0.1", 5432, "db.internal"),
  { ...(called("10.97.0.1", 5432, "db.internal") as Extract<TrialEvent, { kind: "connect" }>), served: true },
  { kind: "limit", what: "writes" },
  { kind: "skipped", what: "restart", because: "exited" },
];

test("observations of every kind are stored as they are", () => {
  const facts = trialFacts({ "read-only": EVENTS });
  expect(trialFactsSchema.parse(JSON.parse(JSON.stringify(facts)))).toEqual(facts);
});

test("dependencies are stored with what became of them", () => {
  const dependency = { name: "db", image: "postgres:17", imageId: digestOf(1), ports: [5432] } as const;
  const failure = { was: "exited", ms: 12, code: 1, said: "FATAL: no space left" } as const;
  const facts = trialFacts({
    facts: {
      dependencies: [
        { ...dependency, readyMs: 900 },
        { ...dependency, failure },
      ],
    },
  });
  expect(trialFactsSchema.parse(JSON.parse(JSON.stringify(facts)))).toEqual(facts);
});

test.each([
  { imageId: "sha256:12" },
  { dependencies: [{ name: "db" }] },
  { durationMs: 0.5 },
  { more: 1 },
  { user: { runAs: 1_000, supplementalGroups: [] } },
  { user: { runAs: "1000", runAsGroup: -1, supplementalGroups: [] } },
  { executor: {} },
  { observations: [{ phase: "read-only", root: "read-only", ms: 1, kind: "unknown" }] },
])("another form is refused: %j", (change) => {
  expect(trialFactsSchema.safeParse({ ...trialFacts(), ...change }).success).toBe(false);
});
