import { describe, expect, test } from "vitest";
import {
  asked,
  DEADLINE,
  exits,
  http,
  KILLED,
  listener,
  OTHER_CONTAINER,
  port,
  probe,
  server,
  type TrialSketch,
  trialFacts,
} from "../../../test/fixtures/trial-facts.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { placements } from "../../contract/pod-containers.ts";
import type { ContainerFacts, HttpGetFacts } from "../../contract/pod-facts.ts";
import type { TrialEvent } from "../../contract/trial-events.ts";
import { TRIAL_CAPABILITIES, type TrialSettingsFacts } from "../../contract/trial-facts.ts";
import { trialHealth } from "./1.3-trial-health.ts";

/** A trial whose first two runs show these events besides a server. */
function both(...more: readonly TrialEvent[]): TrialSketch {
  const run = server({ without: ["http"] });
  return { "read-only": [...more, ...run], writable: [...more, ...run] };
}
function without(...events: readonly TrialEvent[]): TrialSketch {
  const run: readonly TrialEvent[] = [{ kind: "ready", by: "nothing", afterMs: 30_000 }, ...events];
  return { "read-only": run, writable: run };
}
function onIpv6(...more: readonly TrialEvent[]): TrialSketch {
  const ports = [{}, { end: true as const }].map((when) =>
    port(8080, { ipv4: "refused", ipv6: "open", loopback: "refused", on: ["::"], ...when }),
  );
  const events = [...more, listener(8080, "::"), ...ports];
  const run = server({ address: "::", more: events, without: ["http", "port", "listener"] });
  return { "read-only": run, writable: run };
}
function check(sketch: TrialSketch, settings: Partial<TrialSettingsFacts> = {}) {
  return trialHealth.check({ trial: trialFacts({ ...sketch, settings }) });
}

const FULL = { kind: "limit", what: "neighbours" } as const;
const BUSY = { kind: "limit", what: "processor" } as const;
const grpc = (error: string) => probe("9090 app", { does: "grpc", ok: false, error });
const readiness = (changes: Partial<ReturnType<typeof http>>) => http("/ready", "readiness", changes);

