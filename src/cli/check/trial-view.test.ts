import { stripVTControlCharacters } from "node:util";
import { afterEach, expect, test, vi } from "vitest";
import { trialFacts } from "../../../test/fixtures/trial-facts.ts";
import type { TrialUpdate } from "../../contract/trial-facts.ts";
import type { Session } from "../command-line/command.ts";
import { progressOn } from "../terminal/progress.ts";
import { TrialView } from "./trial-view.ts";

async function shown(changes: {
  readonly isTTY?: boolean;
  readonly quiet?: boolean;
  readonly containers?: readonly string[];
  readonly absent?: readonly string[];
}): Promise<string> {
  let text = "";
  const { isTTY = false, quiet = false, containers = ["web"], absent = [] } = changes;
  const stderr = { isTTY, write: async (more: string) => void (text += more) };
  const session = { context: { stderr, env: {} }, lang: "fr", quiet } as unknown as Session;
  const view = new TrialView(session, progressOn(session));
  const title = "Deployment/web \u001b[31m\nweb";
  const { observations, phases } = trialFacts();
  await view.begin(1, { title, containers, absent });
  for (const index of containers.keys()) {
    for (const observation of observations) view.saw(1, index, observation);
    for (const phase of phases) view.saw(1, index, phase);
  }
  await view.end(1);
  return text;
}

test("off a terminal: one line for each phase, below the name", async () => {
  expect((await shown({})).split("\n")).toEqual([
    "Deployment/web \\u001b[31m\\nweb",
    "  racine en lecture seule     0,9 s  prêt en 0,0 s · 0.0.0.0:8080 · GET / 200, GET /healthz 200 · tué",
    "  redémarrage après kill -9   0,9 s  prêt en 0,0 s · 0.0.0.0:8080 · GET / 200, GET /healthz 200 · arrêté en 0,0 s (0)",
    "  racine inscriptible         0,9 s  prêt en 0,0 s · 0.0.0.0:8080 · GET / 200, GET /healthz 200 · tué",
    "  seconde réplique            0,9 s  prêt en 0,0 s · 0.0.0.0:18080 · GET / 200, GET /healthz 200 · tué",
    "",
  ]);
});

test("of several containers each line names its own", async () => {
  const lines = (await shown({ containers: ["web", "logs-shipper"] })).split("\n");
  expect(lines[1]).toMatch(/^ {2}web {11}racine en lecture seule/);
  expect(lines[5]).toMatch(/^ {2}logs-shipper {2}racine en lecture seule/);
});

test("those that are not run are named first", async () => {
  const lines = (await shown({ absent: ["proxy"] })).split("\n");
  expect(lines.slice(1, 3)).toEqual([
    "  proxy  pas lancé : voir l'erreur plus haut",
    "  web    racine en lecture seule     0,9 s  prêt en 0,0 s · 0.0.0.0:8080 · GET / 200, GET /healthz 200 · tué",
  ]);
});

test("on a terminal also what goes on, which is gone afterwards", async () => {
  const text = await shown({ isTTY: true });
  expect(stripVTControlCharacters(text)).toContain("démarrage  0,0 s");
  expect(text).toContain("\r\u001b[2K  racine en lecture seule");
});

test("quiet says nothing", async () => {
  expect(await shown({ quiet: true, isTTY: true })).toBe("");
});

test("of pods that run side by side, each shows its lines in one piece", async () => {
  let text = "";
  const stderr = { isTTY: false, write: async (more: string) => void (text += more) };
  const session = { context: { stderr, env: {} }, lang: "fr", quiet: false } as unknown as Session;
  const view = new TrialView(session, progressOn(session));
  const { observations, phases } = trialFacts();
  for (const [number, title] of ["a", "b"].entries()) {
    await view.begin(number, { title, containers: ["web"], absent: [] });
  }
  for (const pod of [1, 0]) for (const seen of [...observations, ...phases]) view.saw(pod, 0, seen);
  await view.end(1);
  expect(text).not.toContain("b\n");
  await view.end(0);
  expect(text.split("\n").map((line) => line.slice(0, 9))).toEqual(
    ["a", "b"].flatMap((pod) => [pod, ...phases.map(() => expect.stringMatching(/^ {2}\S/))]).concat(""),
  );
});

/** Lines shown for one container, from events at the given seconds. */
async function told(
  ...happens: readonly (readonly [second: number, seen: TrialUpdate])[]
): Promise<readonly string[]> {
  let text = "";
  const stderr = { isTTY: false, write: async (more: string) => void (text += more) };
  const session = { context: { stderr, env: {} }, lang: "en", quiet: false } as unknown as Session;
  const view = new TrialView(session, progressOn(session));
  const clock = vi.spyOn(performance, "now").mockReturnValue(0);
  await view.begin(1, { title: "web", containers: ["web"], absent: [] });
  for (const [second, seen] of happens) {
    clock.mockReturnValue(second * 1_000);
    await view.tick();
    view.saw(1, 0, seen);
  }
  await view.end(1);
  const lines = text.trimEnd().split("\n").slice(1);
  return lines.map((line) => line.trim().replaceAll(/ {2,}/g, " | "));
}

afterEach(() => {
  vi.restoreAllMocks();
});

const FIRST = { name: "read-only", root: "read-only" } as const;
const AGAIN = { name: "restart", root: "read-only" } as const;
const READY = {
  phase: "read-only",
  root: "read-only",
  ms: 1,
  kind: "ready",
  by: "port",
  afterMs: 1,
} as const;

test("a start that takes long is told while it does, and when it is over", async () => {
  expect(await told([0, { news: "begins", ...FIRST }], [6, READY])).toEqual([
    "read-only root | 6.0 s | not ready yet",
    "read-only root | 6.0 s | ready",
  ]);
  expect(await told([0, { news: "begins", ...FIRST }], [4, READY], [9, READY])).toEqual([]);
  const never = { ...READY, by: "nothing" } as const;
  expect(await told([0, { news: "begins", ...FIRST }], [6, never])).toEqual([
    "read-only root | 6.0 s | not ready yet",
  ]);
});

test("a wait for the stop is told when it begins", async () => {
  expect(await told([0, { news: "begins", ...AGAIN }], [1, { news: "stops", ...AGAIN }])).toEqual([
    "restart after kill -9 | 1.0 s | stop signal sent, waiting (grace period)",
  ]);
});

test("what is left out is told at once", async () => {
  const skipped = { phase: "writable", root: "writable", ms: 1, kind: "skipped", because: "exited" } as const;
  const says = "skipped: the application never started";
  expect(await told([1, { ...skipped, what: "restart" }], [1, { ...skipped, what: "replica" }])).toEqual([
    `restart after kill -9 | ${says}`,
    `second replica, writable root | ${says}`,
  ]);
});
