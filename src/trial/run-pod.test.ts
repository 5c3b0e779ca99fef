import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MODES, runPodDriver } from "../../test/fixtures/trial/mode.ts";
import { runPod, type Sketch, shared } from "../../test/fixtures/trial/pod.ts";
import type { PodRequest } from "../../test/fixtures/trial/request.ts";
import { seen } from "../../test/fixtures/trial/seen.ts";
import { makeSubject, request } from "../../test/fixtures/trial/subject.ts";
import type { TrialFacts } from "../contract/trial-facts.ts";

// Several containers in one pod; run-trial.test.ts covers single containers.

describe.each(MODES)("as %s", (mode) => {
  let subject: ReturnType<typeof makeSubject>;
  beforeAll(() => {
    subject = makeSubject(mode);
  });
  afterAll(() => rmSync(subject.directory, { recursive: true }));

  async function pod<Name extends string>(
    sketches: Readonly<Record<Name, Sketch>>,
    changes: Partial<PodRequest> = {},
  ): Promise<Readonly<Record<Name, TrialFacts>>> {
    return runPod(mode, subject.layers, sketches, changes);
  }

  test("an init container ends before the others start, and leaves them what it wrote", async () => {
    const { prepare, web } = await pod({
      prepare: { role: "init", args: ["prepares", "/out/settings"], mounts: [shared("/out")] },
      web: { args: ["needs-file", "/in/settings"], port: 8080, mounts: [shared("/in", true)] },
    });
    expect(
      seen(prepare, "exit")
        .map(({ phase, by, code }) => `${phase} ${by} ${code}`)
        .toSorted(),
    ).toEqual(["read-only itself 0", "replica itself 0", "restart itself 0", "writable itself 0"]);
    expect(seen(prepare, "write", "read-only")).toMatchObject([{ area: "/out", path: "/out/settings" }]);
    expect(seen(web, "write")).toEqual([]);
    expect(seen(web, "ready").map(({ by }) => by)).toEqual(["port", "port", "port", "port"]);
    const [ended] = seen(prepare, "exit", "read-only");
    const [listens] = seen(web, "listener", "read-only");
    expect(ended?.ms).toBeLessThan(listens?.ms ?? 0);
    expect([prepare, web].map(({ beside = [] }) => beside.map(({ name }) => name))).toEqual([
      ["web"],
      ["prepare"],
    ]);
  });

  test("a server is restarted without init containers, which run again with a new sandbox", async () => {
    const { prepare, proxy, web, other } = await pod({
      proxy: { role: "sidecar", args: ["serve"], port: 9000 },
      prepare: { role: "init", args: ["prepares", "/out/settings"], mounts: [shared("/out")] },
      web: { args: ["takes-file", "/in/settings"], port: 8080, mounts: [shared("/in")] },
      other: { args: ["serve"], port: 8081 },
    });
    const exits = (facts: TrialFacts): readonly string[] =>
      seen(facts, "exit").map(({ phase, by, code }) => `${phase} ${by} ${code}`);
    expect(exits(prepare).toSorted()).toEqual([
      "read-only itself 0",
      "replica itself 0",
      "restart itself 0",
      "writable itself 0",
    ]);
    expect(exits(web)).toContain("restart itself 12");
    expect(exits(other)).toContain("restart stop 0");
    expect(exits(proxy).filter((exit) => exit.startsWith("restart"))).toEqual(["restart stop 0"]);
    const told = (facts: TrialFacts): readonly string[] =>
      seen(facts, "other-container", "restart").map(({ container, was }) => `${container} ${was}`);
    expect([proxy, other, web, prepare].map(told)).toEqual([["web exited"], ["web exited"], [], []]);
  });

  test("a task's second run is another pod's, with its init containers", async () => {
    const { task } = await pod({
      prepare: { role: "init", args: ["prepares", "/out/settings"], mounts: [shared("/out")] },
      task: { args: ["takes-file", "/in/settings"], mounts: [shared("/in")], changes: { lifetime: "batch" } },
    });
    expect(seen(task, "exit", "restart").map(({ code }) => code)).not.toContain(12);
  });

  test("containers reach one another on localhost, and each has its own listeners, ports and processes", async () => {
    const changes = { replica: { variable: "NONE" } };
    const { proxy, web } = await pod({
      proxy: { role: "sidecar", args: ["localhost"], port: 9000, changes },
      web: { args: ["needs-port", "9000"], port: 8080, changes },
    });
    expect(seen(web, "other-container")).toEqual([]);
    expect(seen(web, "listener", "read-only")).toMatchObject([{ address: "0.0.0.0", port: 8080 }]);
    expect(seen(web, "port", "read-only")).toMatchObject([
      { port: 8080, ipv4: "open" },
      { port: 8080, ipv4: "open", end: true },
    ]);
    expect(seen(web, "http", "restart")).toEqual([]);
    expect(seen(web, "http", "read-only").map(({ why }) => why)).toEqual(["random", "home", "discovery"]);
    expect(seen(proxy, "listener", "read-only")).toMatchObject([{ address: "127.0.0.1", port: 9000 }]);
    expect(seen(proxy, "port", "read-only")).toMatchObject([
      { port: 9000, ipv4: "refused", loopback: "open" },
      { port: 9000, ipv4: "refused", loopback: "open", end: true },
    ]);
    expect(seen(web, "process", "read-only").map(({ command }) => command)).toEqual([
      "/app/subject needs-port 9000",
    ]);
    expect(seen(proxy, "exit", "restart")).toMatchObject([{ by: "stop", code: 0 }]);
  });

  const ownServices = [
    { name: "app", address: "10.96.1.1", ports: [{ port: 80, to: 8080 }] },
    { name: "early", address: "10.96.1.2", ports: [{ port: 80, to: 8080 }], publishesUnready: true },
    { name: "peers", ports: [] },
  ] as const;
  const called = (name: string, port: number, own = 9000): Sketch => ({
    args: ["calls-service", `${name}.svc.cluster.local`, `${port}`],
    port: own,
  });
  const output = (facts: TrialFacts, phase: Parameters<typeof seen>[2]): string =>
    seen(facts, "output", phase)
      .map(({ sample }) => sample)
      .join("");

  test("a Service that chooses the pod leads to it, from its port to the pod's", async () => {
    const changes = { waits: { readyMs: 10_000, settleMs: 50, graceMs: 300 } };
    const { agent, peer } = await pod(
      {
        web: { args: ["late", "300"], port: 8080, changes },
        agent: { ...called("app.shop", 80), changes },
        peer: { ...called("peers.shop", 8080, 9001), changes },
      },
      { ownServices, names: { namespace: "shop" }, deadlineMs: 60_000 },
    );
    for (const phase of ["read-only", "restart", "writable", "replica"] as const) {
      expect(`${phase} ${output(agent, phase)}`).toContain("app.shop.svc.cluster.local answers");
      expect(seen(agent, "connect", phase)).toContainEqual(
        expect.objectContaining({
          dependency: "app",
          address: "10.96.1.1",
          port: 80,
          own: true,
          served: true,
        }),
      );
    }
    expect(output(peer, "read-only")).toContain("peers.shop.svc.cluster.local answers");
  });

  test("a Service that chooses the pod answers at its own ports alone, and once the pod is ready", async () => {
    const probes = [
      { why: "readiness", does: { exec: ["/app/subject", "probe", "1"] }, timeoutMs: 1_000 },
    ] as const;
    const { unready, early, other, elsewhere, peer } = await pod(
      {
        web: { args: ["serve"], port: 8080, changes: { probes } },
        unready: called("app.shop", 80),
        early: called("early.shop", 80, 9001),
        other: called("early.shop", 8080, 9002),
        elsewhere: called("early.other", 80, 9003),
        peer: called("peers.shop", 8080, 9004),
      },
      { ownServices, names: { namespace: "shop" }, deadlineMs: 60_000 },
    );
    expect(output(early, "read-only")).toContain("answers");
    for (const one of [unready, other, elsewhere, peer]) expect(output(one, "read-only")).toBe("");
    // A call that ended at once may be another container's, too.
    const calls = seen(unready, "connect", "read-only").filter(({ dependency }) => dependency === "app");
    expect(calls).toEqual([expect.objectContaining({ address: "10.96.1.1", port: 80, own: true })]);
    expect(calls[0]).not.toHaveProperty("served");
    const asked = seen(elsewhere, "dns", "read-only").filter(({ name }) => name.startsWith("early.other"));
    expect(asked).toMatchObject([{ answered: false }]);
    const hidden = seen(peer, "dns", "read-only").filter(({ name }) => name.startsWith("peers"));
    expect(hidden).toMatchObject([{ answered: false }]);
  });

  test("a sidecar serves until the task beside it has ended, and is stopped last", async () => {
    const { proxy, task } = await pod({
      proxy: { role: "sidecar", args: ["serve"], port: 9000 },
      task: { args: ["syn"], changes: { lifetime: "batch" } },
    });
    const [ended] = seen(task, "exit", "read-only");
    const [killed] = seen(proxy, "exit", "read-only");
    expect([ended?.code, killed?.by]).toEqual([8, "kill"]);
    expect(killed?.ms).toBeGreaterThanOrEqual(ended?.ms ?? Number.POSITIVE_INFINITY);
  });

  test("who fails because another container is gone is told so, not the other way round", async () => {
    const { proxy, web } = await pod({
      proxy: { args: ["exit", "3"] },
      web: { args: ["needs-port", "9000"], port: 8080 },
    });
    const [trouble] = seen(web, "other-container", "read-only");
    const [ended] = seen(web, "exit", "read-only");
    expect(trouble).toMatchObject({ container: "proxy", was: "exited" });
    expect(ended).toMatchObject({ by: "itself", code: 10 });
    expect(trouble?.ms).toBeLessThanOrEqual(ended?.ms ?? 0);
    const [first] = seen(proxy, "exit", "read-only");
    expect(seen(proxy, "other-container").filter(({ ms }) => ms <= (first?.ms ?? 0))).toEqual([]);
  });

  test("who ends before another is up is started again once it is, as the kubelet does", async () => {
    const { store, web, task } = await pod(
      {
        store: {
          args: ["late", "4000"],
          port: 9000,
          changes: { replica: { variable: "NONE" }, waits: { readyMs: 8_000, settleMs: 50, graceMs: 300 } },
        },
        web: { args: ["needs-port", "9000"], port: 8080 },
        task: { args: ["calls-port", "9000"], changes: { lifetime: "batch" } },
      },
      { deadlineMs: 60_000 },
    );
    const ends = (facts: TrialFacts) => seen(facts, "exit", "read-only").map(({ by, code }) => [by, code]);
    expect(ends(store)).toEqual([["kill", undefined]]);
    expect(ends(web)).toEqual([
      ["itself", 10],
      ["kill", undefined],
    ]);
    expect(ends(task)).toEqual([
      ["itself", 10],
      ["itself", 0],
    ]);
    expect(seen(web, "ready").map(({ by }) => by)).toEqual(["port", "port", "port", "port"]);
    expect(seen(web, "other-container")).toEqual([]);
  });

  test("a second replica that follows its variable is told to those who look for it elsewhere", async () => {
    const { proxy, web } = await pod({
      proxy: { args: ["needs-port", "8080"], port: 9000 },
      web: { args: ["serve"], port: 8080 },
    });
    expect(seen(proxy, "other-container", "read-only")).toEqual([]);
    const [ended] = seen(proxy, "exit", "replica");
    const [trouble] = seen(proxy, "other-container", "replica");
    expect(ended).toMatchObject({ by: "itself", code: 10 });
    expect(trouble).toMatchObject({ container: "web", was: "moved" });
    expect(trouble?.ms).toBeLessThanOrEqual(ended?.ms ?? 0);
    expect(seen(web, "other-container", "replica").map(({ was }) => was)).not.toContain("moved");
  });

  test("two containers of one name are two, each with a port of its own in the second replica", async () => {
    const base = request(subject.layers, ["serve"], { replica: { port: 19_000 } });
    const env = [...base.start.env, "PORT=8081"];
    const facts = await runPodDriver(mode, {
      deadlineMs: 20_000,
      containers: [
        { name: "same", role: "app", ...base },
        { name: "same", role: "app", ...base, ports: [8081], start: { ...base.start, env } },
        { name: "same", role: "app", ...base, start: { ...base.start, argv: ["/app/subject", "exit", "3"] } },
      ],
    });
    expect(facts.map(({ settings }) => settings.replica.port)).toEqual([19_000, 19_001, 19_002]);
    expect(facts.map(({ beside = [] }) => beside.map(({ name }) => name))).toEqual(
      facts.map(() => ["same", "same"]),
    );
    const [first, second, third] = facts.map((one) => seen(one, "other-container", "read-only").length);
    expect([first, second, third]).toEqual([1, 1, 0]);
    expect(facts.slice(0, 2).flatMap((one) => seen(one, "exit").filter(({ by }) => by === "itself"))).toEqual(
      [],
    );
  });

  test("who only works on a writable root is started again there, and the other for its sake, silently", async () => {
    const { store, web } = await pod({
      store: { args: ["needs-root-fs"], port: 9000 },
      web: { args: ["serve"], port: 8080 },
    });
    const phases = (facts: TrialFacts) => facts.phases.map(({ name, root }) => `${name} ${root}`).toSorted();
    expect(phases(store)).toEqual([
      "read-only read-only",
      "replica read-only",
      "replica writable",
      "restart writable",
      "writable writable",
    ]);
    expect(phases(web)).toEqual([
      "read-only read-only",
      "replica read-only",
      "replica writable",
      "restart read-only",
      "writable writable",
    ]);
    expect(seen(web, "other-container", "restart")).toMatchObject([{ container: "store", was: "absent" }]);
    expect(seen(store, "other-container", "restart")).toEqual([]);
  });

  test("a port that one container leaves to another is the other's from then on", async () => {
    const { one, two } = await pod({
      one: { args: ["lets-go"], port: 9000 },
      two: { args: ["late", "900"], port: 8080 },
    });
    const ports = (facts: TrialFacts) => seen(facts, "listener", "read-only").map(({ port }) => port);
    expect([ports(one), ports(two)]).toEqual([[8080, 9000], [8080]]);
    expect(seen(two, "ready", "read-only")).toMatchObject([{ by: "port" }]);
  });

  test("names and addresses are asked for by those who ask", async () => {
    const { asks, calls, web } = await pod({
      asks: { args: ["dns"] },
      calls: { args: ["syn"] },
      web: { args: ["serve"], port: 8080 },
    });
    expect(seen(asks, "dns", "read-only")).toMatchObject([{ name: "db.internal" }]);
    expect(seen(calls, "connect", "read-only")).toMatchObject([{ address: "10.0.0.5" }]);
    expect([...calledBy(asks), ...seen(calls, "dns")]).toEqual([]);
    expect([...seen(web, "dns"), ...calledBy(web)]).toEqual([]);
  });

  test("who of the pod has sent a datagram is not known", async () => {
    const { sends, web } = await pod({
      sends: { args: ["sends-datagram", "10.20.30.40", "514", "x"], port: 8080 },
      web: { args: ["serve", "8081"], port: 8081 },
    });
    for (const facts of [sends, web]) {
      expect(seen(facts, "sent", "read-only")).toMatchObject([{ address: "10.20.30.40", unsure: true }]);
    }
  });

  test.each([
    ["leaves-term", true, { signal: "SIGTERM", handled: false }],
    ["leaves-term", false, { signal: "SIGKILL", forced: true }],
    ["ignores-term", true, { signal: "SIGKILL", forced: true }],
    ["serve", true, { code: 0, handled: true }],
  ] as const)(
    "%s, whose pod shares its processes: %s, ends as the kernel makes it: %j",
    async (program, sharesProcesses, exit) => {
      const waits = { graceMs: 1_000 };
      const { web } = await pod(
        { web: { args: [program], port: 8080, changes: { waits } } },
        { sharesProcesses },
      );
      expect(seen(web, "exit", "restart")).toMatchObject([{ by: "stop", ...exit }]);
      expect(seen(web, "exit", "restart")[0]?.forced === true).toBe("forced" in exit);
    },
  );

  test("what a hook calls is its container's call", async () => {
    const hooks = { postStart: { exec: ["/app/subject", "syn"] } };
    const { calls, web } = await pod({
      calls: { args: ["serve"], port: 8081, changes: { hooks } },
      web: { args: ["serve"], port: 8080 },
    });
    expect(seen(calls, "connect", "read-only")).toMatchObject([{ address: "10.0.0.5" }]);
    expect(calledBy(web)).toEqual([]);
  });

  test("who has many processes hides nobody", async () => {
    const { crowd, calls } = await pod({
      crowd: { role: "sidecar", args: ["crowd"], port: 9000 },
      calls: { args: ["syn"], port: 8080 },
    });
    expect(seen(calls, "connect", "read-only")).toMatchObject([{ address: "10.0.0.5" }]);
    expect(calledBy(crowd)).toEqual([]);
  });

  test("a fork bomb is ended, and only it", async () => {
    const { bomb, web } = await pod({
      bomb: { args: ["fork-bomb"], port: 9000, changes: { limits: { pids: 60 } } },
      web: { args: ["serve"], port: 8080 },
    });
    expect(seen(bomb, "limit").map(({ what }) => what)).toContain("processes");
    expect(seen(web, "limit")).toEqual([]);
    expect(seen(web, "exit").filter(({ by }) => by === "itself")).toEqual([]);
  });

  test.each(["init", "sidecar", "app"] as const)(
    "what the trial itself cannot do for a container (%s) is its failure, in one sentence",
    async (role) => {
      const broken = { role, args: ["serve"], changes: { layers: ["/nowhere"] } };
      const more: Readonly<Record<string, Sketch>> = {
        first: { role: "sidecar", args: ["serve"], port: 9000 },
        broken,
        second: { role: "init", args: ["exit", "0"] },
        web: { args: ["serve"], port: 8080 },
      };
      const failure = await pod(more).catch((error: unknown) => error);
      expect(String(failure)).toMatch(/could not take place: .*mount.* doctor/);
      expect(String(failure)).not.toMatch(/node:|\.ts:\d/);
    },
  );

  test("a container that could not be had is missed from the beginning", async () => {
    const { web } = await pod({ web: { args: ["serve"], port: 8080 } }, { absent: ["proxy"] });
    expect(
      seen(web, "other-container")
        .map(({ phase, was }) => `${phase} ${was}`)
        .toSorted(),
    ).toEqual(["read-only absent", "replica absent", "restart absent", "writable absent"]);
  });
});

/** Connections that are known to be its own; one that is closed before anybody looked is of any of the pod. */
function calledBy(facts: TrialFacts): readonly unknown[] {
  return seen(facts, "connect").filter(({ unsure }) => unsure !== true);
}