describe("declared probes", () => {
  test.each([
    ["200", both(readiness({ status: 200 })), "pass"],
    ["a redirection", both(readiness({ status: 302 })), "pass"],
    [
      "a redirection whose end is good",
      both(readiness({ status: 302, redirected: { to: "/ok", status: 200 } })),
      "pass",
    ],
    [
      "a redirection whose end is 500",
      both(readiness({ status: 302, redirected: { to: "/err", status: 500 } })),
      "fail",
    ],
    [
      "a redirection whose end is 404, while a dependency is missing",
      both(readiness({ status: 302, redirected: { to: "/gone", status: 404 } }), asked("db")),
      "fail",
    ],
    [
      "a redirection whose end is 503, while a dependency is missing",
      both(readiness({ status: 302, redirected: { to: "/err", status: 503 } }), asked("db")),
      "unproven",
    ],
    [
      "a loop of redirections",
      both(readiness({ status: 302, redirected: { to: "/a", error: "stopped after 10 redirects" } })),
      "fail",
    ],
    ["exec and tcp succeed", both(probe("cat /x"), probe("8080", { does: "tcp" })), "pass"],
    ["404", both(readiness({ status: 404 })), "fail"],
    ["404, while a dependency is missing", both(readiness({ status: 404 }), asked("db")), "fail"],
    ["500", both(readiness({ status: 500 })), "fail"],
    ["503, while a dependency is missing", both(readiness({ status: 503 }), asked("db")), "unproven"],
    ["429, while a dependency is missing", both(readiness({ status: 429 }), asked("db")), "unproven"],
    ["no HTTP", both(readiness({ error: "HPE_INVALID_CONSTANT" })), "fail"],
    [
      "refused on IPv4, its port open on IPv6 alone",
      onIpv6(readiness({ error: "ECONNREFUSED" })),
      "unproven",
    ],
    ["a timeout on IPv4, its port open on IPv6 alone", onIpv6(readiness({ error: "timeout" })), "fail"],
    [
      "another port is refused, beside one that is open on IPv6 alone",
      onIpv6(readiness({ port: 9, error: "ECONNREFUSED" })),
      "fail",
    ],
    ["refused, beside an open port", both(readiness({ port: 9, error: "ECONNREFUSED" })), "fail"],
    [
      "refused, its own port being on loopback",
      without(listener(8080, "127.0.0.1"), readiness({ error: "ECONNREFUSED" })),
      "fail",
    ],
    [
      "refused, beside a debugger on loopback",
      without(listener(9229, "127.0.0.1"), readiness({ error: "ECONNREFUSED" })),
      "fail",
    ],
    ["refused for the whole wait, nothing listens", without(readiness({ error: "ECONNREFUSED" })), "fail"],
    ["an error without a name", without(readiness({})), "unproven"],
    ["exec fails", both(probe("check", { ok: false, error: "exit 1" })), "fail"],
    ["exec fails without a word", both(probe("check", { ok: false })), "fail"],
    ["exec takes too long", both(probe("check", { ok: false, error: "exit 137 timeout" })), "unproven"],
    [
      "tcp is refused beside an open port",
      both(probe("9", { does: "tcp", ok: false, error: "refused" })),
      "fail",
    ],
    ["gRPC is SERVING", both(probe("9090", { does: "grpc" })), "pass"],
    ["gRPC is NOT_SERVING", both(grpc("NOT_SERVING")), "fail"],
    ["NOT_SERVING, while a dependency is missing", both(grpc("NOT_SERVING"), asked("db")), "unproven"],
    ["UNIMPLEMENTED, while a dependency is missing", both(grpc("UNIMPLEMENTED x"), asked("db")), "fail"],
    [
      "an exec probe that says so",
      both(probe("x", { ok: false, error: "UNIMPLEMENTED" }), asked("db")),
      "unproven",
    ],
    ["gRPC is refused beside an open port", both(grpc("refused")), "fail"],
    ["gRPC is refused for the whole wait, nothing listens", without(grpc("refused")), "fail"],
    ["refused, while a dependency is missing", without(grpc("refused"), asked("db")), "unproven"],
    ["refused, on a busy machine", without(grpc("refused"), BUSY), "unproven"],
    ["refused, while the machine's table of neighbours is full", without(grpc("refused"), FULL), "unproven"],
    ["no such path, while that table is full", both(readiness({ status: 404 }), FULL), "fail"],
    ["refused, of who ended", { ...without(grpc("refused")), writable: exits(1) }, "unproven"],
    [
      "refused once, not asked on the other root",
      { ...without(grpc("refused")), writable: null },
      "unproven",
    ],
    [
      "refused before the wait was over",
      {
        ...without(grpc("refused")),
        "read-only": [grpc("refused"), { kind: "ready", by: "nothing", afterMs: 29_000 }, KILLED],
      },
      "unproven",
    ],
    ["an error, on a busy machine", both(readiness({ status: 503 }), BUSY), "unproven"],
    ["no such path, on a busy machine", both(readiness({ status: 404 }), BUSY), "fail"],
    ["gRPC takes too long, nothing listens", without(grpc("timeout")), "unproven"],
    ["gRPC finds HTTP/1.1, on loopback only", without(grpc("no HTTP/2")), "fail"],
    [
      "gRPC is refused, its own port being on loopback",
      without(listener(9090, "127.0.0.1"), grpc("refused")),
      "fail",
    ],
    [
      "an early end",
      { "read-only": [readiness({ status: 500 }), ...exits(1)], writable: exits(1) },
      "unproven",
    ],
    [
      "it succeeds in one of the runs",
      { ...both(readiness({ status: 200 })), "read-only": [readiness({ status: 500 }), ...server()] },
      "pass",
    ],
    [
      "it failed in the second run only",
      { ...both(readiness({ status: 200 })), writable: [readiness({ status: 500 }), ...server()] },
      "pass",
    ],
  ] satisfies readonly [string, TrialSketch, string][])("%s: → %s", (_, sketch, status) => {
    expect(check(sketch, { triedPaths: [] }).status).toBe(status);
  });

  test.each<[string, TrialSketch]>([
    ["503 beside a container that is not ready", both(readiness({ status: 503 }), OTHER_CONTAINER)],
    ["503 while a dependency is missing", both(readiness({ status: 503 }), asked("db"))],
    ["503 on a busy machine", both(readiness({ status: 503 }), BUSY)],
    ["refused on IPv4 alone", onIpv6(readiness({ error: "ECONNREFUSED" }))],
  ])("an excused failure is a doubt, which the manifest's probes do not outweigh: %s", (_, sketch) => {
    expect(check(sketch, { triedPaths: [] })).toMatchObject({ status: "unproven", doubtful: true });
  });

  test("without a declared probe there is no such doubt", () => {
    expect(check(both())).not.toHaveProperty("doubtful");
  });

  test("the finding names probe and answer, the proof time and answers", () => {
    expect(check(both(http("/live", "liveness", { status: 404 })))).toMatchObject({
      findings: [
        {
          message: { en: "livenessProbe GET :8080/live fails: 404" },
          fingerprint: expect.stringContaining("liveness"),
        },
      ],
    });
    expect(check(both(readiness({ status: 200 }), probe("check")))).toMatchObject({
      proof: {
        en: expect.stringMatching(
          /^probes that succeeded: readiness GET :8080\/ready \(200\), readiness exec check, in 4\.2 s/,
        ),
      },
      notes: [],
    });
  });

  test.each([
    [
      "UNIMPLEMENTED unknown service",
      "UNIMPLEMENTED unknown service (the server has no gRPC health service (grpc.health.v1.Health))",
    ],
    ["NOT_FOUND", "NOT_FOUND (the health service does not know the service that the probe names)"],
    ["NOT_SERVING", "NOT_SERVING (the health service says that it cannot serve)"],
    ["no HTTP/2", "no HTTP/2 (this port does not speak HTTP/2 without TLS, a gRPC probe's only protocol)"],
    ["HTTP 404", "HTTP 404 (this port speaks HTTP/2, and no gRPC)"],
    ["INTERNAL", "INTERNAL"],
  ])("the finding says what %s means", (error, words) => {
    expect(check(both(grpc(error)))).toMatchObject({
      findings: [{ message: { en: `readinessProbe grpc 9090 app fails: ${words}` } }],
    });
  });

  test("what is missing is named, with the setting", () => {
    expect(
      check(both(readiness({ status: 503 }), asked("db.default.svc.cluster.local"), asked("db"))),
    ).toMatchObject({
      reason: { en: "not observed: readiness GET :8080/ready (503) fails, missing dependency db" },
      settle: { en: expect.stringContaining("Declare db in trial.dependencies (douane.yaml), with") },
    });
    expect(check(both(probe("check", { ok: false, error: "exit 137 timeout" })))).toMatchObject({
      doubtful: true,
      reason: {
        en: "during the trial, the command never ended within its timeoutSeconds (1 s by default): readiness exec check (exit 137 timeout)",
      },
    });
  });

  test("a redirection's end is named", () => {
    const away = { status: 302, redirected: { to: "/err", status: 500 } };
    expect(check(both(readiness(away)))).toMatchObject({
      findings: [{ message: { en: "readinessProbe GET :8080/ready fails: 302 → /err 500" } }],
    });
  });

  test("a redirection to another host is success, with a note; an older trial followed none", () => {
    const away = readiness({ status: 307, location: "https://login.example/" });
    expect(check(both(away))).toMatchObject({
      status: "pass",
      notes: [
        {
          message: {
            en: "readinessProbe GET :8080/ready is redirected to another host (https://login.example/), which the kubelet does not ask: the probe succeeds whatever the application's state",
          },
        },
      ],
    });
    for (const changes of [{ status: 304, location: "/x" }, { status: 302 }]) {
      expect(check(both(readiness(changes)))).toMatchObject({ status: "pass", notes: [] });
    }
    const older = { looks: TRIAL_CAPABILITIES.filter((look) => look !== "redirections") };
    expect(trialHealth.check({ trial: trialFacts({ ...both(away), facts: older }) })).toMatchObject({
      status: "unproven",
      reason: { en: expect.stringContaining("did not follow a probe's redirections") },
    });
    const direct = { ...both(readiness({ status: 200 })), facts: older };
    expect(trialHealth.check({ trial: trialFacts(direct) }).status).toBe("pass");
  });

  test("a catch-all proves nothing", () => {
    const answer = { status: 200, body: "page" };
    expect(check(both(readiness(answer), http("/douane-x", "random", answer)))).toMatchObject({
      status: "pass",
      notes: [{ message: { en: expect.stringContaining("gets the same answer as any path") } }],
    });
    expect(check(both(readiness(answer), http("/douane-x", "random", { status: 404 })))).toMatchObject({
      notes: [],
    });
  });
});

