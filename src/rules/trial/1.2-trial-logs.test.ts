import { describe, expect, test } from "vitest";
import {
  called,
  exits,
  http,
  said,
  server,
  type TrialSketch,
  trialFacts,
  worker,
  write,
} from "../../../test/fixtures/trial-facts.ts";
import type { OpenFileEvent, OutputEvent, TrialEvent, WriteEvent } from "../../contract/trial-events.ts";
import { TRIAL_CAPABILITIES, type TrialFacts } from "../../contract/trial-facts.ts";
import { trialLogs } from "./1.2-trial-logs.ts";

const STAMPED = "2026-11-24T10:00:00Z GET /\n2026-11-24T10:00:01Z GET /a\n2026-11-2";

function twice(line: string): string {
  return `${line} 1\n${line} 2\n`;
}

describe.each(["/", "/tmp", "/data"])("in %s", (area) => {
  test.each([
    ["*.log", "/x/app.log", { sample: "hello\n" }, "fail"],
    ["a rotated one", "/x/app.log.1", {}, "fail"],
    ["a file in logs/", "/x/logs/server", { sample: "hello\n" }, "fail"],
    ["timestamped lines", "/x/out", { sample: STAMPED }, "fail"],
    ["a compressed log", "/x/app.log.1.gz", { magic: "1f8b0800" }, "fail"],
    ["one line with a time", "/x/out", { sample: "2026-11-24T10:00:00Z started\n" }, "pass"],
    ["some lines with a time", "/x/out", { sample: `${STAMPED}\nabc\ndef` }, "pass"],
    ["data with times", "/x/rates.csv", { sample: STAMPED }, "pass"],
    ["a database's journal", "/x/000003.log", { magic: "a1b2c3d4" }, "pass"],
    ["a log that only shrank", "/x/app.log", { change: "modified", grew: -5 }, "pass"],
    ["a directory", "/x/logs/a", { type: "directory" }, "pass"],
    ["who is logged in", "/var/log/wtmp", {}, "pass"],
    ["a pid file below logs/", "/x/logs/app.pid", { sample: "1\n" }, "pass"],
    ["a page below logs/, which is a log", "/x/logs/app.html", { sample: "<p>GET /</p>\n" }, "fail"],
    ["no content that is known, below logs/", "/x/logs/app", {}, "fail"],
    ["most lines with a time, below a banner", "/x/out", { sample: `# app 1.0\n${STAMPED}` }, "fail"],
    ["a log with NULs in it", "/x/app.log", { magic: "0032", sample: "hello\n" }, "fail"],
    ["no content that is known", "/x/out", {}, "pass"],
    ["PHP", "/x/out", { sample: twice("[29-Nov-2026 12:00:00 UTC] PHP Notice") }, "fail"],
    ["Tomcat", "/x/out", { sample: twice("29-Nov-2026 12:00:00.123 INFO [main] org.apache") }, "fail"],
    ["Redis", "/x/out", { sample: twice("1:M 29 Nov 2026 12:00:00.123 * Ready") }, "fail"],
    ["glog", "/x/out", { sample: twice("I1129 12:00:00.123456  1234 server.cc:12] GET") }, "fail"],
    ["day first", "/x/out", { sample: twice("29/11/2026 12:00:00 GET /") }, "fail"],
    ["day first, with points", "/x/out", { sample: twice("29.11.2026, 12:00 GET /") }, "fail"],
    ["TAI64N", "/x/out", { sample: twice("@4000000068f0a1b20000abcd GET /") }, "fail"],
    ["standard error, by its name", "/x/app.err", { sample: "hello\n" }, "fail"],
    ["nohup's", "/x/nohup.out", { sample: "hello\n" }, "fail"],
    ["a binary of that name", "/x/app.err", { magic: "7f454c46" }, "pass"],
    ["a calendar of days", "/x/out", { sample: twice("29/11/2026;12;3.5") }, "pass"],
    ["a time of day that came with the work", "/x/out", { added: "12:00:00.123 [main] GET /\n" }, "fail"],
    ["the same that did not", "/x/out", { sample: twice("12:00:00.123 [main] GET /") }, "pass"],
    ["squid", "/x/out", { added: "1764417600.123      0 10.88.0.1 TCP_MISS/200 GET\n" }, "fail"],
    ["a level", "/x/out", { added: "INFO: request\n" }, "fail"],
    ["JSON with a level", "/x/out", { added: '{"level":"info","msg":"GET /"}\n' }, "fail"],
    ["requests without a time", "/x/out", { added: '10.88.0.1 "GET / HTTP/1.1" 200\n' }, "fail"],
    ["a fixed size", "/x/app.log", { change: "modified", grew: 0, added: "hello\n" }, "fail"],
    ["lines of an unknown form", "/x/out", { added: "visitor 17 came by\n" }, "unproven"],
    ["the same under a pid file's name", "/x/app.pid", { added: "visitor 17 came by\n" }, "unproven"],
    ["log lines under a lock's name", "/x/app.lock", { added: "INFO: request\n" }, "fail"],
    ["data that grow by lines", "/x/rates.csv", { added: "12:00:00;3.5\n" }, "unproven"],
    ["log lines under a name of data", "/x/audit.csv", { added: "INFO: request\n" }, "unproven"],
    ["a document that is written anew", "/x/feed.xml", { sample: STAMPED }, "pass"],
  ] satisfies readonly [string, string, Partial<WriteEvent>, string][])(
    "%s (%s) %j → %s",
    (_, path, changes, status) => {
      const trial = trialFacts({ writable: server({ more: [write(path, { area, ...changes })] }) });
      expect(trialLogs.check({ trial }).status).toBe(status);
    },
  );
});

