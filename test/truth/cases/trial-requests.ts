// Proofs by a trial's own requests, and refutations by the answers to them.

import type { TrialEvent } from "../../../src/contract/trial-events.ts";
import type { Answer } from "../../../src/contract/verdict.ts";
import {
  asked,
  exits,
  http,
  KILLED,
  listener,
  port,
  probe,
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

type Expect = Readonly<Partial<Record<"read-only-root" | "stdout-logs" | "bind-all" | "stateless", Answer>>>;

const REFUSED = { ipv4: "refused", ipv6: "refused", loopback: "refused" } as const;
const LOOPBACK = { ipv4: "refused", ipv6: "refused" } as const;
const VISITS = "Error: EROFS: read-only file system, open '/app/visits.txt'\n";

export const cases: Cases = [
  sending("10.20.30.40, which nothing gave", "no", "1.3: a static address, whatever the protocol."),
  sending(
    "169.254.169.254",
    "unproven",
    "The node's own address, the same everywhere. Row 10 waits for a manifest.",
  ),
  ofImage(
    "GET / is 500 on the read-only root, and 200 on the writable one",
    pages({ status: 500 }, { status: 200 }, write("/app/visits.txt")),
    { "read-only-root": "no" },
    "1.2: it starts on a read-only root, and does not work there.",
  ),
  ofWorkload(
    "the same, where the manifest mounts the root read-only",
    pages({ status: 500 }, { status: 200 }, write("/app/visits.txt")),
    { "read-only-root": "no" },
    "The manifest imposes what breaks it.",
  ),
  ofWorkload(
    "GET / is 200 on both roots, and says another thing on each, each time",
    saying("not saved", "saved", true),
    { "read-only-root": "unproven" },
    "Nobody knows whether the page says that nothing was saved.",
  ),
  ofWorkload(
    "GET / is 200 on both roots, and says another thing each time",
    saying("at 10:00", "at 10:01", false),
    { "read-only-root": "yes" },
    "It tells the time; the manifest imposes the root on which it works.",
  ),
  ofWorkload(
    "GET / is never answered on the read-only root",
    pages({ error: "timeout" }, { status: 200 }),
    { "read-only-root": "no" },
    "Hung against answered.",
  ),
  ofWorkload(
    "GET / is 404 on the read-only root: the page is made when it is asked for",
    pages({ status: 404 }, { status: 200 }, write("/app/.next/server/page.html")),
    { "read-only-root": "no" },
    "Another class of status.",
  ),
  ofWorkload(
    "its health is 200 on both, and a page 500 on one",
    {
      "read-only": serving({
        more: [http("/healthz", "readiness", { status: 200 }), http("/a", "warm-up", { status: 500 })],
      }),
      writable: serving({
        more: [http("/healthz", "readiness", { status: 200 }), http("/a", "warm-up", { status: 200 })],
      }),
    },
    { "read-only-root": "no" },
    "A health endpoint does not stand for the application.",
  ),
  ofWorkload(
    "GET / is 500 on both roots",
    pages({ status: 500 }, { status: 500 }),
    { "read-only-root": "yes" },
    "Any status is an answer, and they are alike: what fails is not the root.",
  ),
  ofWorkload(
    "GET / is 302 once and 200 then",
    pages({ status: 302 }, { status: 200 }),
    { "read-only-root": "yes" },
    "Both are good answers.",
  ),
  ofImage(
    "GET / is better on the read-only root",
    pages({ status: 200 }, { status: 500 }),
    { "read-only-root": "unproven" },
    "Not alike, and not the root's fault.",
  ),
  ofImage(
    "GET / and every other path are 400",
    refusing(400),
    { "read-only-root": "unproven", "stdout-logs": "unproven" },
    "As of a framework that serves its own host name only: it did nothing for the trial.",
  ),
  ofWorkload(
    "GET / and every other path are 421",
    refusing(421),
    { "read-only-root": "yes", "stdout-logs": "unproven" },
    "The manifest imposes the root; what the application logs of its work was not seen.",
  ),
  ofImage(
    "GET / and every other path are 401",
    refusing(401),
    { "read-only-root": "yes", "stdout-logs": "yes" },
    "It asks who calls, which is work of its own.",
  ),
  ofImage(
    "GET / and every other path are 403, but its health is 200",
    refusing(403, (port) => [http("/healthz", "discovery", { port, status: 200, body: "ok" })]),
    { "read-only-root": "yes" },
    "It does not refuse every request.",
  ),
  ofImage(
    "GET / is refused for too many requests once",
    pages({ status: 429 }, { status: 200 }),
    { "read-only-root": "yes" },
    "Of the moment, not of the root.",
  ),

  ofImage(
    "no request is answered by a server",
    same((end, number) => serving({ end, port: number, without: ["http"] })),
    { "read-only-root": "unproven", "stdout-logs": "unproven", stateless: "unproven" },
    "No work, no proof.",
  ),
  ofImage(
    "requests are not answered in time",
    same((end, number) =>
      serving({
        end,
        port: number,
        without: ["http"],
        more: [http("/", "home", { port: number, error: "timeout" })],
      }),
    ),
    { "read-only-root": "unproven", "stdout-logs": "unproven" },
    "An accepted connection is no answer.",
  ),
  ofImage(
    "a server that speaks no HTTP refuses what it cannot read",
    same((end, number) =>
      serving({
        end,
        port: number,
        without: ["http"],
        more: [http("/x", "random", { port: number, error: "HPE_INVALID_CONSTANT" })],
      }),
    ),
    { "read-only-root": "unproven" },
    "It was asked nothing in its own language.",
  ),
  ofImage(
    "an exec probe is answered by a server that speaks no HTTP",
    same((end, number) => serving({ end, port: number, without: ["http"], more: [probe("redis-cli ping")] })),
    { "read-only-root": "yes" },
    "It answered.",
  ),
  ofImage(
    "a tcp probe alone",
    same((end, number) =>
      serving({ end, port: number, without: ["http"], more: [probe("8080", { does: "tcp" })] }),
    ),
    { "read-only-root": "unproven" },
    "To take a connection is no work.",
  ),
  ofImage(
    "a trial of a version that did not ask for GET /",
    { facts: { looks: [] } },
    { "read-only-root": "unproven", "stdout-logs": "unproven", "bind-all": "unproven" },
    "What was not looked at is no proof.",
  ),
  ofImage(
    "a trial that says nothing of its port at the end of each phase",
    unended(),
    { "bind-all": "unproven" },
    "What was not looked at is no proof, whatever the trial says that it looked at.",
  ),
  ofImage(
    "the same trial, with the port at the end of each phase",
    { restart: null },
    { "bind-all": "yes" },
    "Open from the beginning to the end.",
  ),
  {
    name: "a worker that serves nobody",
    given: {
      ...image({ config: { ExposedPorts: {} } }),
      trial: {
        "read-only": worker(),
        writable: worker(),
        restart: worker(STOPPED),
        replica: worker(),
        settings: { ports: [] },
      },
    },
    expect: { "read-only-root": "yes", "stdout-logs": "yes", "bind-all": "n/a" },
    trap: true,
    why: "It is not asked anything: it works by itself.",
  },

  ofImage(
    "it says something at its start only",
    same((end, number) =>
      serving({
        end,
        port: number,
        without: ["output"],
        more: [{ kind: "output", stream: "stdout", bytes: 8, before: 8, sample: "listens\n" }],
      }),
    ),
    { "stdout-logs": "unproven" },
    "Output grows with the work, or what the work logs was not seen.",
  ),
  ofWorkload(
    "a log file cannot be opened in any phase",
    same((end, number) =>
      serving({
        end,
        port: number,
        more: [said("Error: Unable to open log file /var/log/mosquitto/mosquitto.log for writing.\n")],
      }),
    ),
    { "stdout-logs": "no" },
    "A refused attempt to log into a file is the attempt.",
  ),
  ofWorkload(
    "a log folder that the read-only root refuses",
    same((end, number) =>
      serving({
        end,
        port: number,
        more: [said('open() "/app/logs/access" failed (30: Read-only file system)\n')],
      }),
    ),
    { "stdout-logs": "no" },
    "The same.",
  ),
  ofWorkload(
    "a sidecar cannot find the log that it would read",
    same((end, number) =>
      serving({
        end,
        port: number,
        more: [said("tail: cannot open '/var/log/app.log' for reading: No such file or directory\n")],
      }),
    ),
    { "stdout-logs": "yes" },
    "It does not write it.",
  ),

  ofImage(
    "a write is refused by the file's mode on both roots",
    same((end, number) =>
      serving({ end, port: number, more: [said("mkdir '/var/lib/app': Permission denied\n")] }),
    ),
    { "read-only-root": "no" },
    "The overlay does not show what was refused; the application says it.",
  ),
  ofImage(
    "it cannot read a key",
    same((end, number) =>
      serving({ end, port: number, more: [said("cannot load /etc/ssl/private/k.pem: Permission denied\n")] }),
    ),
    { "read-only-root": "yes" },
    "To read is not to write.",
  ),
  ofImage(
    "a daemon of a distribution under a numeric USER does not start",
    everywhereEnded('nginx: [emerg] mkdir() "/var/lib/nginx/body" failed (13: Permission denied)\n'),
    { "read-only-root": "no" },
    "The cause is a refused write, with its path.",
  ),
  ofImage(
    "a start that fails for another reason",
    everywhereEnded("Error: DATABASE_URL is not set\n"),
    { "read-only-root": "unproven" },
    "Nothing says that it is the root.",
  ),
  ofImage(
    "a page is refused a file, and says so",
    {
      "read-only": serving({ more: [said(VISITS), http("/v", "warm-up", { status: 500 })] }),
      writable: serving({ more: [write("/app/visits.txt"), http("/v", "warm-up", { status: 200 })] }),
    },
    { "read-only-root": "no" },
    "Request and file are named.",
  ),

  {
    name: "it listens on 127.0.0.1 alone, and the image documents no port",
    given: {
      ...image({ config: { ExposedPorts: {} } }),
      trial: { ...onLoopback(3000), settings: { ports: [] } },
    },
    expect: { "bind-all": "no" },
    why: "1.3: it serves nobody from there.",
  },
  ofExpose(
    "EXPOSE names a port that nobody opens, and it listens on 127.0.0.1 alone",
    onLoopback(3000),
    { "bind-all": "no" },
    "EXPOSE is a hint: what it opens is what counts.",
  ),
  ofExpose(
    "EXPOSE names a port that nobody opens, and another is open",
    both(listener(3000), port(3000, { on: ["0.0.0.0"] }), port(3000, { on: ["0.0.0.0"], end: true })),
    { "bind-all": "yes" },
    "EXPOSE is a hint, never a demand.",
  ),
  ofWorkload(
    "UDP on 0.0.0.0 beside TCP on 127.0.0.1",
    both(
      listener(8080, "0.0.0.0", { protocol: "udp" }),
      listener(8080, "127.0.0.1"),
      port(8080, { ...LOOPBACK, on: ["127.0.0.1"] }),
      port(8080, { ...LOOPBACK, on: ["127.0.0.1"], end: true }),
    ),
    { "bind-all": "no" },
    "The port is TCP's.",
  ),
  ofWorkload(
    "it moves to 127.0.0.1 after the first requests",
    both(
      listener(8080),
      port(8080, { on: ["0.0.0.0"] }),
      listener(8080, "127.0.0.1"),
      port(8080, { ...LOOPBACK, on: ["127.0.0.1"], end: true }),
    ),
    { "bind-all": "no" },
    "Open at the end of each phase, too.",
  ),
  ofWorkload(
    "it closes its port after the first requests",
    both(listener(8080), port(8080, { on: ["0.0.0.0"] }), port(8080, { ...REFUSED, on: [], end: true })),
    { "bind-all": "no" },
    "The same.",
  ),
  ofWorkload(
    "its port was open until its first process left a daemon and ended",
    {
      "read-only": [
        listener(8080),
        { kind: "ready", by: "port", afterMs: 5 },
        port(8080, { on: ["0.0.0.0"] }),
        ...exits(0),
      ],
      writable: exits(0),
      restart: null,
      replica: exits(0),
    },
    { "bind-all": "unproven" },
    "Nothing serves once it has ended.",
  ),
  ofWorkload(
    "it opens its port a little late",
    both(port(8080, { ...REFUSED, on: [] }), listener(8080), port(8080, { on: ["0.0.0.0"], end: true })),
    { "bind-all": "yes" },
    "It is open as long as it serves.",
  ),
  ofWorkload(
    "a worker whose probe succeeds, without the host of its traces, which OTEL_EXPORTER_OTLP_ENDPOINT names",
    lacking("otel.monitoring", ["otel.monitoring"], probe("celery inspect ping")),
    { "stdout-logs": "yes" },
    "Its queue is there: it works, and its traces are lost.",
  ),
  ofWorkload(
    "a worker whose probe succeeds, without its queue, which is called kafka-telemetry",
    lacking("kafka-telemetry", ["otel.monitoring"], probe("kill -0 1")),
    { "stdout-logs": "unproven" },
    "A name is a guess, and a probe that asks nothing shows no work.",
  ),
  ofWorkload(
    "a worker without the host of its traces, which nothing shows at work",
    lacking("otel.monitoring", ["otel.monitoring"]),
    { "stdout-logs": "unproven" },
    "Nothing shows that it worked.",
  ),
];

/**
 * A worker that looks up a name without an answer. @param telemetry hosts named by its telemetry variables
 */
function lacking(name: string, telemetry: readonly string[], ...more: readonly TrialEvent[]): TrialSketch {
  const run = (end: typeof KILLED): ReturnType<typeof worker> => worker(end, asked(name), ...more);
  return {
    "read-only": run(KILLED),
    restart: run(STOPPED),
    writable: run(KILLED),
    replica: run(KILLED),
    settings: { ports: [], telemetry },
  };
}

/** A page in the first two phases; the written files show the writable places. */
function pages(
  readOnly: Parameters<typeof http>[2],
  writable: Parameters<typeof http>[2],
  ...written: readonly ReturnType<typeof write>[]
): TrialSketch {
  const page = (changes: Parameters<typeof http>[2]) => http("/start", "warm-up", changes);
  return {
    "read-only": serving({ more: [page(readOnly)] }),
    writable: serving({ more: [page(writable), ...written] }),
  };
}

/** A page that is asked for twice on each root, of an application that writes to the writable one. */
function saying(readOnly: string, writable: string, stays: boolean): TrialSketch {
  const page = (body: string): readonly TrialEvent[] => [
    http("/start", "warm-up", { status: 200, body }),
    { kind: "repeated", port: 8080, path: "/start", same: stays },
  ];
  return {
    "read-only": serving({ more: page(readOnly) }),
    writable: serving({ more: [...page(writable), write("/app/visits.txt")] }),
  };
}

function same(run: (end: typeof KILLED, port: number) => ReturnType<typeof serving>): TrialSketch {
  return {
    "read-only": run(KILLED, 8080),
    restart: run(STOPPED, 8080),
    writable: run(STOPPED, 8080),
    replica: run(KILLED, 18_080),
  };
}

function refusing(status: number, more: (port: number) => readonly TrialEvent[] = () => []): TrialSketch {
  return same((end, number) =>
    serving({
      end,
      port: number,
      without: ["http"],
      more: [
        http("/x", "random", { port: number, status, body: "no" }),
        http("/", "home", { port: number, status, body: "no" }),
        ...more(number),
      ],
    }),
  );
}

function everywhereEnded(line: string): TrialSketch {
  const ended = exits(1, said(line));
  return { "read-only": ended, writable: ended, restart: null, replica: ended };
}

/** A sketch with these events in the first two phases. */
function both(...events: ReturnType<typeof serving>): TrialSketch {
  const run = [{ kind: "ready", by: "port", afterMs: 5 } as const, ...events, KILLED, said("up\n", "stdout")];
  return { "read-only": run, writable: run, restart: null };
}

/** A sketch without observations of ports at the end of its phases. */
function unended(): TrialSketch {
  const run = serving().filter((event) => !(event.kind === "port" && event.end === true));
  return { "read-only": run, writable: run, restart: null };
}

function onLoopback(number: number): TrialSketch {
  const closed = { ...LOOPBACK, on: ["127.0.0.1"] };
  return both(listener(number, "127.0.0.1"), port(number, closed), port(number, { ...closed, end: true }));
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

/** The same of an image that documents port 8080. */
function ofExpose(name: string, trial: TrialSketch, expect: Expect, why: string): Case {
  return tried(name, { ...image({ config: { ExposedPorts: { "8080/tcp": {} } } }), trial }, expect, why);
}

function tried(name: string, given: Case["given"], expect: Expect, why: string): Case {
  const isTrap = !Object.values(expect).includes("no");
  return { name, given, expect, ...(isTrap ? { trap: true } : {}), why };
}

/** An application that serves, and sends datagrams. */
function sending(address: string, answer: "no" | "unproven", why: string): Case {
  const sent = { kind: "sent", address: address.split(",", 1)[0] ?? "" } as const;
  return {
    name: `it sends datagrams to ${address}`,
    given: { ...image(), trial: { "read-only": serving({ more: [sent] }) } },
    expect: { "twelve-factor": answer },
    ...(answer === "no" ? {} : { trap: true as const }),
    why,
  };
}