describe("a probe that the trial did not know", () => {
  const ready = (changes = {}) => http("/ready", "discovery", { status: 404, ...changes });
  const good = [
    http("/douane-x", "random", { status: 404, body: "no" }),
    http("/healthz", "discovery", { status: 200 }),
  ];

  function judged(
    answers: readonly TrialEvent[],
    httpGet: HttpGetFacts,
    ports: ContainerFacts["ports"] = [],
  ) {
    const [placement] = placements(
      workloadFacts({ containers: [{ name: "web", ports, readinessProbe: { httpGet } }] }),
    );
    const trial = trialFacts(both(...good, ...answers));
    return trialHealth.check({ trial, ...(placement === undefined ? {} : { placement }) });
  }

  test("fails where its path was refused, and what answered is proposed", () => {
    expect(judged([ready()], { path: "/ready", port: 8080 })).toMatchObject({
      status: "fail",
      findings: [
        {
          message: { en: "readinessProbe GET :8080/ready fails: during the trial, this path answered 404" },
          remedy: { en: "Ask GET :8080/healthz, which answered 200 during the trial." },
        },
      ],
    });
    const named = judged([ready()], { path: "/ready", port: "http" }, [
      { name: "http", containerPort: 8080 },
    ]);
    expect(named.status).toBe("fail");
    const home = http("/", "home", { status: 404 });
    const alone = trialFacts(both(home));
    const [placement] = placements(
      workloadFacts({ containers: [{ name: "web", livenessProbe: { httpGet: { port: 8080 } } }] }),
    );
    expect(
      trialHealth.check({ trial: alone, ...(placement === undefined ? {} : { placement }) }),
    ).toMatchObject({
      findings: [
        { message: { en: "livenessProbe GET :8080/ fails: during the trial, this path answered 404" } },
      ],
    });
  });

  test.each<[string, readonly TrialEvent[], HttpGetFacts]>([
    ["its path was not asked", [ready()], { path: "/other", port: 8080 }],
    ["its path answered once", [ready(), ready({ status: 200 })], { path: "/ready", port: 8080 }],
    ["it was not ready yet", [ready({ status: 503 })], { path: "/ready", port: 8080 }],
    ["nobody answered", [ready({ status: undefined, error: "timeout" })], { path: "/ready", port: 8080 }],
    ["another port was asked", [ready()], { path: "/ready", port: 9090 }],
    ["its port has another name", [ready()], { path: "/ready", port: "metrics" }],
    [
      "it sends a header",
      [ready()],
      { path: "/ready", port: 8080, httpHeaders: [{ name: "Host", value: "a" }] },
    ],
    ["it asks another host", [ready()], { path: "/ready", port: 8080, host: "a" }],
    ["it asks by TLS", [ready()], { path: "/ready", port: 8080, scheme: "HTTPS" }],
    ["it was refused on loopback only", [ready({ host: "loopback" })], { path: "/ready", port: 8080 }],
  ])("says nothing where %s", (_, answers, httpGet) => {
    expect(judged(answers, httpGet).status).toBe("unproven");
  });
});