test("a log that another container of the pod may have written is not held against it", () => {
  const log = write("/logs/app.log", { area: "/logs", unsure: true });
  const shared = (...more: readonly WriteEvent[]) =>
    trialLogs.check({ trial: trialFacts({ writable: server({ more: [log, ...more] }) }) });
  expect(shared()).toMatchObject({
    status: "unproven",
    reason: { en: expect.stringContaining("/logs/app.log may have been written by another container") },
  });
  expect(shared(write("/logs/b.log", { unsure: true }))).toMatchObject({
    reason: { en: expect.stringContaining("/logs/app.log… may") },
  });
  expect(shared(write("/logs/app.log", { area: "/logs" })).status).toBe("fail");
});

test("npm's own logs are a note", () => {
  const trial = trialFacts({ "read-only": server({ more: [write("/home/a/.npm/_logs/2026-debug-0.log")] }) });
  expect(trialLogs.check({ trial })).toMatchObject({
    status: "pass",
    proof: { en: expect.stringContaining("no log file of the application grew") },
    notes: [
      {
        message: {
          en: expect.stringMatching(/is the log of a tool that starts the application, not its own$/),
        },
        at: { path: "/home/a/.npm/_logs/2026-debug-0.log" },
      },
    ],
  });
});

test("one file is one finding, whose fingerprint holds no date", () => {
  const more = [write("/data/app-2026-11-24.log")];
  const trial = trialFacts({ "read-only": server({ more }), writable: server({ more }) });
  expect(trialLogs.check({ trial })).toMatchObject({
    findings: [
      {
        fingerprint: "1.2-trial-logs:/data/app-0-0-0.log",
        message: { en: "the log file /data/app-2026-11-24.log grew" },
      },
    ],
  });
});

test.each([
  ["output, and no log", {}, "pass"],
  [
    "silence",
    { "read-only": server({ without: ["output"] }), writable: server({ without: ["output"] }) },
    "unproven",
  ],
  [
    "an empty output",
    {
      "read-only": null,
      writable: server({
        without: ["output"],
        more: [{ kind: "output", stream: "stdout", bytes: 0, sample: "" }],
      }),
    },
    "unproven",
  ],
  ["no start", { "read-only": exits(1), writable: exits(1) }, "unproven"],
  ["a flood", { writable: server({ more: [{ kind: "limit", what: "output-rate" }] }) }, "unproven"],
] satisfies readonly [string, TrialSketch, string][])("%s: → %s", (_, sketch, status) => {
  expect(trialLogs.check({ trial: trialFacts(sketch) }).status).toBe(status);
});

