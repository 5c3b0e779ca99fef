import { describe, expect, test } from "vitest";
import {
  exits,
  STOPPED,
  server,
  type TrialSketch,
  trialFacts,
  write,
} from "../../../test/fixtures/trial-facts.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { placements } from "../../contract/pod-containers.ts";
import type { RereadEvent, TrialEvent, WriteEvent } from "../../contract/trial-events.ts";
import type { VolumeFacts } from "../../contract/volume-facts.ts";
import type { ClaimFacts } from "../../contract/workload-facts.ts";
import { trialState } from "./1.2-trial-state.ts";

const SQLITE = "53514c69746520666f726d6174203300";

test.each([
  ["SQLite, whatever its name", "/data/store", { magic: SQLITE }, "fail"],
  ["a Redis dump", "/data/dump.rdb", { sample: "REDIS0011" }, "fail"],
  ["a name of a database", "/data/state.db", { sample: "started\n" }, "fail"],
  ["H2", "/data/app.mv.db", { sample: "H:2,block:3" }, "fail"],
  ["an empty file", "/data/state.db", { bytes: 0 }, "pass"],
  ["a deleted one", "/data/state.db", { change: "deleted" }, "pass"],
  ["LMDB, by its meta page", "/data/store", { magic: `${"00".repeat(16)}dec0efbe01000000` }, "fail"],
  [
    "ZooKeeper's first snapshot, by its magic number",
    "/data/x",
    { magic: "5a4b534e00000002ffffffff" },
    "fail",
  ],
  ["ZooKeeper's transaction log", "/data/log.1", { magic: "5a4b4c47000000020000" }, "fail"],
  ["DuckDB", "/data/x", { magic: `${"a1".repeat(8)}4455434b40000000` }, "fail"],
  ["InfluxDB's TSM", "/data/x", { magic: "16d116d101" }, "fail"],
  ["WiredTiger", "/data/x", { magic: "41d8010001000000" }, "fail"],
  [
    "a file that only begins as ZooKeeper's snapshot",
    "/data/x",
    { magic: "5a4b534e00000001ffff" },
    "unproven",
  ],
  ["bbolt, by its meta page", "/data/raft", { magic: `${"00".repeat(16)}edda0ced02000000` }, "fail"],
  ["an encrypted database, by its name", "/data/production.sqlite3", { magic: "9fa1b2c3" }, "fail"],
  ["PHP's session", "/tmp/sess_1k2j3h4g5f6d7s8a9q0w1e2r3t", { area: "/tmp", sample: "visits|i:1;" }, "fail"],
  [
    "Laravel's",
    "/app/storage/framework/sessions/AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCd",
    { sample: "a:3:{}" },
    "fail",
  ],
  ["Flask's", "/app/flask_session/2029240f6d1128be89ddc32729463129", { magic: "0000" }, "fail"],
  [
    "Tomcat's",
    "/srv/tomcat/work/Catalina/localhost/ROOT/SESSIONS.ser",
    { area: "/srv/tomcat/work", magic: "aced0005" },
    "fail",
  ],
  ["a session of no user", "/tmp/sessions/.gitignore", { area: "/tmp", sample: "*\n" }, "pass"],
  ["a directory", "/data/state.db", { type: "directory" }, "pass"],
  ["below /tmp", "/tmp/x.db", { area: "/tmp", magic: SQLITE }, "pass"],
  ["a cache", "/data/http-cache/index.sqlite", { magic: SQLITE }, "pass"],
  ["certificates of NSS", "/data/cert9.db", { magic: SQLITE }, "pass"],
  ["a pid file", "/run/app.pid", { sample: "1\n" }, "pass"],
  ["any other file on the root", "/data/upload.bin", { magic: "00ff" }, "unproven"],
  ["any other file in a volume", "/data/upload.bin", { area: "/data", magic: "00ff" }, "pass"],
  ["bytecode", "/app/__pycache__/a.cpython-313.pyc", { magic: "f30d0d0a" }, "pass"],
  ["a log, which is another rule's", "/data/app.log", {}, "pass"],
] satisfies readonly [string, string, Partial<WriteEvent>, string][])(
  "%s (%s): %j → %s",
  (_, path, changes, status) => {
    const trial = trialFacts({ writable: server({ more: [write(path, changes)] }) });
    expect(trialState.check({ trial }).status).toBe(status);
  },
);

