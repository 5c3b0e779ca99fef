import { expect, test } from "vitest";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import {
  asked,
  called,
  exits,
  hook,
  http,
  KILLED,
  listener,
  port,
  probe,
  STOPPED,
  said,
  server,
  type TrialSketch,
  trialFacts,
  worker,
  write,
} from "../../../test/fixtures/trial-facts.ts";
import { LETTERS, TRIAL_ROWS } from "../../../test/fixtures/trial-rows.ts";
import { judge } from "../../contract/judge.ts";
import type { HttpEvent, ProbeEvent, TrialEvent } from "../../contract/trial-events.ts";
import { RULES } from "../index.ts";

// Expected answers from the trial alone for each kind of image, one letter per row of TRIAL_ROWS.

const TRIAL_RULES = RULES.filter(({ needs }) => needs.includes("trial"));

/** The same in every phase; the container is stopped in the restart, and the replica has its port. */
function everywhere(run: (port: number) => (end: typeof KILLED) => readonly TrialEvent[]): TrialSketch {
  return {
    "read-only": run(8080)(KILLED),
    restart: run(8080)(STOPPED),
    writable: run(8080)(KILLED),
    replica: run(18_080)(KILLED),
  };
}

function failsEverywhere(...events: readonly TrialEvent[]): TrialSketch {
  return { "read-only": events, writable: events, restart: null, replica: events };
}

const on = (
  address: string,
  changes: Parameters<typeof port>[1],
  host: Pick<HttpEvent, "host"> = { host: "loopback" },
) =>
  everywhere((number) => (end) => [
    listener(number, address),
    { kind: "ready", by: "port", afterMs: 40 },
    port(number, { on: [address], ...changes }),
    http("/", "home", { port: number, status: 200, body: "home", ...host }),
    port(number, { on: [address], ...changes, end: true }),
    end,
    { kind: "output", stream: "stdout", bytes: 14, before: 8, after: 14, sample: "listens\nGET /\n" },
  ]);
const loopback = { ipv4: "refused", ipv6: "refused" } as const;

/** A server without HTTP and with this result of its gRPC probe. */
const grpc = (changes: Partial<ProbeEvent>) =>
  everywhere((number) => (end) => [
    ...server({ port: number, end, without: ["http"] }),
    http("/douane-x1", "random", { port: number, error: "HPE_INVALID_CONSTANT" }),
    ...(number === 8080 ? [probe("8080", { does: "grpc", ...changes })] : []),
  ]);

const wrote = (event: TrialEvent): TrialSketch => ({ writable: server({ more: [event] }) });