test("a log file that could not be opened is one, once, in whatever phase", () => {
  const line = "Error: Unable to open log file /var/log/mosquitto/mosquitto.log for writing.";
  const more = [said(`${line}\n`)];
  expect(
    trialLogs.check({ trial: trialFacts({ "read-only": server({ more }), restart: server({ more }) }) }),
  ).toMatchObject({
    status: "fail",
    findings: [
      {
        message: {
          en: `the application tries to open the log file /var/log/mosquitto/mosquitto.log: ${line}`,
        },
        remedy: { en: "Log to stdout instead of /var/log/mosquitto/mosquitto.log." },
      },
    ],
  });
  const both = [...more, write("/var/log/mosquitto/mosquitto.log")];
  expect(trialLogs.check({ trial: trialFacts({ writable: server({ more: both }) }) })).toMatchObject({
    findings: [{ message: { en: expect.stringContaining("grew") } }],
  });
});

describe("output has to grow with the requests", () => {
  const LATE = { bytes: 27, before: 27, after: 27, sample: "listens\nGET /douane-x1 404\n" };
  const output = (changes: object, stream: "stdout" | "stderr" = "stdout") =>
    server({
      without: ["output"],
      more: [{ kind: "output", stream, bytes: 8, sample: "listens\n", ...changes }],
    });
  const both = (changes: object): TrialSketch => ({
    "read-only": output(changes),
    writable: output(changes),
  });
  test.each<[string, TrialSketch, string]>([
    ["it does", both({ before: 3, after: 8 }), "pass"],
    ["it was all said at the start", both({ before: 8, after: 8 }), "unproven"],
    [
      "in one of the first runs",
      { "read-only": output({ before: 3, after: 8 }), writable: output({ before: 8, after: 8 }) },
      "pass",
    ],
    ["it grew when it was asked to stop", both({ before: 3, after: 3 }), "unproven"],
    ["a buffer kept the lines of the first requests", both(LATE), "pass"],
    ["a buffer kept them until the stop", both({ ...LATE, before: 8, after: 8, stopped: 8 }), "unproven"],
    [
      "a line names a path that others name, too",
      both({ ...LATE, sample: LATE.sample.replace("douane-x1", "healthz-1") }),
      "unproven",
    ],
    ["an old trial", { ...both({}), facts: { looks: ["answers", "open-files"] } }, "unproven"],
    [
      "a worker is asked nothing",
      {
        "read-only": worker(),
        writable: worker(),
        settings: { ports: [] },
      },
      "pass",
    ],
    ["no request was answered", { writable: server({ without: ["http"] }) }, "unproven"],
  ])("%s", (_, sketch, status) => {
    expect(trialLogs.check({ trial: trialFacts(sketch) }).status).toBe(status);
  });
});

describe("a file without a name that a process holds open", () => {
  test.each<[string, Partial<OpenFileEvent>, string]>([
    ["a deleted log", { path: "/tmp/app.log", sample: "hello\n" }, "fail"],
    ["one below logs/", { path: "/tmp/logs/x", sample: "hello\n" }, "fail"],
    ["stamped lines in memory", { path: "x", memory: true, sample: STAMPED }, "fail"],
    [
      "lines of no known form that came with the work",
      { sample: "hello\nworld\n", atWork: true },
      "unproven",
    ],
    ["a line that came with the work", { sample: "hello\n", atWork: true }, "pass"],
    ["any text", { path: "/tmp/upload", sample: "hello\nworld\n" }, "pass"],
    ["no text", { path: "/tmp/app.log" }, "pass"],
    ["one that did not grow", { path: "/tmp/app.log", sample: "hello\n", grew: 0 }, "pass"],
  ])("%s: %j → %s", (_, changes, status) => {
    const open: TrialEvent = { kind: "open-file", path: "/tmp/x", bytes: 6, grew: 6, ...changes };
    const trial = trialFacts({ writable: server({ more: [open, open] }) });
    expect(trialLogs.check({ trial }).status).toBe(status);
  });

  test("a trial that did not look proves nothing", () => {
    const trial = trialFacts({ facts: { looks: ["answers", "growth"] } });
    expect(trialLogs.check({ trial })).toMatchObject({
      status: "unproven",
      reason: { en: expect.stringContaining("open files without a name") },
    });
  });
});

test("a log that grew is not told again by the path of a link to it", () => {
  const grown = write("/var/log/app/app.log");
  const refused = said("open /app/logs/app.log: Read-only file system\n");
  const trial = trialFacts({ "read-only": server({ more: [refused] }), writable: server({ more: [grown] }) });
  expect(trialLogs.check({ trial })).toMatchObject({
    status: "fail",
    findings: [{ message: { en: "the log file /var/log/app/app.log grew" } }],
  });
  const other = server({ more: [write("/var/log/app/other.log")] });
  expect(
    trialLogs.check({ trial: trialFacts({ "read-only": server({ more: [refused] }), writable: other }) }),
  ).toMatchObject({
    findings: [
      {},
      { message: { en: expect.stringContaining("tries to open the log file /app/logs/app.log") } },
    ],
  });
});