describe("no declared probe", () => {
  test("what answers otherwise than any path is proposed", () => {
    expect(check({})).toMatchObject({
      status: "unproven",
      notes: [
        {
          message: { en: "possible probe: GET :8080/healthz → 200" },
          remedy: {
            en: expect.stringContaining("readinessProbe: { httpGet: { path: /healthz, port: 8080 } }"),
          },
        },
      ],
    });
  });

  test.each([
    ["status and body", { status: 200, body: "page" }, false],
    ["another body", { status: 200, body: "other" }, true],
    ["another redirection", { status: 302, body: "page", location: "/ok" }, true],
  ])("an answer with %s as the random path's: %j → proposed %s", (_, answer, proposed) => {
    const sketch = both(
      http("/douane-x", "random", { status: answer.status, body: "page" }),
      http("/health", "discovery", answer),
    );
    const outcome = check(sketch);
    expect(outcome.notes).toHaveLength(proposed ? 1 : 0);
    expect(outcome).toMatchObject({
      status: "unproven",
      reason: {
        en: expect.stringContaining(proposed ? "no probe was declared" : "answers every path alike"),
      },
    });
  });

  const random = (body: string) => http(`/${body}`, "random", { status: 200, body });

  test("where any path is answered otherwise each time, another page is no difference", () => {
    const page = http("/healthz", "discovery", { status: 200, body: "c" });
    expect(check(both(random("a"), random("b"), page)).notes).toEqual([]);
    expect(check(both(random("a"), random("a"), page)).notes).toHaveLength(1);
    const moved = http("/healthz", "discovery", { status: 302, location: "/ok" });
    expect(check(both(random("a"), random("b"), moved)).notes).toHaveLength(1);
    const declared = readiness({ status: 200, body: "c" });
    expect(check(both(random("a"), random("b"), declared))).toMatchObject({ notes: [{}] });
  });

  test("of several the two that reflect best what it can do, readiness first", () => {
    const missing = http("/x", "random", { status: 404 });
    const paths = ["/health", "/-/healthy", "/-/ready"];
    const answers = paths.map((path) => http(path, "discovery", { status: 200 }));
    const settings = { triedPaths: ["/-/ready", "/-/healthy", "/health"] };
    expect(check(both(missing, ...answers), settings).notes).toMatchObject([
      {
        message: { en: "possible probe: GET :8080/-/ready → 200" },
        remedy: {
          en: "Declare in the manifest `readinessProbe: { httpGet: { path: /-/ready, port: 8080 } }`.",
        },
      },
      {
        remedy: {
          fr: "Déclarer dans le manifeste « livenessProbe: { httpGet: { path: /-/healthy, port: 8080 } } ».",
        },
      },
    ]);
  });

  test("for want of any, the page itself, when no other path has it", () => {
    const home = http("/", "home", { status: 200, body: "home" });
    expect(check(both(http("/x", "random", { status: 404 }), home)).notes).toMatchObject([
      { message: { en: "possible probe: GET :8080/ → 200" } },
    ]);
    expect(check(both(http("/x", "random", { status: 200, body: "home" }), home)).notes).toEqual([]);
    const login = http("/", "home", { status: 302, location: "/login" });
    expect(check(both(http("/x", "random", { status: 404 }), login)).notes).toEqual([]);
  });

  test("without a random answer nothing is proposed; what is no HTTP gets a tcpSocket", () => {
    expect(check(both(http("/health", "discovery", { status: 200 }))).notes).toEqual([]);
    expect(check(both(http("/douane-x", "random", { error: "HPE_INVALID_CONSTANT" })))).toMatchObject({
      notes: [{ message: { en: "possible probe: tcp 8080" } }],
    });
    // epmd is up when the application is not.
    expect(
      check(both(http("/douane-x", "random", { error: "HPE_INVALID_CONSTANT", port: 4369 }))).notes,
    ).toEqual([]);
  });

  test("nothing is said of who never starts", () => {
    expect(check({ "read-only": exits(1), writable: exits(1) })).toMatchObject({
      reason: { en: expect.stringContaining("code 1") },
    });
    expect(check({ "read-only": [DEADLINE], writable: null })).toMatchObject({
      reason: { en: "not observed: the trial's whole time was up" },
    });
  });
});

test("a batch needs no probes", () => {
  expect(check({}, { lifetime: "batch" }).status).toBe("n/a");
});
