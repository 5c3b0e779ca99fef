import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MODES, runDriver } from "../../test/fixtures/trial/mode.ts";
import type { TrialRequest } from "../../test/fixtures/trial/request.ts";
import { seen } from "../../test/fixtures/trial/seen.ts";
import { makeSubject, request } from "../../test/fixtures/trial/subject.ts";
import { LIMITS } from "../contract/limits.ts";
import type { TrialFacts, TrialPhaseName } from "../contract/trial-facts.ts";

describe.each(MODES)("as %s", (mode) => {
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

  /** Phases skipped if the application starts on neither root. */
  function nothingMore(because: string) {
    return [
      { what: "restart", because },
      { phase: "replica", root: "writable", what: "replica", because },
    ];
  }

  test.each([10, 19])("a trial by `nice -n %i` runs as any other one", async (niceness) => {
    const waits = { readyMs: 2_000, settleMs: 50, graceMs: 300 };
    const asked = request(subject.layers, ["serve"], { waits });
    const facts = await runDriver(mode, asked, niceness);
    expect(seen(facts, "start-failed")).toEqual([]);
    expect(seen(facts, "exit", "restart")).toMatchObject([{ by: "stop", code: 0 }]);
  });

  test("a conforming server goes through all phases and leaves nothing written", async () => {
    const facts = await trial(["serve"]);
    expect(facts.executor).toMatchObject({ name: "runc", mode });
    expect(facts.phases.map(({ name, root }) => `${name} ${root}`).toSorted()).toEqual([
      "read-only read-only",
      "replica read-only",
      "restart read-only",
      "writable writable",
    ]);
    const process = { pid: 1, name: "subject" };
    const listener = { protocol: "tcp", address: "0.0.0.0", port: 8080, process };
    expect(seen(facts, "listener", "read-only")).toMatchObject([listener]);
    expect(seen(facts, "listener", "restart")).toMatchObject([listener]);
    const open = { port: 8080, declared: true, ipv4: "open", ipv6: "refused", loopback: "open" };
    const ends = { ...open, on: ["0.0.0.0"], end: true };
    expect(seen(facts, "port", "read-only")).toMatchObject([{ ...open, on: ["0.0.0.0"] }, ends]);
    expect(seen(facts, "port", "restart")).toMatchObject([open, ends]);
    expect(seen(facts, "process", "read-only")).toMatchObject([
      { pid: 1, parent: 0, uid: 1_000, command: "/app/subject serve" },
    ]);
    expect(seen(facts, "exit", "read-only")).toMatchObject([{ by: "kill", signal: "SIGKILL" }]);
    expect(seen(facts, "exit", "restart")).toMatchObject([{ by: "stop", code: 0 }]);
    expect(seen(facts, "output", "read-only")).toMatchObject([
      {
        stream: "stdout",
        after: expect.any(Number),
        sample: expect.stringMatching(/^serve listens\nGET \/[a-z]{14}\nGET \/\n/),
      },
    ]);
    expect(seen(facts, "write")).toEqual([]);
    expect(seen(facts, "start-failed")).toEqual([]);
    expect(seen(facts, "limit")).toEqual([]);
  });

  test("a second replica is told another port and follows it", async () => {
    const facts = await trial(["serve"]);
    expect(seen(facts, "listener", "replica")).toMatchObject([{ address: "0.0.0.0", port: 18_080 }]);
    expect(ports(facts, "replica")).toMatchObject([
      { port: 18_080, ipv4: "open" },
      { port: 8_080, ipv4: "refused" },
    ]);
  });

  test("a second replica is asked for its readiness, at the port that it was given", async () => {
    const http = { port: 8_080, path: "/healthz", scheme: "http", headers: {} } as const;
    const probes = [{ why: "readiness", does: { http }, timeoutMs: 1_000 }] as const;
    const facts = await trial(["serve"], { probes });
    expect(seen(facts, "http", "replica")).toMatchObject([
      { why: "readiness", port: 18_080, path: "/healthz", status: 200 },
    ]);
  });

  test("what is written only when asked to stop shows, though the first stop was refused", async () => {
    const facts = await trial(["saves-when-stopped"], {
      waits: { readyMs: 2_000, settleMs: 50, graceMs: 1_000 },
    });
    expect(seen(facts, "exit", "restart")).toMatchObject([{ by: "stop", forced: true }]);
    expect(seen(facts, "exit", "writable")).toMatchObject([{ by: "stop", code: 0 }]);
    expect(seen(facts, "write", "writable")).toMatchObject([{ path: "/data/dump" }]);
  });

  describe("in a volume", () => {
    const mounts = [
      { kind: "empty", path: "/tmp" },
      { kind: "empty", path: "/data" },
    ] as const;

    test("what is read again after a restart is seen, and whether it was changed then", async () => {
      const facts = await trial(["keeps-state"], { mounts });
      const state = { area: "/data", path: "/data/state" };
      expect(seen(facts, "reread", "restart")).toMatchObject([state]);
      expect(seen(facts, "reread", "restart")[0]).not.toHaveProperty("changed");
      expect(seen(facts, "reread", "writable")).toMatchObject([{ ...state, changed: true }]);
      const digests = (["read-only", "replica"] as const).map(
        (phase) => seen(facts, "write", phase)[0]?.digest,
      );
      expect(digests).toEqual([
        expect.stringMatching(/^[0-9a-f]{16}$/),
        expect.stringMatching(/^[0-9a-f]{16}$/),
      ]);
    });

    test("a stop that changes a volume is followed by one more start, and one that does not is not", async () => {
      const phases = async (mode: string): Promise<readonly string[]> =>
        (await trial([mode], { mounts })).phases.map(({ name, root }) => `${name} ${root}`);
      expect(await phases("says-its-end")).toContain("after-stop read-only");
      expect(await phases("serve")).not.toContain("after-stop read-only");
    });

    test("two files are compared by their beginnings (trialDigestBytes)", async () => {
      const big = await trial(["fills"], { mounts });
      expect(seen(big, "write", "read-only")[0]?.bytes).toBeGreaterThan(LIMITS.trialDigestBytes);
      expect(seen(big, "write", "read-only")[0]?.digest).toMatch(/^[0-9a-f]{16}$/);
    });

    test("what every start makes anew, and reads then, is alike in the replica; which came first is open", async () => {
      const facts = await trial(["renders"], { mounts });
      const rereads = seen(facts, "reread");
      expect(rereads.length).toBeGreaterThan(0);
      for (const reread of rereads) expect(reread).toMatchObject({ path: "/data/state", unordered: true });
      const digests = (["read-only", "restart", "replica"] as const).map(
        (phase) => seen(facts, "write", phase).find(({ path }) => path === "/data/state")?.digest,
      );
      expect(digests).toEqual([expect.any(String), digests[0], digests[0]]);
      expect(seen(facts, "write", "restart")).toMatchObject([{ path: "/data/state", change: "modified" }]);
      expect(seen(facts, "write", "restart")[0]).not.toHaveProperty("appended");
    });

    test.each([
      ["locks", ["/data"]],
      ["locks-range", ["/data"]],
      ["locks-briefly", []],
    ])("%s: the mount with a file that is locked at the end of a phase is seen", async (kind, areas) => {
      const locks = seen(await trial([kind], { mounts }), "file-lock", "read-only");
      expect(locks.map(({ area }) => area)).toEqual(areas);
    });

    test("what only grows shows so after the restart", async () => {
      const facts = await trial(["grows"], { mounts });
      expect(seen(facts, "write", "read-only")[0]).not.toHaveProperty("appended");
      expect(seen(facts, "write", "restart")).toMatchObject([{ path: "/data/blocks", appended: true }]);
      expect(seen(facts, "reread")).toEqual([]);
    });
  });

  test.each([
    ["unlinked-log", "/tmp/out"],
    ["memory-log", "out"],
  ])("%s: a file without a name is seen, and that it grows with the requests", async (mode, path) => {
    const [open] = seen(await trial([mode]), "open-file", "read-only");
    expect(open).toMatchObject({ path, sample: expect.stringMatching(/^2026-11-24T10:00:00Z GET /) });
    expect(open?.memory).toBe(mode === "memory-log" ? true : undefined);
    expect(open?.grew).toBe(open?.bytes);
  });

  test("who ignores SIGTERM is killed after the grace period, once", async () => {
    const facts = await trial(["ignores-term"]);
    const [exit] = seen(facts, "exit", "restart");
    expect(exit).toMatchObject({ by: "stop", forced: true, signal: "SIGKILL" });
    expect(exit?.afterMs).toBeGreaterThanOrEqual(300);
    expect(seen(facts, "exit", "writable")).toMatchObject([{ by: "stop", forced: true }]);
  });

  test("what is said of the last requests is told apart from the start and the stop", async () => {
    const quiet = seen(await trial(["catch-all-quiet"]), "output", "read-only")[0];
    expect(quiet?.after).toBe(quiet?.before);
    const [output] = seen(await trial(["serve"]), "output", "read-only");
    expect(output?.after).toBeGreaterThan(output?.before ?? 0);
  });

  test("the image's StopSignal is sent instead of SIGTERM", async () => {
    const facts = await trial(["quits"], { stopSignal: "SIGQUIT" });
    expect(seen(facts, "exit", "restart")).toMatchObject([{ by: "stop", code: 0 }]);
  });

  test("an exit after a question to the DNS tells which name was missing", async () => {
    const facts = await trial(["dns"]);
    expect(seen(facts, "dns", "read-only")).toMatchObject([
      { name: "db.internal", type: "A", answered: false },
    ]);
    expect(seen(facts, "exit", "read-only")).toMatchObject([{ by: "itself", code: 7 }]);
    expect(seen(facts, "output", "read-only")[0]?.sample).toContain("rcode 3");
    expect(seen(facts, "skipped")).toMatchObject(nothingMore("exited"));
  });

  test("an exit after a connection that nobody answers tells where it went", async () => {
    const facts = await trial(["syn"]);
    expect(seen(facts, "connect", "read-only")).toMatchObject([
      { protocol: "tcp", address: "10.0.0.5", port: 5432 },
    ]);
    expect(seen(facts, "exit", "read-only")).toMatchObject([{ code: 8 }]);
  });

  test("port 53 hides no call: only the pod's own DNS is asked there", async () => {
    const facts = await trial(["syn", "8.8.8.8", "53"]);
    expect(seen(facts, "connect", "read-only")).toMatchObject([
      { protocol: "tcp", address: "8.8.8.8", port: 53 },
    ]);
  });

  test.each([
    ["a log by UDP", ["10.20.30.40", "514", "<13>app: GET /"], ["10.20.30.40"]],
    ["a question to another DNS", ["8.8.8.8", "53", "?"], ["8.8.8.8"]],
    ["a datagram to many", ["224.0.0.251", "5353", "?"], []],
    ["a datagram within the pod", ["127.0.0.1", "8125", "requests:1|c"], []],
    ["a socket that is but connected, to learn of the own address", ["9.9.9.9", "80"], []],
  ])("%s: %j, from a socket that is closed at once, is sent to %j", async (_, args, addresses) => {
    const facts = await trial(["sends-datagram", ...args]);
    expect(seen(facts, "sent", "read-only").map(({ address }) => address)).toEqual(addresses);
    expect(seen(facts, "sent", "read-only").filter(({ unsure }) => unsure)).toEqual([]);
    expect(seen(facts, "http", "read-only").length).toBeGreaterThan(0);
  });

  test("packets of a call are not told besides it", async () => {
    const facts = await trial(["syn"]);
    expect(seen(facts, "sent")).toEqual([]);
  });

  test("a question to the pod's DNS over TCP is no call", async () => {
    const facts = await trial(["syn", "10.96.0.10", "53"]);
    expect(seen(facts, "connect")).toEqual([]);
  });

  test("a fake dependency has a name, an address and open ports", async () => {
    const facts = await trial(["dns"], { dependencies: [{ name: "db.internal", ports: [5432] }] });
    expect(seen(facts, "dns", "read-only")).toMatchObject([{ name: "db.internal", answered: true }]);
    expect(seen(facts, "output", "read-only")[0]?.sample).toContain("reply of 45 bytes, rcode 0");
  });

  test.each([
    ["syslog", "<13>1 2026-11-30T10:00:00Z web app - - - GET /", "syslog"],
    ["another protocol", "PING", undefined],
  ])("what is sent to a fake dependency is known by its form: %s", async (_, text, form) => {
    const dependencies = [{ name: "db.internal", ports: [5432] }];
    const facts = await trial(["sends-lines", "10.97.0.1", "5432", text], { dependencies });
    const forms = seen(facts, "connect", "read-only").map(({ dependency, port, logs }) => [
      dependency,
      port,
      logs,
    ]);
    const connected = ["db.internal", 5432, undefined];
    expect(forms).toEqual(form === undefined ? [connected] : [connected, ["db.internal", 5432, form]]);
  });

  test("the port of a dependency's Service leads to the one that it targets", async () => {
    const facts = await trial(["sends-lines", "10.97.0.1", "80", "PING"], {
      dependencies: [{ name: "db", ports: [8080] }],
      namedServices: [
        { name: "db", address: "10.96.3.3", ports: [{ port: 80, protocol: "TCP", targetPort: 8_080 }] },
      ],
    });
    expect(seen(facts, "connect", "read-only")).toMatchObject([{ dependency: "db", port: 80 }]);
    expect(seen(facts, "exit", "read-only")).toMatchObject([{ by: "kill" }]);
  });

  test("/dev/stdout can be opened again", async () => {
    const facts = await trial(["reopens"]);
    expect(seen(facts, "output", "read-only")).toMatchObject([
      { sample: expect.stringMatching(/^reopened\nreopens listens\n/) },
    ]);
  });

  test("secrets are masked in what it wrote", async () => {
    const text = JSON.stringify(await trial(["secret"], { secret: "hunter2-hunter2" }));
    expect(text).toContain("token=…");
    expect(text).not.toContain("hunter2");
  });

  test("nothing that it sees tells whose trial it is", async () => {
    const facts = await trial(["recognises"]);
    const sample = seen(facts, "output", "read-only")[0]?.sample;
    expect(sample).toMatch(/mountinfo read clean\n.*cgroup read clean\n[^]*hostname read clean\n/);
    expect(sample).not.toContain("found");
  });

  test("a program that does not exist cannot be started", async () => {
    const start = { ...request([], []).start, argv: ["/nowhere"] };
    const facts = await trial([], { start });
    expect(seen(facts, "start-failed", "read-only")[0]?.message).toContain("/nowhere");
    expect(seen(facts, "skipped")).toMatchObject(nothingMore("start-failed"));
  });

  test("a daemon that leaves its first process ends with it", async () => {
    const facts = await trial(["daemonises"]);
    expect(seen(facts, "exit", "read-only")).toMatchObject([{ by: "itself", code: 0 }]);
  });

  test("a worker without a port runs through all phases", async () => {
    const facts = await trial(["worker"], { ports: [], waits: { readyMs: 200, settleMs: 50, graceMs: 300 } });
    expect(seen(facts, "ready", "read-only")).toMatchObject([{ by: "nothing" }]);
    expect(seen(facts, "exit", "restart")).toMatchObject([{ by: "stop", code: 0 }]);
    expect(seen(facts, "listener")).toEqual([]);
  });

  test("a worker is asked to stop once it can heed that, and its command is asked in every phase", async () => {
    const exec = ["/app/subject", "probe", "0"];
    const facts = await trial(["boots"], {
      ports: [],
      probes: [{ why: "readiness", does: { exec }, timeoutMs: 5_000 }],
      waits: { readyMs: 20_000, settleMs: 50, graceMs: 4_000 },
    });
    for (const phase of ["restart", "writable"] as const) {
      expect(seen(facts, "exit", phase)).toMatchObject([{ by: "stop", code: 0, handled: true }]);
    }
    for (const phase of ["read-only", "restart", "writable", "replica"] as const) {
      expect(seen(facts, "probe", phase)).toMatchObject([{ does: "exec", ok: true }]);
      expect(seen(facts, "ready", phase)).toMatchObject([{ by: "probe" }]);
    }
  });

  test("a batch ends by itself, twice with the same /tmp", async () => {
    const facts = await trial(["exit", "0"], { lifetime: "batch" });
    expect(
      seen(facts, "exit")
        .map(({ phase, by, code }) => `${phase} ${by} ${code}`)
        .toSorted(),
    ).toEqual(["read-only itself 0", "replica itself 0", "restart itself 0", "writable itself 0"]);
  });

  test("an end that the kernel does not tell without root is no success", async () => {
    const facts = await trial(["hides"], { lifetime: "batch" });
    expect(seen(facts, "exit", "read-only")).toMatchObject([{ by: "itself" }]);
    expect(seen(facts, "exit", "read-only")[0]?.code).not.toBe(0);
    expect(seen(facts, "skipped")).toMatchObject(nothingMore("exited"));
  });

  test("injected files can be read, and cannot be written", async () => {
    const mounts = [
      { kind: "files", path: "/etc/app", files: { "app.yaml": { content: "a: 1\n", mode: 0o644 } } },
      { kind: "file", path: "/etc/app.conf", content: "x", mode: 0o644 },
      { kind: "empty", path: "/data" },
    ] as const;
    const facts = await trial(["needs-root-fs"], { mounts });
    expect(seen(facts, "write", "read-only")).toMatchObject([{ area: "/data", path: "/data/lock" }]);
    expect(seen(facts, "write", "writable")).toMatchObject([]);
  });
});