test.each(["growth", "open-files", "added-lines"])("without a look at %s, nothing is proven", (missing) => {
  const looks = trialFacts().looks ?? [];
  expect(trialLogs.check({ trial: trialFacts() }).status).toBe("pass");
  const facts = { looks: looks.filter((look) => look !== missing) };
  expect(trialLogs.check({ trial: trialFacts({ facts }) })).toMatchObject({
    status: "unproven",
    settle: { en: expect.stringContaining("Repeat the trial") },
  });
});

describe("what is written only at the stop, or without a word, is no log of the work", () => {
  const output = (sample: string, changes: object = {}): TrialEvent => {
    return { kind: "output", stream: "stdout", bytes: Buffer.byteLength(sample), sample, ...changes };
  };
  const serves = (sample: string, changes: object) =>
    server({ without: ["output"], more: [output(sample, changes)] });
  const mute = server({ without: ["output"] });
  const works = (...more: readonly TrialEvent[]) =>
    worker().flatMap((event) => (event.kind === "output" ? more : [event]));
  const atWork = { before: 8, after: 14 };
  test.each<[string, TrialSketch, string]>([
    ["nothing at all", { "read-only": mute, restart: mute, writable: mute, replica: mute }, "wrote nothing"],
    [
      "what was kept in a buffer until the stop",
      { "read-only": mute, writable: serves("GET /\nGET /a\n", { before: 0, after: 0, stopped: 0 }) },
      "only when it is stopped",
    ],
    [
      "lines about requests that were kept in a buffer until the stop",
      {
        "read-only": mute,
        writable: serves("GET /douane-x1 404\n", { before: 0, after: 0, stopped: 0 }),
      },
      "keeps its lines in memory until it stops",
    ],
    [
      "the same, after words of the start",
      {
        "read-only": serves("listens\n", { before: 8, after: 8 }),
        writable: serves("listens\nGET /douane-x1 404\n", { before: 8, after: 8, stopped: 8 }),
      },
      "keeps its lines in memory until it stops",
    ],
    [
      "a worker's last words",
      { "read-only": works(), writable: works(output("bye\n", { stopped: 0 })), settings: { ports: [] } },
      "only when it is stopped",
    ],
    [
      "dots by the clock",
      {
        "read-only": serves("listens\n.\n.\n.\n", atWork),
        writable: serves("listens\n.\n.\n.\nbye\n", { ...atWork, stopped: 14 }),
      },
      "contains no words",
    ],
    [
      "times by the clock",
      {
        "read-only": serves("2026-11-30T07:03:30Z 17\n", { before: 0, after: 24 }),
        writable: serves("2026-11-30T07:03:30Z 17\n", { before: 0, after: 24 }),
      },
      "contains no words",
    ],
    [
      "a worker that says nothing once it has started",
      {
        "read-only": works(output("listens\n", { before: 8, after: 8 })),
        writable: works(output("listens\n", { before: 8, after: 8 })),
        settings: { ports: [] },
      },
      "once it had started, the application wrote nothing",
    ],
    [
      "a worker's dots while nothing is asked",
      {
        "read-only": works(output("listens\n", { before: 8, after: 8, idle: "..." })),
        writable: works(),
        settings: { ports: [] },
      },
      "contains no words",
    ],
    [
      "a worker's dots",
      { "read-only": works(output("...")), writable: works(), settings: { ports: [] } },
      "word",
    ],
  ])("%s: %j → %s", (_, sketch, reason) => {
    expect(trialLogs.check({ trial: trialFacts(sketch) })).toMatchObject({
      status: "unproven",
      reason: { en: expect.stringContaining(reason) },
    });
  });

  test.each<[string, TrialSketch]>([
    ["dots between requests", { writable: serves("listens\n.\nGET /\n.\n", { before: 8, after: 16 }) }],
    ["words of another script", { writable: serves("listens\nзапрос 1\n", { before: 8, after: 23 }) }],
    ["a cut output", { writable: serves("listens\n…\n.\n", { ...atWork, bytes: 90_000, cut: true }) }],
    [
      "a worker's line while nothing is asked",
      {
        "read-only": works(output("listens\n", { before: 8, after: 8, idle: "sent\n" })),
        writable: works(),
        settings: { ports: [] },
      },
    ],
    [
      "a cut output with words at work",
      { writable: serves("listens\n…\n.\n", { ...atWork, bytes: 90_000, cut: true, work: "served\n" }) },
    ],
    ["a batch", { "read-only": works(output("done\n")), writable: works(), settings: { ports: [] } }],
  ])("%s: %j → pass", (_, sketch) => {
    expect(trialLogs.check({ trial: trialFacts(sketch) })).toMatchObject({ status: "pass" });
  });
});