test("what is temporary is a note; the database is named by its format", () => {
  const more = [write("/data/a", { magic: SQLITE }), write("/tmp/b.db", { area: "/tmp" })];
  expect(trialState.check({ trial: trialFacts({ writable: server({ more }) }) })).toMatchObject({
    status: "fail",
    findings: [
      { message: { en: "the application writes a SQLite database: /data/a" }, at: { path: "/data/a" } },
    ],
    notes: [{ message: { en: "the application writes what looks like a database: /tmp/b.db" } }],
  });
});

const CLAIM: VolumeFacts = {
  name: "data",
  sources: ["persistentVolumeClaim"],
  persistentVolumeClaim: { claimName: "c" },
};
const TEMPLATE: ClaimFacts = { name: "data", source: "template" };

test.each([
  ["a claim", { volumes: [CLAIM] }, {}, "pass"],
  ["a StatefulSet's claim", {}, { claims: [TEMPLATE] }, "pass"],
  [
    "a claim that the pod does not mount by template",
    {},
    { claims: [{ name: "data", source: "claim" }] },
    "fail",
  ],
  ["an emptyDir", { volumes: [{ name: "data", sources: ["emptyDir"] }] }, {}, "fail"],
] satisfies readonly [
  string,
  { volumes?: readonly VolumeFacts[] },
  { claims?: readonly ClaimFacts[] },
  string,
][])("a database in %s: → %s", (_, spec, facts, status) => {
  const volumeMounts = [{ name: "data", mountPath: "/data/" }, { name: "data" }];
  const workload = workloadFacts({ ...spec, facts, containers: [{ name: "web", volumeMounts }] });
  const trial = trialFacts({ writable: server({ more: [write("/data/a.db", { area: "/data" })] }) });
  const [placement] = placements(workload);
  expect(
    trialState.check({ trial, workload, ...(placement === undefined ? {} : { placement }) }).status,
  ).toBe(status);
});

test("a container without mounts has no persistent ones", () => {
  const workload = workloadFacts({ volumes: [CLAIM] });
  const [placement] = placements(workload);
  const trial = trialFacts({ writable: server({ more: [write("/data/a.db", { area: "/data" })] }) });
  expect(
    trialState.check({ trial, workload, ...(placement === undefined ? {} : { placement }) }).status,
  ).toBe("fail");
});

test("a database that another container of the pod may have written is not held against it", () => {
  const file = write("/data/a.db", { area: "/data", unsure: true });
  const shared = (...more: readonly WriteEvent[]) =>
    trialState.check({ trial: trialFacts({ writable: server({ more }) }) });
  expect(shared(file)).toMatchObject({
    status: "unproven",
    reason: { en: expect.stringContaining("/data/a.db may have been written by another container") },
  });
  expect(shared(write("/data/a.db", { area: "/data" }), file).status).toBe("fail");
});

test("a user's session is state of the pod, whichever of its containers wrote it", () => {
  const path = "/sessions/sess_19ab197ebfb1afcc10163c547a78f4be";
  const file = write(path, { area: "/sessions", unsure: true });
  expect(trialState.check({ trial: trialFacts({ writable: server({ more: [file] }) }) })).toMatchObject({
    status: "fail",
    findings: [{ message: { en: `the application keeps its users' sessions in files: ${path}` } }],
  });
});

test.each([
  ["no start", { writable: exits(1) }, "unproven"],
  ["a start on a writable root only", { "read-only": exits(1) }, "pass"],
  ["no request answered", { writable: server({ without: ["http"] }) }, "unproven"],
  [
    "more was written than was seen",
    { writable: server({ more: [{ kind: "limit", what: "writes" }] }) },
    "unproven",
  ],
] satisfies readonly [string, TrialSketch, string][])("%s: → %s", (_, sketch, status) => {
  expect(trialState.check({ trial: trialFacts(sketch) }).status).toBe(status);
});

