// Rows 5, 6, 8 and 12 from observations while the container ran.

import type { PeerEvent } from "../../../src/contract/peer-event.ts";
import type { Answer } from "../../../src/contract/verdict.ts";
import { job } from "../../fixtures/manifests.ts";
import {
  exits,
  KILLED,
  listener,
  port,
  STOPPED,
  said,
  server as serving,
  type TrialSketch,
  worker,
  write,
} from "../../fixtures/trial-facts.ts";
import type { Case, Cases } from "../case.ts";
import { manifests, web, withImage } from "../given/folder.ts";
import { image, imageOf } from "../given/image.ts";

type Expect = Readonly<
  Partial<
    Record<
      "read-only-root" | "stdout-logs" | "bind-all" | "stateless" | "no-baked-state" | "env-config",
      Answer
    >
  >
>;

const LOGGED = "2026-06-15T12:00:00Z INFO started\n2026-06-15T12:00:01Z INFO GET /\n";
const PANIC = exits(1, said("panic\n"));
const crashed = exits(1, said("EROFS: read-only file system, open '/app/data/lock'\n"));

export const cases: Cases = [
  ofImage(
    "a conforming server",
    {},
    { "read-only-root": "yes", "stdout-logs": "yes", "bind-all": "yes", stateless: "yes" },
    "Everything that the rows ask for was seen.",
  ),
  ofImage(
    "it crashes on a read-only root",
    { "read-only": crashed },
    { "read-only-root": "no" },
    "1.2: it supposes that the root can be written.",
  ),
  ofWorkload(
    "it crashes on every read-only root without a word of why",
    { "read-only": PANIC, restart: null, replica: PANIC, replicaAgain: serving({ port: 18_080 }) },
    { "read-only-root": "no" },
    "Design, row 5: it fails read-only and runs where the root can be written; that the manifest mounts it read-only makes it worse.",
  ),
  ofImage(
    "it crashes on both roots",
    { "read-only": PANIC, restart: PANIC, writable: PANIC, replica: PANIC },
    { "read-only-root": "unproven" },
    "Nothing shows that the root is what it lacks, nor that it works.",
  ),
  ofImage(
    "it writes to /app on the writable root",
    { writable: serving({ more: [write("/app/cache/index.bin")] }) },
    { "read-only-root": "no" },
    "A write to the root, and no manifest mounts it read-only.",
  ),
  ofWorkload(
    "it writes to /app on the writable root, but the manifest mounts it read-only",
    { writable: serving({ more: [write("/app/cache/index.bin")] }) },
    { "read-only-root": "yes" },
    "It works on the read-only root all the same.",
  ),
  ofImage(
    "it writes to /tmp",
    {
      "read-only": serving({ more: [write("/tmp/upload.bin", { area: "/tmp" })] }),
      writable: serving({ more: [write("/tmp/upload.bin", { area: "/tmp" })] }),
    },
    { "read-only-root": "yes" },
    "« Utiliser /tmp ».",
  ),
  ofImage(
    "no request was answered",
    { "read-only": worker(), writable: worker(), restart: worker(STOPPED), replica: worker() },
    { "read-only-root": "unproven" },
    "Nothing shows that it works.",
  ),

  ofImage(
    "it accepts every connection, and answers 403 to all but 127.0.0.1",
    filtered({ path: "/", outside: 403, inside: 200 }),
    { "bind-all": "unproven" },
    "1.3: not for localhost only. The list of addresses may name those of a cluster, so that it is no `no`.",
  ),
  ofImage(
    "it accepts every connection, and closes it unless it comes from 127.0.0.1",
    filtered({ outside: "dismissed", inside: "answered" }),
    { "bind-all": "unproven" },
    "The same, without a word.",
  ),
  ofImage(
    "its page at / is for 127.0.0.1 alone, and it serves its own path to all",
    filtered({ path: "/", outside: 403, inside: 200 }, { path: "/app", outside: 200 }),
    { "bind-all": "yes" },
    "A status page for its administrator.",
  ),
  ofImage(
    "it lets 127.0.0.1 in without a password, and others with one",
    filtered({ path: "/", outside: 401 }),
    { "bind-all": "yes" },
    "It answers everybody.",
  ),

  ofImage(
    "a log file that grew below /var/log",
    { writable: serving({ more: [write("/var/log/app.log", { sample: LOGGED, bytes: 80 })] }) },
    { "stdout-logs": "no", "read-only-root": "no" },
    "1.2: logs go to stdout.",
  ),
  ofWorkload(
    "a log file in /tmp",
    { writable: serving({ more: [write("/tmp/app.log", { area: "/tmp", sample: LOGGED, bytes: 80 })] }) },
    { "stdout-logs": "no" },
    "/tmp is no exception.",
  ),
  ofWorkload(
    "timestamped lines in a file without a log's name",
    {
      writable: serving({
        more: [write("/tmp/out", { area: "/tmp", sample: LOGGED.repeat(4), bytes: 320 })],
      }),
    },
    { "stdout-logs": "no" },
    "What it holds is a log.",
  ),
  ofWorkload(
    "a file in a folder called logs",
    { writable: serving({ more: [write("/tmp/logs/http", { area: "/tmp", sample: LOGGED, bytes: 80 })] }) },
    { "stdout-logs": "no" },
    "A folder of logs.",
  ),
  ofWorkload(
    "a catalogue in a folder called catalog",
    {
      writable: serving({
        more: [write("/tmp/catalog/products.json", { area: "/tmp", sample: '{"a":1}\n', bytes: 8 })],
      }),
    },
    { "stdout-logs": "yes" },
    "A catalogue is no log.",
  ),
  ofWorkload(
    "an upload in /tmp",
    {
      writable: serving({ more: [write("/tmp/upload-1", { area: "/tmp", magic: "89504e47", bytes: 800 })] }),
    },
    { "stdout-logs": "yes", "read-only-root": "yes" },
    "Ephemeral data belongs to /tmp.",
  ),
  ofImage(
    "it says nothing at all",
    {
      "read-only": serving({ without: ["output"] }),
      writable: serving({ without: ["output"] }),
      restart: serving({ end: STOPPED, without: ["output"] }),
      replica: serving({ port: 18_080, without: ["output"] }),
    },
    { "stdout-logs": "unproven" },
    "Silence is never a yes.",
  ),

  ofImage(
    "it listens on 127.0.0.1 only",
    everywhere("127.0.0.1"),
    { "bind-all": "no" },
    "1.3: it must listen on 0.0.0.0.",
  ),
  ofImage("it listens on ::1 only", everywhere("::1"), { "bind-all": "no" }, "The same of IPv6."),
  ofImage("it listens on ::", everywhere("::"), { "bind-all": "yes" }, "Every address, of both families."),
  ofImage(
    "it listens on 0.0.0.0, and a metrics port on localhost that nobody declares",
    {
      "read-only": serving({ more: [listener(9090, "127.0.0.1")] }),
      writable: serving({ more: [listener(9090, "127.0.0.1")] }),
    },
    { "bind-all": "yes" },
    "The declared port is open; the other is the process' own.",
  ),
  ofWorkload(
    "the declared port is refused",
    silent(port(8080, { ipv4: "refused", loopback: "refused" })),
    { "bind-all": "unproven" },
    "It never became ready: what it would listen on was not seen.",
  ),

  ofImage(
    "SIGTERM is ignored",
    {
      restart: serving({
        end: { kind: "exit", by: "stop", afterMs: 30_000, signal: "SIGKILL", forced: true },
      }),
    },
    { stateless: "no" },
    "1.4: it must stop when asked to.",
  ),
  ofImage(
    "it stops after 25 s of 30",
    { restart: serving({ end: { kind: "exit", by: "stop", afterMs: 25_000, code: 0 } }) },
    { stateless: "yes" },
    "Within the grace period.",
  ),
  ofImage(
    "it exits 143 on SIGTERM",
    { restart: serving({ end: { kind: "exit", by: "stop", afterMs: 20, code: 143 } }) },
    { stateless: "yes" },
    "Ended by the signal, as many runtimes do.",
  ),
  ofImage(
    "it does not start again after kill -9",
    { restart: exits(1, said("stale pid file /tmp/app.pid\n")) },
    { stateless: "no" },
    "1.4: it must be restarted without harm.",
  ),
  ofImage(
    "a second replica fails",
    { replica: exits(1, said("lock is held by another instance\n")) },
    { stateless: "no" },
    "1.4: processes share nothing.",
  ),
  ofImage("the restart was not tried", { restart: null }, { stateless: "unproven" }, "Not seen."),
  ofImage("the replica was not tried", { replica: null }, { stateless: "unproven" }, "Not seen."),
  ofImage(
    "a SQLite file on the root",
    {
      writable: serving({
        more: [write("/app/data/app.db", { magic: "53514c69746520666f726d6174203300", bytes: 8192 })],
      }),
    },
    { "read-only-root": "no", stateless: "no" },
    "« Il est strictement interdit de stocker de l'état persistant sur le disque local ».",
  ),

  {
    name: "a batch that exits 0 twice",
    given: {
      ...image(),
      trial: {
        "read-only": exits(0, said("done\n", "stdout")),
        restart: exits(0, said("done\n", "stdout")),
        writable: exits(0, said("done\n", "stdout")),
        replica: exits(0, said("done\n", "stdout")),
        settings: { lifetime: "batch", ports: [] },
      },
    },
    expect: { stateless: "yes", "bind-all": "n/a" },
    trap: true,
    why: "Design, row 12: exits 0 twice with the same /tmp; row 8: no port.",
  },
  {
    name: "a Job that exits 1 the second time",
    given: {
      ...withImage(manifests(job()), imageOf({ config: { Entrypoint: ["/app/server"] } })),
      trial: {
        "read-only": exits(0),
        restart: exits(1, said("/tmp/done exists\n")),
        writable: exits(0),
        replica: exits(0),
        settings: { lifetime: "batch", ports: [] },
      },
    },
    expect: { stateless: "no" },
    why: "It cannot be started again.",
  },
  {
    name: "a trial of another image",
    given: { ...image(), trial: { facts: { imageId: `sha256:${"0".repeat(64)}` } } },
    expect: { "read-only-root": "unproven", "bind-all": "unproven", stateless: "unproven" },
    tells: "trial ignored",
    trap: true,
    why: "Evidence is bound: it is about another image.",
  },
  {
    name: "a trial of another command",
    given: { ...image(), trial: { facts: { argv: ["/bin/true"] } } },
    expect: { "read-only-root": "unproven", "bind-all": "unproven", stateless: "unproven" },
    tells: "trial ignored",
    trap: true,
    why: "Evidence is bound: something else ran.",
  },
  {
    name: "a log flag whose trial shows no file",
    given: { ...image({ config: { Cmd: ["/app/server", "--log-file=/var/log/app.log"] } }), trial: {} },
    expect: { "stdout-logs": "yes" },
    trap: true,
    why: "A presumed finding, until a trial of this very command proves the row.",
  },
];