describe("a container that another one of the pod asks", () => {
  const sample = 'listens\n127.0.0.1 "GET /abcdefghijklmn" 200\n';
  const output = (text: string): TrialEvent => {
    const bytes = Buffer.byteLength(text);
    return { kind: "output", stream: "stderr", sample: text, bytes, before: bytes, after: bytes };
  };
  const check = (text: string, askedBeside: NonNullable<TrialFacts["askedBeside"]>) => {
    const run = server({ without: ["output"], more: [{ kind: "served", port: 9000 }, output(text)] });
    return trialLogs.check({
      trial: trialFacts({ "read-only": run, writable: run, facts: { askedBeside } }),
    }).status;
  };
  const path = "/abcdefghijklmn";

  test("logs if its output names a random path requested of the other", () => {
    expect(check(sample, [{ phase: "read-only", path }])).toBe("pass");
  });

  test.each<[string, string, NonNullable<TrialFacts["askedBeside"]>]>([
    ["a path of another phase", sample, [{ phase: "restart", path }]],
    ["no such request", sample, []],
    ["lines of its start alone", "listens\n", [{ phase: "read-only", path }]],
  ])("proves nothing with %s", (_, text, askedBeside) => {
    expect(check(text, askedBeside)).toBe("unproven");
  });

  test("does not log by words after the stop signal", () => {
    const stopped = { ...output(`listens\n${sample}`), before: 8, after: 8, stopped: 8 } as TrialEvent;
    const run = server({ without: ["output"], more: [{ kind: "served", port: 9000 }, stopped] });
    const facts = { askedBeside: [{ phase: "writable", path } as const] };
    expect(trialLogs.check({ trial: trialFacts({ "read-only": run, writable: run, facts }) }).status).toBe(
      "unproven",
    );
  });
});