describe("state by what is done with it", () => {
  const reread = (path: string, changes: Partial<RereadEvent> = {}): TrialEvent => ({
    kind: "reread",
    area: "/data",
    path,
    bytes: 8,
    ...changes,
  });
  const file = (path: string, changes: Partial<WriteEvent> = {}) =>
    write(path, { area: "/data", magic: "00ff", ...changes });
  const held = (digest: string) => file("/data/id", { digest });
  const link = (digest: string) => file("/data/current", { type: "symlink", bytes: 0, digest });
  const later = (...more: readonly TrialEvent[]): TrialSketch => ({
    restart: server({ end: STOPPED, more }),
  });

  test.each<[string, TrialSketch, string]>([
    [
      "read again and changed",
      { writable: server({ more: [reread("/data/wal", { changed: true })] }) },
      "fail",
    ],
    [
      "grown with the requests",
      { writable: server({ more: [file("/data/blocks", { appended: true })] }) },
      "fail",
    ],
    [
      "grown more than by its start",
      {
        ...later(file("/data/blocks", { appended: true, grew: 2 })),
        writable: server({ more: [file("/data/blocks", { appended: true, grew: 3 })] }),
      },
      "fail",
    ],
    [
      "grown at each start",
      {
        ...later(file("/data/conf", { appended: true })),
        writable: server({ more: [file("/data/conf", { appended: true })] }),
      },
      "pass",
    ],
    ["grown in the restart alone", later(file("/data/conf", { appended: true })), "pass"],
    ["read again, whatever its name", later(reread("/data/snap.conf", { changed: true })), "fail"],
    [
      "read again, other than a replica's",
      {
        "read-only": server({ more: [held("a")] }),
        ...later(reread("/data/id")),
        replica: server({ port: 18_080, more: [held("b")] }),
      },
      "fail",
    ],
    [
      "read again, as every start makes it",
      {
        "read-only": server({ more: [held("a")] }),
        ...later(reread("/data/id")),
        replica: server({ port: 18_080, more: [held("a")] }),
      },
      "pass",
    ],
    [
      "read again, and a replica has none",
      { "read-only": server({ more: [held("a")] }), ...later(reread("/data/id")) },
      "fail",
    ],
    [
      "read again, and a replica that was not asked the same has none",
      {
        "read-only": server({ more: [held("a")] }),
        ...later(reread("/data/id")),
        replica: server({ port: 18_080, without: ["http"] }),
      },
      "pass",
    ],
    [
      "read again, and not all is known of the replica's files",
      {
        "read-only": server({ more: [held("a")] }),
        ...later(reread("/data/id")),
        replica: server({ port: 18_080, more: [{ kind: "limit", what: "writes" }] }),
      },
      "pass",
    ],
    [
      "a compiled template, which the replica made alike",
      {
        "read-only": server({ more: [file("/app/compiled/3f/9a.php", { digest: "a" })] }),
        ...later(reread("/app/compiled/3f/9a.php")),
        replica: server({ port: 18_080, more: [file("/app/compiled/3f/9a.php", { digest: "a" })] }),
      },
      "pass",
    ],
    [
      "read again and changed to what the replica made from nothing",
      {
        "read-only": server({ more: [held("a")] }),
        ...later(reread("/data/id", { changed: true }), held("b")),
        replica: server({ port: 18_080, more: [held("b")] }),
      },
      "pass",
    ],
    [
      "read again and changed, of which no replica's beginning says all",
      {
        "read-only": server({ more: [held("a")] }),
        ...later(reread("/data/id", { changed: true }), file("/data/id", { digest: "b", bytes: 1e6 })),
        replica: server({ port: 18_080, more: [file("/data/id", { digest: "b", bytes: 1e6 })] }),
      },
      "fail",
    ],
    [
      "read and written within one tick, as each start does alike",
      {
        "read-only": server({ more: [held("a")] }),
        ...later(reread("/data/id", { changed: true, unordered: true }), held("a")),
        replica: server({ port: 18_080, more: [held("a")] }),
      },
      "pass",
    ],
    [
      "read and written within one tick, which goes on where fresh starts are alike",
      {
        "read-only": server({ more: [held("a")] }),
        ...later(reread("/data/id", { changed: true, unordered: true }), held("b")),
        replica: server({ port: 18_080, more: [held("a")] }),
      },
      "fail",
    ],
    [
      "read and written within one tick, with a name that goes on",
      {
        "read-only": server({ more: [file("/data/id", { digest: "a", sample: "node-8f3a99c1 1\n" })] }),
        ...later(
          reread("/data/id", { changed: true, unordered: true }),
          file("/data/id", { digest: "b", sample: "node-8f3a99c1 2\n" }),
        ),
        replica: server({
          port: 18_080,
          more: [file("/data/id", { digest: "c", sample: "node-77aa0b2d 1\n" })],
        }),
      },
      "fail",
    ],
    [
      "read and written within one tick, of which nothing goes on",
      {
        "read-only": server({ more: [file("/data/id", { digest: "a", sample: "at 12:00:01\n" })] }),
        ...later(
          reread("/data/id", { changed: true, unordered: true }),
          file("/data/id", { digest: "b", sample: "at 12:00:02\n" }),
        ),
        replica: server({ port: 18_080, more: [file("/data/id", { digest: "c", sample: "at 12:00:03\n" })] }),
      },
      "pass",
    ],
    [
      "read and written within one tick, then gone, which nothing compares",
      later(reread("/data/id", { changed: true, unordered: true })),
      "pass",
    ],
    [
      "read and written within one tick, and of no replica's",
      {
        "read-only": server({ more: [held("a")] }),
        ...later(reread("/data/id", { changed: true, unordered: true }), held("b")),
      },
      "pass",
    ],
    [
      "a repository that is alike everywhere",
      {
        "read-only": server({ more: [file("/data/r/.hg/requires", { digest: "a" })] }),
        ...later(reread("/data/r/.hg/requires")),
        replica: server({ port: 18_080, more: [file("/data/r/.hg/requires", { digest: "a" })] }),
      },
      "fail",
    ],
    [
      "a clone of a repository that lies elsewhere",
      {
        "read-only": server({
          more: [file("/data/r/.hg/requires", { digest: "a" }), file("/data/r/.hg/hgrc", { digest: "a" })],
        }),
        ...later(reread("/data/r/.hg/requires")),
        replica: server({
          port: 18_080,
          more: [file("/data/r/.hg/requires", { digest: "a" }), file("/data/r/.hg/hgrc", { digest: "a" })],
        }),
      },
      "pass",
    ],
    [
      "written at a stop alone, read by the next start, and the replica's is another",
      {
        writable: server({ end: STOPPED, more: [held("a")] }),
        kept: server({ end: STOPPED, more: [reread("/data/id")] }),
        replica: server({ port: 18_080, end: STOPPED, more: [held("b")] }),
      },
      "fail",
    ],
    [
      "written at a stop alone, read by the next start, and the replica, which was stopped, too, has none",
      {
        writable: server({ end: STOPPED, more: [held("a")] }),
        kept: server({ end: STOPPED, more: [reread("/data/id")] }),
      },
      "fail",
    ],
    [
      "written at each stop alike",
      {
        writable: server({ end: STOPPED, more: [held("a")] }),
        kept: server({ end: STOPPED, more: [reread("/data/id", { changed: true }), held("a")] }),
        replica: server({ port: 18_080, end: STOPPED, more: [held("a")] }),
      },
      "pass",
    ],
    [
      "which says whether the last stop was in order: a start that was killed has another than the replica",
      {
        "read-only": server({ more: [held("dirty")] }),
        ...later(reread("/data/id"), held("clean")),
        replica: server({ port: 18_080, end: STOPPED, more: [held("clean")] }),
      },
      "pass",
    ],
    [
      "of which an end by force shows nothing",
      {
        "read-only": server({ more: [held("a")] }),
        restart: server({
          end: { ...STOPPED, signal: "SIGKILL", forced: true },
          more: [reread("/data/id"), held("b")],
        }),
        replica: server({ port: 18_080, end: STOPPED, more: [held("b")] }),
      },
      "fail",
    ],
    ["started again, on the files that it left, and it does not come up", { kept: exits(1) }, "unproven"],
    [
      "a link that leads elsewhere than the replica's",
      {
        "read-only": server({ more: [link("a")] }),
        ...later(reread("/data/current", { type: "symlink", bytes: 0 })),
        replica: server({ port: 18_080, more: [link("b")] }),
      },
      "fail",
    ],
    [
      "a link that leads where the replica's leads",
      {
        "read-only": server({ more: [link("a")] }),
        ...later(reread("/data/current", { type: "symlink", bytes: 0 })),
        replica: server({ port: 18_080, more: [link("a")] }),
      },
      "pass",
    ],
    ...[
      ["of which the replica has none", "/data/q/order-19", [], "fail"],
      ["which the replica has, too", "/data/q/order-19", ["/data/q/order-19"], "pass"],
      ["which differ by a time alone", "/data/q/run-20261129-1200", ["/data/q/run-20261129-1201"], "pass"],
      ["of pid files", "/data/q/worker-19.pid", ["/data/q/worker-16.pid"], "pass"],
      ["that a killed start left half-written", "/data/q/a.x19.tmp", [], "pass"],
      ["of another directory", "/data/other/order-19", [], "pass"],
    ].map(([what, name, elsewhere, status]): [string, TrialSketch, string] => [
      `names that were listed again, ${what as string}`,
      {
        "read-only": server({ more: [file(name as string, { bytes: 0 })] }),
        ...later(reread("/data/q", { type: "directory", bytes: 0 })),
        replica: server({
          port: 18_080,
          more: (elsewhere as readonly string[]).map((path) => file(path, { bytes: 0 })),
        }),
      },
      status as string,
    ]),
    [
      "names that were listed in the phase that made them",
      later(file("/data/q/order-19"), reread("/data/q", { type: "directory", bytes: 0 })),
      "pass",
    ],
    [
      "names that were listed again, then removed",
      {
        "read-only": server({ more: [file("/data/q/order-19", { bytes: 0 })] }),
        ...later(
          file("/data/q/order-19", { bytes: 0, change: "deleted" }),
          reread("/data/q", { type: "directory", bytes: 0 }),
        ),
      },
      "pass",
    ],
    [
      "names that were listed again, and a replica that was not asked the same",
      {
        "read-only": server({ more: [file("/data/q/order-19", { bytes: 0 })] }),
        ...later(reread("/data/q", { type: "directory", bytes: 0 })),
        replica: server({ port: 18_080, without: ["http"] }),
      },
      "pass",
    ],
    ...(
      [
        ["of other permissions", "/data/f", "605 1:1", "a", "unproven"],
        ["of the same", "/data/f", "600 1:1", "a", "pass"],
        ["of other permissions, and another content", "/data/f", "605 1:1", "b", "unproven"],
        ["of a time that was set", "/data/f", "600 1:1 1600000000000", "a", "unproven"],
        ["of a pid file", "/data/f.pid", "605 1:1", "a", "pass"],
      ] as const
    ).map(([what, path, attributes, digest, status]): [string, TrialSketch, string] => [
      `with the replica's content, and ${what}`,
      {
        "read-only": server({ more: [file(path, { digest: "a", attributes: "600 1:1" })] }),
        writable: server({ more: [file(path, { digest, attributes, change: "modified", grew: 0 })] }),
        replica: server({ port: 18_080, more: [file(path, { digest: "a", attributes: "600 1:1" })] }),
      },
      status,
    ]),
    [
      "with the replica's content, in an emptyDir that was tried, where the replica writes to its root",
      {
        "read-only": server({ more: [file("/data/logs", { type: "directory", attributes: "755 1:0" })] }),
        replica: server({ more: [file("/data/logs", { type: "directory", area: "/" })] }),
      },
      "pass",
    ],
    ["read again, and it was never written here", later(reread("/data/id")), "pass"],
    ["written anew", later(file("/data/conf", { change: "modified" })), "pass"],
    [
      "grown in the first run",
      { "read-only": server({ more: [file("/data/x", { appended: true })] }) },
      "pass",
    ],
    ["a pid file", later(reread("/data/app.pid", { changed: true })), "pass"],
    ["a lock", later(reread("/data/LOCK", { changed: true })), "pass"],
    ["in a cache", later(reread("/data/cache/a", { changed: true })), "pass"],
    ["below /tmp", later(reread("/tmp/a", { area: "/tmp", changed: true })), "pass"],
    ...(
      [
        ["changed with the requests", "/data/app.pid", { changed: true, atWork: true }, "unproven"],
        ["changed with the requests", "/data/LOCK", { changed: true, atWork: true }, "unproven"],
        ["changed with the requests", "/data/cache/a", { changed: true, atWork: true }, "unproven"],
        ["changed with the requests", "/var/cache/app/a", { changed: true, atWork: true }, "unproven"],
        ["read again, and the replica has none", "/data/app.pid", {}, "pass"],
        ["read again, and the replica has none", "/data/cache/a", {}, "unproven"],
      ] as const
    ).map(([what, path, seen, status]): [string, TrialSketch, string] => [
      `named ${path}, ${what}`,
      {
        "read-only": server({ more: [file(path)] }),
        ...later(reread(path, seen)),
        replica: server({ port: 18_080 }),
      },
      status,
    ]),
    [
      "named as a cache, a time that changes with the requests",
      {
        "read-only": server({ more: [file("/data/cache/seen", { sample: "1796090000" })] }),
        ...later(reread("/data/cache/seen", { changed: true, atWork: true })),
      },
      "pass",
    ],
    ...(
      [
        ["text", { sample: "id 19\n" }, "unproven"],
        ["binary", { magic: "00ff" }, "pass"],
      ] as const
    ).map(([what, content, status]): [string, TrialSketch, string] => [
      `named as a cache, ${what} that differs from the replica's`,
      {
        "read-only": server({ more: [write("/data/cache/id", { area: "/data", digest: "a", ...content })] }),
        ...later(reread("/data/cache/id", {})),
        replica: server({
          port: 18_080,
          more: [write("/data/cache/id", { area: "/data", digest: "b", ...content })],
        }),
      },
      status,
    ]),
    ...(
      [
        ["has none", [], "unproven"],
        ["has another", [file("/data/id", { digest: "b" })], "fail"],
      ] as const
    ).map(([what, more, status]): [string, TrialSketch, string] => [
      `read again, and the replica, which waited for a processor, ${what}`,
      {
        "read-only": server({ more: [file("/data/id", { digest: "a" })] }),
        ...later(reread("/data/id", {})),
        replica: server({ port: 18_080, more: [{ kind: "limit", what: "processor" }, ...more] }),
      },
      status,
    ]),
    [
      "a pid file that grows with the requests",
      { writable: server({ more: [file("/data/a.pid", { appended: true })] }) },
      "unproven",
    ],
    [
      "a database below /tmp that a later start read",
      later(file("/tmp/a.db", { area: "/tmp", magic: SQLITE }), reread("/tmp/a.db", { area: "/tmp" })),
      "unproven",
    ],
    [
      "what only has a database's name, below /tmp",
      later(file("/tmp/a.db", { area: "/tmp" }), reread("/tmp/a.db", { area: "/tmp" })),
      "pass",
    ],
    ...(
      [
        ["changed by requests", { changed: true, atWork: true }, "unproven"],
        ["made anew at each start", { changed: true }, "pass"],
      ] as const
    ).map(([what, seen, status]): [string, TrialSketch, string] => [
      `a database named as a cache, ${what}`,
      later(
        file("/data/cache.bin", { magic: SQLITE }),
        reread("/data/cache.bin", { ...seen, unordered: true }),
      ),
      status,
    ]),
    ...(
      [
        ["that two fresh starts make alike, and a later one does not", "a", "b", "unproven"],
        ["that each start makes alike", "a", "a", "pass"],
        ["that two fresh starts make differently", "c", "b", "pass"],
      ] as const
    ).map(([what, elsewhere, now, status]): [string, TrialSketch, string] => [
      `a file that nobody was seen to read, ${what}`,
      {
        "read-only": server({ more: [file("/data/n", { digest: "a" })] }),
        writable: server({ more: [file("/data/n", { digest: now, change: "modified", grew: 0 })] }),
        replica: server({ port: 18_080, more: [file("/data/n", { digest: elsewhere })] }),
      },
      status,
    ]),
    [
      "a file that each start appends to",
      {
        "read-only": server({ more: [file("/data/n", { digest: "a" })] }),
        restart: server({ more: [file("/data/n", { digest: "b", change: "modified", appended: true })] }),
        writable: server({ more: [file("/data/n", { digest: "c", change: "modified", appended: true })] }),
        replica: server({ port: 18_080, more: [file("/data/n", { digest: "a" })] }),
      },
      "pass",
    ],
    ...(
      [
        ["goes on", ["1012", "1013", "1025", "1008"], "unproven"],
        ["goes on in JSON", ['{"n":12}', '{"n":13}', '{"n":25}', '{"n":8}'], "unproven"],
        ["begins again at each start", ["12", "1", "12", "8"], "pass"],
        ["is the time of the machine", ["101", "104", "107", "110"], "pass"],
        ["is missing later, beside one that falls", ["20 7", "13", "25", "8"], "pass"],
        ["is one of many figures", ["1 1 1 1", "2 2 2 2", "3 3 3 3", "0 0 0 0"], "pass"],
        ["is a time", ["1796090001", "1796090004", "1796090007", "1796090000"], "pass"],
        ["is in binary content", [undefined, undefined, undefined, undefined], "pass"],
      ] as const
    ).map(([what, samples, status]): [string, TrialSketch, string] => {
      const holds = (at: 0 | 1 | 2 | 3, change: "created" | "modified") => {
        const sample = samples[at];
        return file("/data/n", { digest: `${at}`, change, ...(sample === undefined ? {} : { sample }) });
      };
      const sketch = {
        "read-only": server({ more: [holds(0, "created")] }),
        restart: server({ more: [holds(1, "modified")] }),
        writable: server({ more: [holds(2, "modified")] }),
        replica: server({ port: 18_080, more: [holds(3, "created")] }),
      };
      return [`a number that ${what}`, sketch, status];
    }),
    [
      "names in a cache's folder, of which the replica has none, that were listed again",
      {
        "read-only": server({ more: [file("/data/cache/order-19", { bytes: 0 })] }),
        ...later(reread("/data/cache", { type: "directory", bytes: 0 })),
        replica: server({ port: 18_080 }),
      },
      "unproven",
    ],
    ["a log", later(write("/data/app.log", { area: "/data", appended: true })), "pass"],
  ])("%s: %j → %s", (_, sketch, status) => {
    expect(trialState.check({ trial: trialFacts(sketch) }).status).toBe(status);
  });

  test("is one finding for each volume, with the first files and why", () => {
    const files = ["a", "b", "c", "d"].map((name) => reread(`/data/${name}`, { changed: true }));
    const more = [
      ...files,
      reread("/state/x", { area: "/state", changed: true }),
      file("/data/a", { appended: true }),
    ];
    expect(trialState.check({ trial: trialFacts(later(...more)) })).toMatchObject({
      findings: [
        {
          message: {
            en: "the application keeps state in /data: /data/a, /data/b, /data/c… was read again after the restart, then changed",
          },
          fingerprint: "1.2-trial-state:kept:/data",
        },
        { at: { path: "/state/x" } },
      ],
    });
  });

  test("a database that is known by its form is told once", () => {
    const more = [
      reread("/data/a.db", { changed: true }),
      write("/data/a.db", { area: "/data", magic: SQLITE }),
    ];
    expect(trialState.check({ trial: trialFacts(later(...more)) })).toMatchObject({
      findings: [{ message: { en: "the application writes a SQLite database: /data/a.db" } }],
    });
  });

  test("in a persistent volume is a note", () => {
    const volumeMounts = [{ name: "data", mountPath: "/data" }];
    const workload = workloadFacts({ volumes: [CLAIM], containers: [{ name: "web", volumeMounts }] });
    const [placement] = placements(workload);
    const trial = trialFacts(later(reread("/data/a", { changed: true })));
    const given = { trial, workload, ...(placement === undefined ? {} : { placement }) };
    expect(trialState.check(given)).toMatchObject({ status: "pass", notes: [{ at: { path: "/data/a" } }] });
  });

  test("that another container may have read is left open", () => {
    const unsure = reread("/data/a", { changed: true, unsure: true });
    expect(trialState.check({ trial: trialFacts(later(unsure)) }).status).toBe("unproven");
    const both = later(unsure, reread("/data/a", { changed: true }));
    expect(trialState.check({ trial: trialFacts(both) }).status).toBe("fail");
  });

  test("names that another container may have made, or listed, are left open", () => {
    const named = (made: Partial<WriteEvent>, listed: Partial<RereadEvent>) => ({
      "read-only": server({ more: [file("/data/q/order-19", { bytes: 0, ...made })] }),
      ...later(reread("/data/q", { type: "directory", bytes: 0, ...listed })),
    });
    for (const sketch of [named({ unsure: true }, {}), named({}, { unsure: true })]) {
      expect(trialState.check({ trial: trialFacts(sketch) })).toMatchObject({
        status: "unproven",
        reason: {
          en: expect.stringContaining("/data/q/order-19 may have been written by another container"),
        },
      });
    }
    expect(trialState.check({ trial: trialFacts(named({ type: "other" }, {})) }).status).toBe("pass");
  });

  test("a trial that did not look proves nothing", () => {
    const trial = trialFacts({ facts: { looks: ["answers"] } });
    expect(trialState.check({ trial })).toMatchObject({
      status: "unproven",
      reason: { en: expect.stringContaining("read again after a restart") },
    });
  });
});

