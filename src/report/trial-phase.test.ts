import { describe, expect, test } from "vitest";
import {
  exits,
  hook,
  http,
  KILLED,
  listener,
  MOVED,
  OTHER_CONTAINER,
  probe,
  STOPPED,
  server,
  trialFacts,
  worker,
  write,
} from "../../test/fixtures/trial-facts.ts";
import { LANGS } from "../contract/text.ts";
import type { TrialEvent } from "../contract/trial-events.ts";
import { phaseName, phaseSummary, secondsText } from "./trial-phase.ts";

const PHASE = { name: "read-only", root: "read-only" } as const;

function summary(events: readonly TrialEvent[], lang: "fr" | "en" = "en"): string {
  return phaseSummary(PHASE, trialFacts({ "read-only": events }).observations, lang).join(" · ");
}

describe("a phase in a few words", () => {
  test.each<[readonly TrialEvent[], string]>([
    [server(), "ready after 0.0 s · 0.0.0.0:8080 · GET / 200, GET /healthz 200 · killed"],
    [worker(STOPPED), "nothing listens after 30.0 s · stopped within 0.0 s (0)"],
    [
      worker({ ...STOPPED, afterMs: 30_000, forced: true, signal: "SIGKILL" }),
      "nothing listens after 30.0 s · not stopped within 30.0 s, killed",
    ],
    [worker(KILLED, listener(9090)), "not ready after 30.0 s · 0.0.0.0:9090 · killed"],
    [exits(3), "ended by itself (3) after 0.2 s"],
    [
      [{ kind: "exit", by: "itself", afterMs: 100, signal: "SIGSEGV" }],
      "ended by itself (SIGSEGV) after 0.1 s",
    ],
    [[{ kind: "exit", by: "itself", afterMs: 100 }], "ended by itself (–) after 0.1 s"],
    [[{ kind: "start-failed", message: "x" }], "did not start"],
    [[listener(8080, "::"), KILLED], "[::]:8080 · killed"],
    [[http("/", "warm-up", { error: "timeout" }), http("/x", "warm-up")], "GET / timeout, GET /x –"],
    [
      [
        probe("9090 app", { does: "grpc" }),
        probe("9090", { does: "grpc", ok: false, error: "NOT_SERVING" }),
        probe("check", { ok: false }),
      ],
      "grpc 9090 app ok, grpc 9090 NOT_SERVING, exec check –",
    ],
    [
      [
        { kind: "late-probe", why: "readiness", does: "GET :1/r", ok: true, tries: 3, tookMs: 9 },
        { kind: "late-probe", why: "liveness", does: "tcp 1", ok: false, tries: 3, tookMs: 9 },
        {
          kind: "late-probe",
          why: "liveness",
          does: "GET :1/l",
          ok: false,
          error: "500",
          tries: 3,
          tookMs: 9,
        },
      ],
      "at the end tcp 1 –, GET :1/l 500",
    ],
    [
      [hook("postStart"), hook("preStop", { ok: false, error: "exit 1" }), hook("preStop", { ok: false })],
      "postStart exec 0.0 s · preStop exec 0.0 s: exit 1 · preStop exec 0.0 s: –",
    ],
    [["a", "b", "c", "d", "a"].map((name) => write(`/data/${name}`)), "writes /data/a, /data/b, /data/c…"],
    [[write("/tmp/a\n  read-only root \u001b[2J")], "writes /tmp/a\\n  read-only root \\u001b[2J"],
    [[write(`/${"x".repeat(500)}`)], `writes /${"x".repeat(119)}…`],
    [[write("/logs/a", { unsure: true }), write("/tmp/b")], "writes /tmp/b · may write /logs/a"],
    [
      [OTHER_CONTAINER, { ...MOVED, container: "web" }, ...exits(10), KILLED],
      "without proxy · started again (10) · killed",
    ],
    [
      [
        { kind: "exit", by: "itself", afterMs: 1, signal: "SIGSEGV" },
        { kind: "exit", by: "itself", afterMs: 1 },
        KILLED,
      ],
      "started again (SIGSEGV) · started again (–) · killed",
    ],
    [[], ""],
  ])("%#", (events, text) => {
    expect(summary(events)).toBe(text);
  });

  test("in French numbers have a comma", () => {
    expect(summary(server(), "fr")).toBe("prêt en 0,0 s · 0.0.0.0:8080 · GET / 200, GET /healthz 200 · tué");
    expect(LANGS.map((lang) => secondsText(1_250, lang))).toEqual(["1,3 s", "1.3 s"]);
  });
});

test("a second run on a writable root is told from the first", () => {
  expect(phaseName(PHASE, [], "en")).toBe("read-only root");
  expect(phaseName({ name: "writable", root: "writable" }, [], "en")).toBe("writable root");
  expect(phaseName({ name: "replica", root: "writable" }, [], "fr")).toBe(
    "seconde réplique, racine inscriptible",
  );
  expect(phaseName({ name: "restart", root: "read-only" }, [], "en")).toBe("restart after kill -9");
});

test("nobody kills a job that ends by itself", () => {
  const { observations } = trialFacts({ "read-only": exits(0), restart: exits(0), writable: server() });
  expect(phaseName({ name: "restart", root: "read-only" }, observations, "en")).toBe("second run");
  expect(phaseName({ name: "restart", root: "writable" }, observations, "en")).toBe(
    "restart after kill -9, writable root",
  );
});