describe("a log may be sent to a collector", () => {
  const syslog = called("10.97.0.1", 514, "syslog.internal");
  const lines = { ...called("10.97.0.1", 5432, "db"), logs: "syslog" } as TrialEvent;
  const datagrams: TrialEvent = { kind: "sent", address: "10.97.0.2" };
  const random = http("/douane-x1", "random", { status: 404 });
  const output = (line: string): TrialEvent => {
    const sample = `listens\n${line}\n`;
    return {
      kind: "output",
      stream: "stdout",
      bytes: sample.length,
      before: 8,
      after: sample.length,
      sample,
    };
  };
  const both = (...more: readonly TrialEvent[]): TrialSketch => {
    const run = server({ without: ["output"], more: [random, ...more] });
    return { "read-only": run, writable: run };
  };
  const worker514 = worker(undefined, syslog);
  const HEARTBEAT = output("2026-11-30T07:03:30Z alive");
  const REQUEST = output('10.88.0.1 "GET /douane-x1" 404');
  const BANNER: TrialEvent = {
    kind: "output",
    stream: "stdout",
    bytes: 24,
    before: 18,
    after: 24,
    sample: "probe at /healthz\nalive\n",
  };
  test("the reason names the place and the form of the lines", () => {
    expect(trialLogs.check({ trial: trialFacts(both(lines, HEARTBEAT)) })).toMatchObject({
      reason: {
        en: expect.stringContaining("calls db:5432, and sends log lines there (syslog), and nothing"),
      },
    });
  });

  test("a destination without a name is named by its address", () => {
    const nameless = { ...called("10.97.0.9", 9000), logs: "syslog" } as TrialEvent;
    expect(trialLogs.check({ trial: trialFacts(both(nameless, HEARTBEAT)) })).toMatchObject({
      reason: { en: expect.stringContaining("calls 10.97.0.9:9000, and sends log lines there (syslog)") },
    });
  });

  test("lines of syslog to any port are a note where the output names a request", () => {
    expect(trialLogs.check({ trial: trialFacts(both(lines, REQUEST)) })).toMatchObject({
      status: "pass",
      notes: [{ message: { en: "the application also calls db:5432, and sends log lines there (syslog)" } }],
    });
  });

  test.each<[string, TrialSketch, string]>([
    ["a heartbeat, and syslog", both(syslog, HEARTBEAT), "unproven"],
    ["a heartbeat below a banner with a path", both(syslog, BANNER), "unproven"],
    ["a heartbeat, and lines of syslog to any port", both(lines, HEARTBEAT), "unproven"],
    ["a heartbeat, and GELF", both(called("10.97.0.1", 12_201), HEARTBEAT), "unproven"],
    ["a heartbeat, and datagrams", both(datagrams, HEARTBEAT), "unproven"],
    ["a worker", { "read-only": worker514, writable: worker514, settings: { ports: [] } }, "unproven"],
    [
      "a worker's datagrams",
      { "read-only": worker(), writable: worker(undefined, datagrams), settings: { ports: [] } },
      "pass",
    ],
    ["a heartbeat, and a database", both(called("10.97.0.1", 5432, "db"), HEARTBEAT), "pass"],
    ["datagrams to a port that is known", both(datagrams, called("10.97.0.2", 8125), HEARTBEAT), "pass"],
    ["requests on stdout, and datagrams", both(datagrams, REQUEST), "pass"],
  ])("%s: %j → %s", (_, sketch, status) => {
    const outcome = trialLogs.check({ trial: trialFacts(sketch) });
    expect(outcome).toMatchObject({ status });
    expect(outcome).not.toHaveProperty("notes.0");
  });

  test("the port and the destination are named", () => {
    expect(trialLogs.check({ trial: trialFacts(both(syslog, HEARTBEAT)) })).toMatchObject({
      reason: {
        en: expect.stringContaining("calls syslog.internal:514 (syslog), a port for logs, and nothing"),
      },
    });
    expect(trialLogs.check({ trial: trialFacts(both(datagrams, HEARTBEAT)) })).toMatchObject({
      reason: { en: expect.stringContaining("calls 10.97.0.2, at a port that is not known, and nothing") },
    });
  });

  test("copies of what is on stdout, and a business on such a port, are a note", () => {
    const outcome = trialLogs.check({ trial: trialFacts(both(syslog, REQUEST)) });
    expect(outcome).toMatchObject({
      status: "pass",
      notes: [
        {
          fingerprint: "1.2-trial-logs:log-port",
          message: {
            en: expect.stringContaining("also calls syslog.internal:514 (syslog), a port for logs; what"),
          },
        },
      ],
    });
  });
});