describe("started again on the root that it left", () => {
  const PATH = "/app/visits.txt";
  const first = (changes: Partial<WriteEvent> = {}): TrialEvent => write(PATH, { digest: "aa", ...changes });
  const again = (changes: Partial<WriteEvent>): TrialEvent => first({ change: "modified", ...changes });
  const reread = (changes: Partial<RereadEvent> = {}): TrialEvent => {
    return { kind: "reread", area: "/", path: PATH, bytes: 9, ...changes };
  };
  const replica = (...more: readonly TrialEvent[]): Partial<TrialSketch> => {
    return { replicaAgain: server({ port: 18_080, more }) };
  };

  test.each<[string, readonly TrialEvent[], Partial<TrialSketch>, string]>([
    ["nothing is read again", [], {}, "pass"],
    ["read again, then changed", [again({ digest: "bb" }), reread({ changed: true })], {}, "fail"],
    ["it grows with the requests", [again({ digest: "bb", appended: true, atWork: true })], {}, "fail"],
    ["it grows by the start", [again({ digest: "bb", appended: true })], {}, "unproven"],
    ["it holds something else, which nothing explains", [again({ digest: "bb" })], {}, "unproven"],
    ["it is made alike, which no replica shows", [again({})], {}, "unproven"],
    ["it is read again, which no replica explains", [reread()], {}, "unproven"],
    ["it is deleted", [again({ change: "deleted" })], replica(), "pass"],
    ["it is made alike everywhere", [again({})], replica(first()), "pass"],
    ["it is read again, alike everywhere", [reread()], replica(first()), "pass"],
    ["it is read again, and no replica has one", [reread()], replica(), "fail"],
    ["it is read again, and each replica has its own", [reread()], replica(first({ digest: "bb" })), "fail"],
    [
      "it is written as it was, and each replica has its own",
      [again({})],
      replica(first({ digest: "bb" })),
      "fail",
    ],
    ["it does not start", exits(1), {}, "unproven"],
  ])("%s: %j", (_, kept, more, status) => {
    const isRun = kept.some(({ kind }) => kind === "exit");
    const writable = server({ more: [first()] });
    const trial = trialFacts({ writable, kept: isRun ? kept : server({ more: kept }), ...more });
    const outcome = trialState.check({ trial });
    expect(outcome.status).toBe(status);
    expect(outcome).toMatchObject(status === "unproven" ? { doubtful: true } : {});
  });

  test.each(["1795716316", "1795716316091\n", "2026-11-26", "2026-11-26T18:00:00.123Z"])(
    "a file that says when it was made is none: %s",
    (sample) => {
      const other = first({ digest: "bb", sample: "1795716316092" });
      const kept = server({ more: [reread(), again({ digest: "cc", sample })] });
      const writable = server({ more: [first({ sample })] });
      expect(trialState.check({ trial: trialFacts({ writable, kept, ...replica(other) }) }).status).toBe(
        "pass",
      );
    },
  );

  test("it is said where", () => {
    const writable = server({ more: [first()] });
    const kept = server({ more: [reread({ changed: true })] });
    expect(trialState.check({ trial: trialFacts({ writable, kept }) })).toMatchObject({
      findings: [
        {
          message: {
            fr: "l'application garde un état sur la racine : /app/visits.txt a été relu après le redémarrage, puis changé",
            en: "the application keeps state on the root: /app/visits.txt was read again after the restart, then changed",
          },
        },
      ],
    });
  });

  test("a bound that was hit there hides the rest", () => {
    const writable = server({ more: [first()] });
    const kept = server({ more: [{ kind: "limit", what: "observations" }] });
    expect(trialState.check({ trial: trialFacts({ writable, kept }) })).toMatchObject({
      status: "unproven",
      doubtful: true,
    });
  });
});

test("where the manifest mounts the root read-only, nothing is written to it", () => {
  const spec = { name: "web", securityContext: { readOnlyRootFilesystem: true } };
  const workload = workloadFacts({ containers: [spec] });
  const [placement] = placements(workload);
  const trial = trialFacts({ writable: server({ more: [write("/app/visits.txt")] }) });
  expect(trialState.check({ trial }).status).toBe("unproven");
  const given = { trial, workload, ...(placement === undefined ? {} : { placement }) };
  expect(trialState.check(given).status).toBe("pass");
});

test.each(["rereads", "kept-root", "replaced-files", "stopped-volumes", "named-caches"])(
  "without a look at %s, nothing is proven",
  (missing) => {
    const looks = trialFacts().looks ?? [];
    expect(trialState.check({ trial: trialFacts() }).status).toBe("pass");
    const facts = { looks: looks.filter((look) => look !== missing) };
    expect(trialState.check({ trial: trialFacts({ facts }) })).toMatchObject({
      status: "unproven",
      settle: { en: expect.stringContaining("Repeat the trial") },
    });
  },
);