function everywhere(address: string): TrialSketch {
  return {
    "read-only": serving({ address }),
    restart: serving({ address, end: STOPPED }),
    writable: serving({ address }),
    replica: serving({ address, port: 18_080 }),
  };
}

/** A program that runs and answers no request. */
function silent(...more: Parameters<typeof worker>[1][]): TrialSketch {
  const running = (end = KILLED) => worker(end, ...more.filter((event) => event !== undefined));
  return { "read-only": running(), restart: running(STOPPED), writable: running(), replica: running() };
}

/** A server with these answers to its peers on both roots. */
function filtered(...peers: readonly Omit<PeerEvent, "kind" | "port">[]): TrialSketch {
  const more = peers.map((one): PeerEvent => ({ kind: "peer", port: 8080, ...one }));
  return { "read-only": serving({ more }), writable: serving({ more }) };
}

function ofImage(name: string, trial: TrialSketch, expect: Expect, why: string): Case {
  return tried(name, { ...image(), trial }, expect, why);
}

function ofWorkload(name: string, trial: TrialSketch, expect: Expect, why: string): Case {
  return tried(
    `in a Deployment: ${name}`,
    { ...withImage(manifests(web()), imageOf({})), trial },
    expect,
    why,
  );
}

function tried(name: string, given: Case["given"], expect: Expect, why: string): Case {
  const isTrap = !Object.values(expect).includes("no");
  return { name, given, expect, ...(isTrap ? { trap: true } : {}), why };
}