describe("output that comes while nothing is asked, too", () => {
  const TIME = "2026-11-30T07:03:30Z";
  const wrote = (work: string, idle: string, changes: Partial<OutputEvent> = {}): TrialSketch => {
    const sample = `listens\n${work}`;
    const bytes = Buffer.byteLength(sample);
    const one: OutputEvent = {
      kind: "output",
      stream: "stdout",
      bytes,
      before: 8,
      after: bytes,
      idle,
      sample,
    };
    const random = http("/douane-x1", "random", { status: 404, body: "404" });
    const run = server({ without: ["output"], more: [random, { ...one, ...changes }] });
    return { "read-only": run, writable: run };
  };

  test.each<[string, TrialSketch, string]>([
    ["a heartbeat", wrote("still alive\n", "still alive\n"), "unproven"],
    ["with a counter", wrote("alive 12\n", "alive 10\nalive 11\n"), "unproven"],
    ["with a time", wrote(`${TIME} alive\n`, "2026-11-30T07:03:29Z alive\n"), "unproven"],
    ["in JSON", wrote('{"time":"12:01","msg":"ok"}\n', '{"time":"12:00","msg":"ok"}\n'), "unproven"],
    ["with an identifier", wrote("tick deadbeefdead\n", "tick cafebabecafe\n"), "unproven"],
    ["in colours", wrote("\u001b[32malive\u001b[0m\n", "alive\n"), "unproven"],
    ["beside dots", wrote("alive\n.\n", "alive\n"), "unproven"],
    [
      "of which a part is shown",
      wrote("alive\n", "alive\n", { sample: "listens\n…\nalive\n", cut: true }),
      "unproven",
    ],
    [
      "of whose lines at work none is shown",
      wrote("alive\n", "alive\n", { sample: "listens\n…\n.\n", cut: true }),
      "unproven",
    ],
    ["beside a line of work", wrote("alive\nserved a page\n", "alive\n"), "pass"],
    ["beside a request by its path", wrote("alive\nGET /douane-x1\n", "alive\nGET /douane-x1\n"), "pass"],
    ["in JSON, beside work", wrote('{"t":1,"msg":"served"}\n', '{"t":0,"msg":"alive"}\n'), "pass"],
    ["not seen while nothing was asked", wrote("alive\n", ""), "pass"],
    [
      "of one stream, beside work on the other",
      {
        ...wrote("alive\n", "alive\n"),
        writable: [
          ...(wrote("alive\n", "alive\n").writable ?? []),
          { kind: "output", stream: "stderr", bytes: 7, before: 0, after: 7, sample: "served\n" },
        ],
      },
      "pass",
    ],
    ["of a worker, whose work it is", { ...idleWorker(), settings: { ports: [] } }, "pass"],
  ])("%s", (_, sketch, status) => {
    expect(trialLogs.check({ trial: trialFacts(sketch) }).status).toBe(status);
  });

  test("is quoted", () => {
    expect(trialLogs.check({ trial: trialFacts(wrote("alive 12\n", "alive 11\n")) })).toMatchObject({
      reason: {
        en: expect.stringContaining(
          "writes the same lines with and without requests, and none of them names a request (alive 12)",
        ),
      },
      settle: { en: expect.stringContaining("Make it log its requests") },
    });
  });

  test("is not known of an older trial, unless its output names a request", () => {
    const looks = TRIAL_CAPABILITIES.filter((look) => look !== "idle-output");
    const older = (work: string) =>
      trialLogs.check({ trial: trialFacts({ ...wrote(work, ""), facts: { looks } }) }).status;
    expect(older("alive\n")).toBe("unproven");
    expect(older("GET /douane-x1\n")).toBe("pass");
  });
});

/** A worker that says the same all the time. */
function idleWorker(): TrialSketch {
  const output: TrialEvent = {
    kind: "output",
    stream: "stdout",
    bytes: 12,
    sample: "runs\nruns\n",
    idle: "runs\n",
  };
  return { "read-only": worker(undefined, output), writable: worker(undefined, output) };
}

describe("a sample that is not the whole output", () => {
  const random = http("/abcdefghijklmn", "random", { status: 404 });
  const path = "GET /abcdefghijklmn";
  const wrote = (changes: Partial<OutputEvent>): TrialSketch => {
    const bounds = { bytes: 90_000, before: 50_000, after: 50_100, cut: true } as const;
    const output: OutputEvent = { kind: "output", stream: "stdout", sample: "", ...bounds, ...changes };
    const run = server({ without: ["output"], more: [random, output] });
    return { "read-only": run, writable: run };
  };
  const sample = `listens\n…\n${path}\n`;

  test.each<[string, Partial<OutputEvent>, string]>([
    ["lines that came with the stop", { sample, stopped: 80_000 }, "unproven"],
    ["lines that came before, with other words at work", { sample, stopped: 80_000, work: "." }, "unproven"],
    ["lines at work", { sample, stopped: 80_000, work: `${path}\n` }, "pass"],
    ["lines of a container that was killed", { sample }, "pass"],
    ["a path that a line of the start names", { sample: "GET / /healthz\n…\n.\n", work: "." }, "unproven"],
  ])("%s", (_, changes, status) => {
    expect(trialLogs.check({ trial: trialFacts(wrote(changes)) }).status).toBe(status);
  });

  test("an older trial did not keep what came with the requests", () => {
    const looks = TRIAL_CAPABILITIES.filter((one) => one !== "work-output");
    const sketch = wrote({ sample: "listens\n…\n.\n", stopped: 80_000 });
    expect(trialLogs.check({ trial: trialFacts({ ...sketch, facts: { looks } }) })).toMatchObject({
      status: "unproven",
      reason: { en: expect.stringContaining("kept of a long output the beginning and the end only") },
    });
  });
});
