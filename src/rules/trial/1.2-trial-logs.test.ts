import { describe, expect, test } from "vitest";
import { exits, server, type TrialSketch, trialFacts, write } from "../../../test/fixtures/trial-facts.ts";
import type { WriteEvent } from "../../contract/trial-facts.ts";
import { trialLogs } from "./1.2-trial-logs.ts";

const STAMPED = "2026-11-24T10:00:00Z GET /\n2026-11-24T10:00:01Z GET /a\n2026-11-2";

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
    ["no content that is known", "/x/out", {}, "pass"],
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
    notes: [{ at: { path: "/home/a/.npm/_logs/2026-debug-0.log" } }],
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
