import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MODES, runDriver } from "../../test/fixtures/trial/mode.ts";
import type { TrialRequest } from "../../test/fixtures/trial/request.ts";
import { seen } from "../../test/fixtures/trial/seen.ts";
import { makeSubject, request } from "../../test/fixtures/trial/subject.ts";
import { LIMITS } from "../contract/limits.ts";
import type { TrialFacts, TrialPhaseName } from "../contract/trial-facts.ts";

// Requests do not depend on who runs a trial, and their cases take minutes: they run in the last mode alone.
describe.each(MODES.slice(-1))("as %s", (mode) => {
  let subject: ReturnType<typeof makeSubject>;
  beforeAll(() => {
    subject = makeSubject(mode);
  });
  afterAll(() => rmSync(subject.directory, { recursive: true }));

  async function trial(args: readonly string[], changes: Partial<TrialRequest> = {}): Promise<TrialFacts> {
    return runDriver(mode, request(subject.layers, args, changes));
  }

  /** Ports at the beginning of a phase. */
  function ports(facts: TrialFacts, phase: TrialPhaseName) {
    return seen(facts, "port", phase).filter(({ end }) => end !== true);
  }

  test("the health path that answers differs from a path that nobody has; the others are not reported", async () => {
    const [random, home, health, ...others] = seen(await trial(["serve"]), "http", "read-only");
    expect(random?.path).toMatch(/^\/[a-z]{14}$/);
    expect([random, home, health, others]).toMatchObject([
      { why: "random", status: 404 },
      { why: "home", path: "/", status: 404 },
      { why: "discovery", path: "/healthz", status: 200 },
      [],
    ]);
    expect(health?.body).not.toBe(random?.body);
  });

  test.each([
    [["serve"], {}, [{ path: "/", outside: 404, inside: 404 }]],
    [["catch-all"], {}, [{ path: "/", outside: 200, inside: undefined }]],
    [["local-peers"], {}, [{ path: undefined, outside: "dismissed", inside: "answered" }]],
    [["local-pages"], {}, [{ path: "/", outside: 403, inside: 404 }]],
    [
      ["local-pages"],
      { warmUp: ["/healthz"] },
      [
        { path: "/", outside: 403, inside: 404 },
        { path: "/healthz", outside: 200, inside: undefined },
      ],
    ],
    [["greets-peers"], {}, [{ path: undefined, outside: "answered", inside: undefined }]],
  ])(
    "what %j answers a neighbour of the pod is compared with what 127.0.0.1 gets",
    async (args, changes, expected) => {
      const facts = await trial(args, changes);
      for (const phase of ["read-only", "writable"] as const) {
        const peers = seen(facts, "peer", phase).map(({ path, outside, inside }) => ({
          path,
          outside,
          inside,
        }));
        expect(peers).toEqual(expected);
      }
      expect(seen(facts, "connect")).toEqual([]);
    },
  );

  test("output that comes by the clock is told from output that comes with requests", async () => {
    const [idle, busy] = [await trial(["heartbeat"]), await trial(["catch-all"])];
    const outputs = (facts: TrialFacts) =>
      (["read-only", "writable"] as const).flatMap((phase) =>
        seen(facts, "output", phase).filter(({ stream }) => stream === "stdout"),
      );
    for (const one of outputs(idle)) {
      expect(one.idle).toMatch(/still alive \d+\n/);
      expect(one.after).toBeGreaterThan(one.before ?? 0);
    }
    for (const one of outputs(busy)) {
      expect(one.idle).toBeUndefined();
      expect(one.after).toBeGreaterThan(one.before ?? 0);
    }
    expect(outputs(idle).length + outputs(busy).length).toBe(4);
  });

  test("of much that is written while nothing is asked, and since the last requests, beginning and end are kept", async () => {
    const waits = { readyMs: 2_000, settleMs: 800, graceMs: 300 };
    const facts = await trial(["heartbeat", "200"], { waits });
    const [idle = ""] = seen(facts, "output", "read-only").flatMap((one) => one.idle ?? []);
    expect(Buffer.byteLength(idle)).toBeLessThanOrEqual(LIMITS.trialIdleBytes + Buffer.byteLength("…\n"));
    expect(idle).toMatch(/\n…\nstill alive \d+\n/);
    const [work = ""] = seen(facts, "output", "read-only").flatMap((one) => one.work ?? []);
    expect(work).toContain("still alive");
    expect(Buffer.byteLength(work)).toBeLessThanOrEqual(LIMITS.trialWorkBytes + Buffer.byteLength("…\n"));
  });

  test("requests name the host of the Ingress in every phase; without one the address", async () => {
    const hosts = [{ port: 8080, host: "portal.example" }];
    const [named, unnamed] = [await trial(["by-host"], { hosts }), await trial(["by-host"])];
    expect(named.settings.hosts).toEqual(hosts);
    for (const phase of ["read-only", "writable"] as const) {
      const home = seen(named, "http", phase).filter(({ why }) => why === "home");
      expect(home.map(({ status, sentHost }) => [status, sentHost])).toContainEqual([404, "portal.example"]);
    }
    expect(seen(named, "repeated", "read-only")).toContainEqual(
      expect.objectContaining({ path: "/", same: true, sentHost: "portal.example" }),
    );
    const refused = seen(unnamed, "http", "read-only");
    expect(new Set(refused.map(({ status, sentHost }) => `${status} ${sentHost}`))).toEqual(
      new Set(["400 undefined"]),
    );
  });

  test("a probe without a Host is sent to the address beside an Ingress, and so is a random path", async () => {
    const hosts = [{ port: 8080, host: "portal.example" }];
    const http = { port: 8080, path: "/healthz", scheme: "http", headers: {} } as const;
    const facts = await trial(["by-host"], {
      hosts,
      probes: [{ why: "readiness", does: { http }, timeoutMs: 1_000 }],
    });
    const answers = seen(facts, "http", "read-only").map(
      ({ why, status, sentHost }) => `${why} ${status} ${sentHost ?? "-"}`,
    );
    expect(answers).toEqual(
      expect.arrayContaining(["readiness 400 -", "random 404 portal.example", "random 400 -"]),
    );
  });

  test("a probe sends the Host that it declares, and a random path is asked by that Host, too", async () => {
    const headers = { Host: ["portal.example"] };
    const http = { port: 8080, path: "/healthz", scheme: "http", headers } as const;
    const facts = await trial(["by-host"], {
      probes: [{ why: "readiness", does: { http }, timeoutMs: 1_000 }],
    });
    const answers = seen(facts, "http", "read-only").map(
      ({ why, status, sentHost }) => `${why} ${status} ${sentHost ?? "-"}`,
    );
    expect(answers).toEqual(
      expect.arrayContaining(["readiness 200 portal.example", "random 404 portal.example", "random 400 -"]),
    );
  });

  test("what was answered is asked once more, and whether the page is still the same is told", async () => {
    const repeated = seen(await trial(["serve"]), "repeated", "read-only");
    expect(repeated.map(({ path }) => path)).toEqual(expect.arrayContaining(["/", "/healthz"]));
    expect(repeated.filter(({ same }) => !same)).toEqual([]);
  });

  test("who answers everything with one page answers the random path, too", async () => {
    const answers = seen(await trial(["catch-all"]), "http", "read-only");
    expect(answers.length).toBeGreaterThan(5);
    expect(new Set(answers.map(({ status, body }) => `${status} ${body}`)).size).toBe(1);
  });

  test("what listens on localhost is refused on the pod's address", async () => {
    const facts = await trial(["localhost"]);
    expect(seen(facts, "listener", "read-only")).toMatchObject([{ address: "127.0.0.1", port: 8080 }]);
    expect(ports(facts, "read-only")).toMatchObject([{ ipv4: "refused", loopback: "open" }]);
  });

  test.each([
    ["ipv6-any", "::", "open"],
    ["ipv6-localhost", "::1", "refused"],
  ])("%s is told from the other", async (args, address, ipv6) => {
    const facts = await trial([args]);
    expect(seen(facts, "listener", "read-only")).toMatchObject([{ address, port: 8080 }]);
    expect(ports(facts, "read-only")).toMatchObject([{ ipv4: "refused", ipv6, loopback: "refused" }]);
  });

  test("a second port on localhost is seen beside the one that is declared", async () => {
    const facts = await trial(["two-ports"]);
    expect(ports(facts, "read-only")).toMatchObject([
      { port: 8080, declared: true, ipv4: "open" },
      { port: 9229, declared: false, ipv4: "refused", loopback: "open" },
    ]);
  });

  test("uid 1000 can listen on port 80", async () => {
    const start = { ...request([], ["serve"]).start, env: ["PORT=80"] };
    const facts = await trial([], { start, ports: [80] });
    expect(ports(facts, "read-only")).toMatchObject([{ port: 80, ipv4: "open" }]);
    expect(seen(facts, "listener", "replica")).toMatchObject([{ port: 18_080 }]);
  });

  test("who answers errors at first is asked again, and what became better is told", async () => {
    const facts = await trial(["warms-up"]);
    for (const phase of ["read-only", "writable"] as const) {
      const home = seen(facts, "http", phase).filter(({ why }) => why === "home");
      expect(home.map(({ status }) => status)).toEqual([503, 404]);
    }
  });

  test("a page that takes seconds when it is first called is waited for", async () => {
    const facts = await trial(["slow-page"]);
    for (const phase of ["read-only", "writable"] as const) {
      const home = seen(facts, "http", phase).filter(({ why }) => why === "home");
      expect(home).toMatchObject([{ error: "timeout" }, { status: 404 }]);
    }
  });

  test("a page that takes a file is no page on a read-only root", async () => {
    const facts = await trial(["counts-visits"]);
    const [home, elsewhere] = (["read-only", "writable"] as const).map((phase) =>
      seen(facts, "http", phase).filter(({ why }) => why === "home"),
    );
    expect([home, elsewhere]).toMatchObject([[{ status: 500 }], [{ status: 200 }]]);
    expect(seen(facts, "write", "writable")).toMatchObject([{ path: "/data/visits.txt" }]);
  });

  test("who moves to localhost after the first requests is not open at the end", async () => {
    const facts = await trial(["moves"]);
    expect(seen(facts, "port", "read-only")).toMatchObject([
      { ipv4: "open", on: ["0.0.0.0"] },
      { ipv4: "refused", loopback: "open", on: ["127.0.0.1"], end: true },
    ]);
  });

  test("what listens on localhost alone is asked there", async () => {
    expect(seen(await trial(["localhost"]), "http", "read-only")).toMatchObject([
      { why: "random", host: "loopback", status: 404 },
      { why: "home", host: "loopback", status: 404 },
      { why: "discovery", host: "loopback", status: 200 },
    ]);
  });

  test("a port that the image documents in vain is not waited for", async () => {
    const start = { ...request([], ["serve"]).start, env: ["PORT=3000"] };
    const facts = await trial([], {
      start,
      hint: true,
      waits: { readyMs: 20_000, settleMs: 50, graceMs: 300 },
    });
    expect(seen(facts, "ready", "read-only")).toMatchObject([{ by: "listener" }]);
    expect(ports(facts, "read-only")).toMatchObject([
      { port: 8080, ipv4: "refused" },
      { port: 3000, ipv4: "open" },
    ]);
  });

  test("what does not speak HTTP is asked once", async () => {
    const answers = seen(await trial(["no-http"]), "http", "read-only");
    expect(answers).toMatchObject([{ why: "random", error: expect.stringContaining("HPE_") }]);
  });

  test("an answer without an end is cut, and one that does not come is given up", async () => {
    const endless = seen(await trial(["endless-answer"]), "http", "read-only");
    expect(endless[0]).toMatchObject({ status: 200, bytes: LIMITS.trialHttpBytes });
    const silent = seen(await trial(["silent"]), "http", "read-only");
    expect(silent).toMatchObject([
      { why: "random", error: "timeout" },
      { why: "home", error: "timeout" },
    ]);
  });

  test("more listeners than anyone needs are counted no further", async () => {
    const facts = await trial(["many-ports"], { ports: [], deadlineMs: 120_000 });
    expect(seen(facts, "listener", "read-only").length).toBe(LIMITS.trialObservations);
    expect(seen(facts, "limit", "read-only")).toMatchObject([{ what: "observations" }]);
    expect(seen(facts, "exit", "restart")).toMatchObject([{ by: "stop" }]);
  });

  test.each([
    ["a program of another machine", ["/app/foreign"], "exec format error"],
    ["no program at all", [], ""],
    ["a file that is no program", ["/data/config.txt"], "permission denied"],
  ])("%s cannot be started", async (_, argv, said) => {
    const facts = await trial([], { start: { ...request([], []).start, argv } });
    const failures = seen(facts, "start-failed", "read-only").map(({ message }) => message);
    const outputs = seen(facts, "output", "read-only").map(({ sample }) => sample);
    expect([...failures, ...outputs].join("\n")).toContain(said);
    expect(seen(facts, "ready")).toEqual([]);
  });

  test("a probe's command that does not end is a timeout", async () => {
    const exec = ["/app/subject", "worker"];
    const probes = [{ why: "liveness", does: { exec }, timeoutMs: 300 }] as const;
    const facts = await trial(["serve"], {
      probes,
      waits: { settleMs: 50, graceMs: 300 },
    });
    expect(seen(facts, "probe", "read-only")).toMatchObject([{ ok: false, error: "exit 137 timeout" }]);
    expect(seen(facts, "limit")).toEqual([]);
  });

  test("declared probes are tried, and decide when it is ready", async () => {
    const http = { port: 8080, path: "/healthz", scheme: "http", headers: {} } as const;
    const timeoutMs = 1_000;
    const facts = await trial(["serve"], {
      probes: [
        { why: "readiness", does: { http }, timeoutMs },
        { why: "liveness", does: { exec: ["/app/subject", "probe", "0"] }, timeoutMs },
        { why: "startup", does: { exec: ["/app/subject", "probe", "3"] }, timeoutMs },
        { why: "liveness", does: { tcp: { port: 8080 } }, timeoutMs },
        { why: "liveness", does: { tcp: { port: 9 } }, timeoutMs },
      ],
    });
    expect(seen(facts, "ready", "read-only")).toMatchObject([{ by: "probe" }]);
    expect(seen(facts, "http", "read-only")).toMatchObject([
      { why: "readiness", status: 200 },
      { why: "random", status: 404 },
      { why: "home", status: 404 },
    ]);
    expect(seen(facts, "probe", "read-only")).toMatchObject([
      { does: "exec", ok: true },
      { does: "exec", ok: false, error: expect.stringContaining("exit 3") },
      { does: "tcp", target: "8080", ok: true },
      { does: "tcp", target: "9", ok: false, error: "refused" },
    ]);
  });
});
