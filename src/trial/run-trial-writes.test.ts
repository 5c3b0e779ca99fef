import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MODES, runDriver } from "../../test/fixtures/trial/mode.ts";
import type { TrialRequest } from "../../test/fixtures/trial/request.ts";
import { seen } from "../../test/fixtures/trial/seen.ts";
import { makeSubject, request } from "../../test/fixtures/trial/subject.ts";
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

  test("writes show where they happen, once the root can be written, and what is in a volume in every phase", async () => {
    const facts = await trial(["writes"]);
    expect(seen(facts, "write", "read-only")).toMatchObject([{ area: "/tmp", path: "/tmp/cache", grew: 1 }]);
    expect(seen(facts, "write", "restart")).toMatchObject([
      { area: "/tmp", path: "/tmp/cache", change: "modified", bytes: 2, grew: 1, sample: "xx" },
    ]);
    expect(seen(facts, "write", "writable")).toMatchObject([
      { area: "/", path: "/data/app.db", type: "file", change: "created", sample: "SQLite format 3" },
      { area: "/", path: "/data/config.txt", change: "modified", bytes: 17, grew: 4 },
      { area: "/tmp", path: "/tmp/cache" },
    ]);
  });

  test("a file that is created and deleted leaves its directory changed", async () => {
    expect(seen(await trial(["cleans-up"]), "write")).toMatchObject([
      { phase: "writable", path: "/data", type: "directory", change: "modified" },
    ]);
  });

  test("a file of the image that is deleted shows", async () => {
    expect(seen(await trial(["deletes"]), "write")).toMatchObject([
      { phase: "writable", path: "/data/old.txt", change: "deleted" },
    ]);
  });

  test("a log file in /tmp grows", async () => {
    const writes = seen(await trial(["logs"]), "write", "read-only");
    expect(writes).toMatchObject([{ path: "/tmp/app.log", type: "file", change: "created" }]);
    expect(writes[0]?.grew).toBeGreaterThan(100);
    expect(writes[0]?.sample).toMatch(/^2026-11-24T10:00:00Z GET/);
  });

  test("who cannot start on a read-only root is tried again, restarted and stopped on a writable one", async () => {
    const facts = await trial(["needs-root-fs"]);
    expect(seen(facts, "exit", "read-only")).toMatchObject([{ by: "itself", code: 3 }]);
    expect(seen(facts, "output", "read-only")).toMatchObject([
      { stream: "stderr", sample: "/data/lock: Read-only file system\n" },
    ]);
    expect(seen(facts, "write", "writable")).toMatchObject([{ path: "/data/lock" }]);
    expect(seen(facts, "exit", "restart")).toMatchObject([{ root: "writable", by: "stop", code: 0 }]);
    expect(seen(facts, "listener", "replica")).toMatchObject([{ root: "writable", port: 18_080 }]);
  });

  test("who hangs on a read-only root has the same time on a writable one, and so has its replica", async () => {
    const waits = { readyMs: 4_000, settleMs: 50, graceMs: 300 };
    const facts = await trial(["hangs-without-root-fs"], { waits, deadlineMs: 60_000 });
    expect(seen(facts, "ready", "read-only")).toMatchObject([{ by: "nothing" }]);
    expect(seen(facts, "ready", "writable")).toMatchObject([{ by: "port" }]);
    expect(seen(facts, "ready", "replica")).toMatchObject([
      { root: "read-only", by: "nothing" },
      { root: "writable", by: "port" },
    ]);
  });

  test("what the writable phase left on the root, the next one goes on with", async () => {
    const facts = await trial(["counts-visits"]);
    expect(seen(facts, "write", "writable")).toMatchObject([
      { area: "/", path: "/data/visits.txt", change: "created", digest: expect.any(String) },
    ]);
    expect(seen(facts, "write", "kept")).toMatchObject([
      { area: "/", path: "/data/visits.txt", change: "modified", appended: true, atWork: true },
    ]);
  });

  test("of what each start appends to, nothing grows at work", async () => {
    const [write] = seen(await trial(["grows"]), "write", "kept");
    expect(write).toMatchObject({ path: "/data/blocks", appended: true });
    expect(write).not.toHaveProperty("atWork");
  });

  test("on a kept root it shows what is read again, and changed", async () => {
    const facts = await trial(["keeps-state"]);
    expect(seen(facts, "reread", "kept")).toMatchObject([{ area: "/", path: "/data/state", changed: true }]);
  });

  test("what each start writes anew may be read before or after, and a replica on a writable root is compared with it", async () => {
    const facts = await trial(["renders"]);
    expect(seen(facts, "reread")).toMatchObject([{ path: "/data/state", changed: true, unordered: true }]);
    const writes = ["writable", "kept", "replica"].map((phase) => {
      return seen(facts, "write", phase as TrialPhaseName).map(({ path, digest }) => ({ path, digest }));
    });
    expect(writes[0]).toMatchObject([{ path: "/data/state", digest: expect.any(String) }]);
    expect(writes).toEqual([writes[0], writes[0], writes[0]]);
  });

  test.each([
    ["a pid file", ["appends", "/data/app.pid"], {}],
    ["a log", ["appends", "/data/app.log"], {}],
    ["a root that the manifest mounts read-only", ["counts-visits"], { rootIsReadOnly: true }],
  ])("a root on which nothing of interest can lie is not kept: %s", async (_, args, changes) => {
    const { phases } = await trial(args, changes);
    expect(phases.map(({ name }) => name)).not.toContain("kept");
  });

  test("emptyDirs that are proposed are tried on a read-only root, round by round; the last one is kept", async () => {
    const facts = await trial(["needs-root-fs"], { proposed: [["/srv/new/folder"], ["/data"]] });
    expect(facts.tried).toEqual({ mounts: ["/data"], places: ["/"], rounds: 2 });
    const tried = facts.phases.filter(({ name }) => name === "tried");
    expect(tried).toMatchObject([{ root: "read-only" }]);
    expect(seen(facts, "exit", "tried")).toMatchObject([{ by: "kill" }]);
    expect(seen(facts, "write", "tried")).toMatchObject([{ area: "/data", path: "/data/lock" }]);
    expect(seen(facts, "http", "tried").length).toBeGreaterThan(0);
    // Nothing prevents another start.
    expect(seen(facts, "exit", "tried-again")).toMatchObject([{ by: "kill" }]);
  });

  test("a pid file that survives on one of them keeps it from starting again there", async () => {
    const facts = await trial(["pid-file", "/data/app.pid"], { proposed: [["/data"]] });
    expect(seen(facts, "exit", "tried")).toMatchObject([{ by: "kill" }]);
    expect(seen(facts, "exit", "tried-again")).toMatchObject([{ by: "itself", code: 5 }]);
  });

  test("a pid file that survives in /tmp keeps it from starting again", async () => {
    const facts = await trial(["pid-file"]);
    expect(seen(facts, "exit", "read-only")).toMatchObject([{ by: "kill" }]);
    expect(seen(facts, "exit", "restart")).toMatchObject([{ by: "itself", code: 5 }]);
  });
});
