// State by its use, and logs in places where nobody collects them.

import type { TrialEvent } from "../../../src/contract/trial-events.ts";
import type { Answer } from "../../../src/contract/verdict.ts";
import { called, STOPPED, server as serving, type TrialSketch, write } from "../../fixtures/trial-facts.ts";
import type { Case, Cases } from "../case.ts";
import { manifests, web, withImage } from "../given/folder.ts";
import { image, imageOf } from "../given/image.ts";

type Expect = Readonly<Partial<Record<"stateless" | "no-baked-state" | "stdout-logs", Answer>>>;

const STAMPED = "2026-06-15T12:00:00Z GET /\n2026-06-15T12:00:01Z GET /a\n";

export const cases: Cases = [
  kept(
    "etcd's bbolt file: read again, and changed",
    [reread("/data/member/snap/db", { changed: true })],
    "no",
  ),
  kept(
    "a write-ahead log that goes on after the restart",
    [reread("/data/member/wal/0.wal", { changed: true })],
    "no",
  ),
  working("Prometheus' head chunks grow again", [grown("/data/chunks_head/000001")], "no"),
  kept(
    "a list in JSON that was written anew once it was read",
    [reread("/data/.verdaccio-db.json", { changed: true })],
    "no",
  ),
  kept("a file without any name that anyone knows", [reread("/data/x", { changed: true })], "no"),
  {
    ...kept("an identity that each replica makes for itself, read again", [reread("/data/id")], "no"),
    given: ofWorkload({
      "read-only": serving({ more: [digest("aa")] }),
      restart: serving({ end: STOPPED, more: [reread("/data/id")] }),
      replica: serving({ port: 18_080, more: [digest("bb")] }),
    }),
  },
  {
    ...kept("what every start unpacks alike, read again", [reread("/data/id")], "yes"),
    given: ofWorkload({
      "read-only": serving({ more: [digest("aa")] }),
      restart: serving({ end: STOPPED, more: [reread("/data/id")] }),
      replica: serving({ port: 18_080, more: [digest("aa")] }),
    }),
  },
  kept(
    "a configuration that each start writes anew",
    [write("/data/nginx.conf", { area: "/data", change: "modified", sample: "http {}\n" })],
    "yes",
  ),
  kept(
    "ZooKeeper's first snapshot, which is alike in each instance",
    [write("/data/version-2/snapshot.0", { area: "/data", magic: "5a4b534e00000002ffffffffffffffff" })],
    "no",
  ),
  kept(
    "an upload that nobody reads again",
    [write("/data/upload.bin", { area: "/data", magic: "89504e47" })],
    "yes",
  ),
  kept("a configuration that each start appends to", [grown("/data/app.conf")], "yes"),
  kept("a pid file that the next start reads", [reread("/data/app.pid", { changed: true })], "yes"),
  kept("a cache that is filled again", [reread("/data/cache/index", { changed: true })], "yes"),
  working("a counter on the root, which the manifest mounts read-only", [write("/app/visits.txt")], "yes"),

  onRoot(
    "a counter on the root, read again and changed",
    [reread("/app/visits.txt", { area: "/", changed: true })],
    "no",
  ),
  onRoot("a list on the root that grows with the requests", [grownOnRoot({ atWork: true })], "no"),
  onRoot("a list on the root that grows, with the start or the requests", [grownOnRoot({})], "unproven"),
  onRoot(
    "the key that each instance draws on its root",
    [reread("/app/visits.txt", { area: "/" })],
    "no",
    "bb",
  ),
  onRoot(
    "settings that each instance unpacks alike on its root",
    [reread("/app/visits.txt", { area: "/" })],
    "yes",
    "aa",
  ),
  onRoot("an upload to the root that nobody reads again", [], "yes"),
  onRoot(
    "bytecode beside the source, read again",
    [],
    "yes",
    undefined,
    "/app/__pycache__/app.cpython-313.pyc",
  ),
  onRoot("a cache on the root", [], "yes", undefined, "/app/.cache/index"),

  atStop("Alertmanager's silences: written at SIGTERM alone, read by the next start", "bb", "no"),
  atStop("compiled rules that every stop writes alike, read by the next start", "aa", "yes"),
  named("orders as names of empty files, listed again", "/data/q/order-19", "/data/q/order-16", "no"),
  named("queues that every instance makes alike, listed again", "/data/q/mails", "/data/q/mails", "yes"),
  named(
    "a folder of each start, named by its time, listed again",
    "/data/q/run-20261129-120000",
    "/data/q/run-20261129-120001",
    "yes",
  ),
  linked("a link whose target counts the starts", "bb", "no"),
  linked("a link to the release that every instance unpacks", "aa", "yes"),
  {
    ...working("permissions that say something: the replica's content, and another mode", [], "unproven"),
    given: ofWorkload({
      "read-only": serving({ more: [mode("605")] }),
      replica: serving({ port: 18_080, more: [mode("601")] }),
    }),
  },
  {
    ...working("a key that every instance protects alike", [], "yes"),
    given: ofWorkload({
      "read-only": serving({ more: [mode("600")] }),
      replica: serving({ port: 18_080, more: [mode("600")] }),
    }),
  },
  filed(
    "a log of one line in a file of its own for each request",
    write("/data/r/23", { area: "/data", added: "Sun Nov 29 14:45:20 UTC 2026 GET ok\n" }),
    "no",
  ),
  filed(
    "a dated line in a file of fixed size",
    write("/data/ring", {
      area: "/data",
      change: "modified",
      bytes: 4_096,
      grew: 0,
      magic: "00000000",
      added: "Sun Nov 29 14:45:20 UTC 2026 GET ok\n",
    }),
    "no",
  ),
  filed(
    "numbers in a file of fixed size",
    write("/data/ring", { area: "/data", change: "modified", bytes: 4_096, grew: 0, magic: "00000000" }),
    "yes",
  ),

  logged("a log that was unlinked", { path: "/tmp/app.log", sample: "hello\n" }, "no"),
  logged("a log in memory", { path: "log", memory: true, sample: STAMPED }, "no"),
  logged("a temporary upload without a name", { path: "/tmp/upload-1" }, "yes"),
  logged("shared memory of an engine", { path: "doublemapper", memory: true }, "yes"),
  filed(
    "a page in a folder of logs",
    write("/tmp/logs/app.html", { area: "/tmp", sample: "<p>GET /</p>\n" }),
    "no",
  ),
  filed(
    "stamped lines behind a banner",
    write("/tmp/out", { area: "/tmp", sample: `# app 1.0\n${STAMPED}` }),
    "no",
  ),
  filed(
    "a log that begins with a NUL",
    write("/tmp/app.log", { area: "/tmp", magic: "0032", sample: STAMPED }),
    "no",
  ),
  stopping("the stop fails on the read-only root only", 1, 0, "unproven"),
  stopping(
    "the stop fails on the read-only root only, for a refused write",
    1,
    0,
    "no",
    "open /app/offset: read-only file system",
  ),
  stopping("every stop ends with 1", 1, 1, "yes"),
  stopping("a JVM's 143 on one root, 0 on the other", 143, 0, "yes"),
  shipped("dots by the clock", "listens\n.\n.\n", [], "unproven"),
  shipped(
    "every line to syslog by TCP, and a heartbeat",
    "listens\nalive\n",
    [called("10.97.0.1", 514, "syslog")],
    "unproven",
  ),
  shipped(
    "every line to syslog by datagrams, and a heartbeat",
    "listens\nalive\n",
    [{ kind: "sent", address: "10.97.0.1" }],
    "unproven",
  ),
  shipped(
    "every line as syslog to a port of no collector, and a heartbeat",
    "listens\nalive\n",
    [
      called("10.97.0.1", 9000, "logs"),
      { ...called("10.97.0.1", 9000, "logs"), logs: "syslog" } as TrialEvent,
    ],
    "unproven",
  ),
  shipped(
    "requests on stdout, and copies as JSON to a port of no collector",
    "listens\nGET /douane-x1 404\n",
    [{ ...called("10.97.0.1", 9000, "logs"), logs: "JSON" } as TrialEvent],
    "yes",
  ),
  shipped(
    "requests on stdout, and copies to syslog",
    "listens\nGET /douane-x1 404\n",
    [called("10.97.0.1", 514, "syslog")],
    "yes",
  ),
  shipped("a heartbeat, and a database", "listens\nalive\n", [called("10.97.0.1", 5432, "db")], "yes"),
  shipped("a heartbeat that comes unasked, too", "listens\nalive 3\n", [], "unproven", "alive 2\n"),
  shipped("a heartbeat, and a line for each request", "listens\nalive 3\nserved\n", [], "yes", "alive 2\n"),
  shipped(
    "a heartbeat, and requests by their path, of a neighbour, too",
    "listens\nGET /douane-x1 404\n",
    [],
    "yes",
    "GET /douane-x1 404\n",
  ),
  filed(
    "text with a few times in it",
    write("/tmp/out", { area: "/tmp", sample: `${STAMPED}a\nb\nc\n` }),
    "yes",
  ),
];