const cases: readonly (readonly [name: string, answers: string, sketch: TrialSketch])[] = [
  ["a conforming server", "?yy?y?yy", {}],
  ["localhost only", "?yy?n?yy", on("127.0.0.1", loopback)],
  [
    "IPv6 only, any",
    "?yy???yy",
    on("::", { ipv4: "refused", ipv6: "open", loopback: "refused" }, { host: "ipv6" }),
  ],
  ["IPv6 only, loopback", "?yy?n?yy", on("::1", { ...loopback, loopback: "refused" })],
  ["the pod's own address only", "?yy?n?yy", on("10.88.0.2", { ipv4: "open", loopback: "refused" }, {})],
  [
    "a log file on the root, nothing on stdout",
    "?nn?y?yy",
    wrote(write("/var/log/app/app.log", { sample: "2026-11-24T10:00:00Z GET\n" })),
  ],
  [
    "a log file in /tmp",
    "?yn?y?yy",
    { "read-only": server({ more: [write("/tmp/app.log", { area: "/tmp" })] }) },
  ],
  ["state in its working directory", "?nyny?yn", wrote(write("/data/state.db"))],
  [
    "a file created, then deleted",
    "?ny?y?yy",
    wrote(write("/data", { type: "directory", change: "modified", bytes: 0 })),
  ],
  ["needs root", "????????", failsEverywhere(...exits(1, said("setgid: Operation not permitted\n")))],
  [
    "ignores SIGTERM",
    "?yy?y?yn",
    {
      restart: server({
        end: { kind: "exit", by: "stop", afterMs: 30_000, signal: "SIGKILL", forced: true },
      }),
    },
  ],
  [
    "crashes on a read-only root",
    "?ny?y?yy",
    {
      "read-only": exits(3, said("/data/lock: Read-only file system\n")),
      writable: server({ more: [write("/data/lock")] }),
      restartRoot: "writable",
      replica: exits(3, said("/data/lock: Read-only file system\n")),
      replicaAgain: server({ port: 18_080, more: [write("/data/lock")] }),
    },
  ],
  [
    "daemonises",
    "???????n",
    failsEverywhere(listener(8080), ...exits(0, said("started in the background\n"))),
  ],
  [
    "ends at once with 0, and never listened",
    "????????",
    failsEverywhere(...exits(0, said("usage: server\n"))),
  ],
  [
    "starts more slowly than is waited for",
    "????????",
    failsEverywhere({ kind: "ready", by: "nothing", afterMs: 30_000 }, KILLED),
  ],
  [
    // Every later start finds the file, so that the writable root is never seen.
    "a stale pid file",
    "????y?yn",
    { restart: exits(5, said("already running\n")), writable: exits(5, said("already running\n")) },
  ],
  [
    "a catch-all 200",
    "?yy?y?yy",
    everywhere((number) => (end) => [
      ...server({ port: number, end, without: ["http"] }),
      http("/douane-x1", "random", { port: number, status: 200, body: "page" }),
      http("/healthz", "discovery", { port: number, status: 200, body: "page" }),
    ]),
  ],
  ["a gRPC server that is SERVING", "?yy?y?yy", grpc({})],
  ["a gRPC server that is NOT_SERVING", "?yy?ynyy", grpc({ ok: false, error: "NOT_SERVING" })],
  [
    "a gRPC server without a health service",
    "?yy?ynyy",
    grpc({ ok: false, error: "UNIMPLEMENTED unknown service" }),
  ],
  [
    "hooks that succeed",
    "?yy?y?yy",
    { restart: server({ end: STOPPED, more: [hook("postStart"), hook("preStop")] }) },
  ],
  [
    "a preStop that fails",
    "?yy?y?yn",
    { restart: server({ end: STOPPED, more: [hook("preStop", { ok: false, error: "exit 1" })] }) },
  ],
  [
    "a postStart that finds what the last one left",
    "?yy?y?yn",
    { restart: server({ end: STOPPED, more: [hook("postStart", { ok: false, error: "exit 1" })] }) },
  ],
  [
    "a second port on loopback only",
    "?yy?y?yy",
    {
      "read-only": server({
        more: [listener(9229, "127.0.0.1"), port(9229, { ...loopback, declared: false })],
      }),
    },
  ],
  [
    "a missing dependency, by name",
    "????????",
    failsEverywhere(asked("db.internal"), ...exits(7, said("no such host\n"))),
  ],
  ["a missing dependency, by address", "????????", failsEverywhere(called("192.0.2.10", 5432), ...exits(8))],
  [
    "a missing dependency that it waits for",
    "????????",
    failsEverywhere(asked("db"), { kind: "ready", by: "nothing", afterMs: 30_000 }, KILLED),
  ],
  [
    "a fork bomb",
    "????y?y?",
    everywhere(
      (number) => (end) => server({ port: number, end, more: [{ kind: "limit", what: "processes" }] }),
    ),
  ],
  [
    "a memory hog",
    "????????",
    failsEverywhere(
      { kind: "exit", by: "itself", afterMs: 900, signal: "SIGKILL", outOfMemory: true },
      { kind: "limit", what: "memory" },
    ),
  ],
  [
    "a flood of logs",
    "????y?y?",
    everywhere(
      (number) => (end) => server({ port: number, end, more: [{ kind: "limit", what: "output-rate" }] }),
    ),
  ],
  [
    "a worker without a port",
    "?yy?-??y",
    { ...everywhere(() => (end) => worker(end)), settings: { ports: [] } },
  ],
  [
    "a silent worker",
    "?y??-??y",
    {
      ...everywhere(() => (end) => worker(end).filter(({ kind }) => kind !== "output")),
      settings: { ports: [] },
    },
  ],
  [
    "a batch",
    "?yy?-??y",
    {
      ...failsEverywhere(...exits(0, said("done\n", "stdout"))),
      restart: exits(0),
      settings: { lifetime: "batch", ports: [] },
    },
  ],
  [
    "a batch that fails",
    "????-???",
    { ...failsEverywhere(...exits(3, said("bad\n"))), settings: { lifetime: "batch", ports: [] } },
  ],
  [
    "a batch that leaves a lock",
    "?yy?-??n",
    {
      ...failsEverywhere(...exits(0, said("done\n", "stdout"))),
      restart: exits(1, said("locked\n")),
      settings: { lifetime: "batch", ports: [] },
    },
  ],
  [
    "killed by seccomp",
    "n???????",
    failsEverywhere({ kind: "exit", by: "itself", afterMs: 20, signal: "SIGSYS" }),
  ],
  [
    "no such entrypoint",
    "????????",
    failsEverywhere({ kind: "start-failed", message: "exec: /app/absent: no such file or directory" }),
  ],
  [
    "cut by the deadline at its start",
    "????????",
    { "read-only": [{ kind: "limit", what: "deadline" }], restart: null, writable: null, replica: null },
  ],
];

test.each(cases)("%s: %s", (_, answers, sketch) => {
  const trial = trialFacts(sketch);
  const collected = { trial, image: imageFacts() };
  const verdict = judge({ name: "app", images: [] }, [{ collected }], {
    rules: TRIAL_RULES,
    accepted: { acceptances: [], today: "2026-11-24" },
  });
  const given = TRIAL_ROWS.map(
    (id) => LETTERS[verdict.rows.find((row) => row.id === id)?.answer ?? "unproven"],
  );
  expect(given.join("")).toBe(answers);
});