/**
 * Trial of an image alone, with the root filesystem of the second start.
 *
 * @param other the beginning of the second replica's file; `aa` in the first
 */
function onRoot(
  name: string,
  more: readonly TrialEvent[],
  answer: Answer,
  other?: string,
  path = "/app/visits.txt",
): Case {
  const file = (digest: string): TrialEvent => write(path, { digest, magic: "00ff" });
  const trial: TrialSketch = {
    writable: serving({ more: [file("aa")] }),
    kept: serving({ more }),
    ...(other === undefined ? {} : { replicaAgain: serving({ port: 18_080, more: [file(other)] }) }),
  };
  return {
    name,
    given: { ...image(), trial },
    expect: { stateless: answer, "no-baked-state": answer },
    ...(answer === "no" ? {} : { trap: true }),
    why: "1.2, 1.4: what is kept on the root and gone on with is state, which a volume or a restart would show.",
  };
}

function grownOnRoot(changes: Partial<Extract<TrialEvent, { kind: "write" }>>): TrialEvent {
  return write("/app/visits.txt", {
    change: "modified",
    magic: "00ff",
    digest: "bb",
    appended: true,
    ...changes,
  });
}

/**
 * A file written by the orderly stop of the writable phase. @param other text written by the replica's stop;
 * `aa` in the first
 */
function atStop(name: string, other: string, stateless: Answer): Case {
  const why =
    "1.4: what a stop writes and the next start reads is state, unless every instance writes it alike.";
  const trial: TrialSketch = {
    writable: serving({ end: STOPPED, more: [digest("aa")] }),
    kept: serving({ end: STOPPED, more: [reread("/data/id")] }),
    replica: serving({ port: 18_080, end: STOPPED, more: [digest(other)] }),
  };
  return tried(name, trial, { stateless }, why);
}

/** A name that was made at first, in a directory that the restart listed, and one of the replica's. */
function named(name: string, own: string, other: string, stateless: Answer): Case {
  const file = (path: string): TrialEvent => write(path, { area: "/data", bytes: 0, digest: "e3" });
  const why = "1.4: a name can say all, whatever the file holds; a time alone says nothing.";
  const trial: TrialSketch = {
    "read-only": serving({ more: [file(own)] }),
    restart: serving({ end: STOPPED, more: [reread("/data/q", { type: "directory", bytes: 0 })] }),
    replica: serving({ port: 18_080, more: [file(other)] }),
  };
  return tried(name, trial, { stateless }, why);
}

/** A link that the restart read. @param other target of the replica's link; `aa` in the first */
function linked(name: string, other: string, stateless: Answer): Case {
  const link = (of: string): TrialEvent =>
    write("/data/current", { area: "/data", type: "symlink", bytes: 0, digest: of });
  const trial: TrialSketch = {
    "read-only": serving({ more: [link("aa")] }),
    restart: serving({
      end: STOPPED,
      more: [reread("/data/current", { type: "symlink", bytes: 0 })],
    }),
    replica: serving({ port: 18_080, more: [link(other)] }),
  };
  return tried(name, trial, { stateless }, "1.4: where a link leads is kept as a file's content is.");
}

function mode(access: string): TrialEvent {
  return write("/data/f", { area: "/data", digest: "aa", attributes: `${access} 1000:1000` });
}

function reread(path: string, changes: Partial<Extract<TrialEvent, { kind: "reread" }>> = {}): TrialEvent {
  return { kind: "reread", area: "/data", path, bytes: 64, ...changes };
}

function grown(path: string): TrialEvent {
  return write(path, { area: "/data", change: "modified", magic: "00ff", appended: true });
}

function digest(of: string): TrialEvent {
  return write("/data/id", { area: "/data", digest: of });
}

/** Kept entries, in the restart. */
function kept(name: string, more: readonly TrialEvent[], stateless: Answer): Case {
  return tried(
    name,
    { restart: serving({ end: STOPPED, more }) },
    { stateless },
    "1.4: state is externalised; formats only word it.",
  );
}

/** While it is asked again, after the restart. */
function working(name: string, more: readonly TrialEvent[], stateless: Answer): Case {
  return tried(
    name,
    { writable: serving({ more }) },
    { stateless },
    "1.4: state is externalised; formats only word it.",
  );
}

function logged(
  name: string,
  open: Partial<Extract<TrialEvent, { kind: "open-file" }>>,
  answer: Answer,
): Case {
  const event: TrialEvent = { kind: "open-file", path: "x", bytes: 60, grew: 60, ...open };
  return filed(name, event, answer);
}

function filed(name: string, event: TrialEvent, answer: Answer): Case {
  return tried(
    name,
    { writable: serving({ more: [event] }) },
    { "stdout-logs": answer },
    "1.2: logs go to stdout, whatever the file is called.",
  );
}

/** Orderly stops that end with these codes on the read-only and the writable root. @param said after the signal */
function stopping(name: string, own: number, other: number, answer: Answer, said = "bye"): Case {
  const sample = `listens\nGET /\n${said}\n`;
  const output: TrialEvent = { kind: "output", stream: "stdout", sample, bytes: sample.length, stopped: 14 };
  const trial: TrialSketch = {
    restart: serving({ end: { ...STOPPED, code: own }, without: ["output"], more: [output] }),
    writable: serving({ end: { ...STOPPED, code: other } }),
  };
  const why = "1.2: a stop that fails on the read-only root only does not work on it.";
  const isTrap = answer === "yes";
  return {
    name,
    given: ofWorkload(trial),
    expect: { "read-only-root": answer },
    ...(isTrap ? { trap: true } : {}),
    why,
  };
}

/** What the application writes to stdout from its ninth byte on as it is asked, and its calls. */
function shipped(
  name: string,
  sample: string,
  calls: readonly TrialEvent[],
  answer: Answer,
  idle?: string,
): Case {
  const bytes = sample.length;
  const output: TrialEvent = { kind: "output", stream: "stdout", sample, bytes, before: 8, after: bytes };
  const more = { ...output, ...(idle === undefined ? {} : { idle }) };
  const run = serving({ without: ["output"], more: [...calls, more] });
  const why = "1.2, 1.4: logs go to stdout and stderr only; what the clock writes is no log of the work.";
  return tried(name, { "read-only": run, writable: run }, { "stdout-logs": answer }, why);
}

function ofWorkload(trial: TrialSketch): Case["given"] {
  return { ...withImage(manifests(web()), imageOf({})), trial };
}

function tried(name: string, trial: TrialSketch, expect: Expect, why: string): Case {
  const isTrap = !Object.values(expect).includes("no");
  return { name, given: ofWorkload(trial), expect, ...(isTrap ? { trap: true } : {}), why };
}
