import fc from "fast-check";
import { expect, test } from "vitest";
import {
  asked,
  called,
  hook,
  http,
  listener,
  port,
  probe,
  said,
  trialFacts,
  write,
} from "../../../test/fixtures/trial-facts.ts";
import type { Outcome } from "../../contract/rule.ts";
import type { TrialEvent } from "../../contract/trial-events.ts";
import { RULES } from "../index.ts";

const TRIAL_RULES = RULES.filter(({ needs }) => needs.includes("trial"));

const path = fc.constantFrom("/", "/data/a.db", "/tmp/app.log", "/etc/x", "..", "a\u202eb", "/data");
const event: fc.Arbitrary<TrialEvent> = fc.oneof(
  fc.record({
    kind: fc.constant("ready" as const),
    by: fc.constantFrom("probe", "port", "nothing"),
    afterMs: fc.nat(),
  }),
  fc.record({ kind: fc.constant("start-failed" as const), message: fc.string() }),
  fc
    .record({
      port: fc.constantFrom(8080, 18_080, 3000),
      address: fc.constantFrom("0.0.0.0", "::", "::1", "10.88.0.2", "?"),
    })
    .map((one) => listener(one.port, one.address)),
  fc
    .record({
      ipv4: fc.constantFrom("open", "refused", "silent"),
      loopback: fc.constantFrom("open", "refused"),
    })
    .map((one) => port(8080, one)),
  fc
    .record({
      path,
      why: fc.constantFrom("readiness", "liveness", "random", "discovery"),
      status: fc.integer({ min: -1, max: 700 }),
    })
    .map((one) => http(one.path, one.why, { status: one.status })),
  fc
    .record({
      path,
      change: fc.constantFrom("created", "modified", "deleted"),
      type: fc.constantFrom("file", "directory", "other"),
      magic: fc.constantFrom("00", "zz", ""),
    })
    .map(({ path: at, ...one }) => write(at, one)),
  fc
    .record({ code: fc.nat(255), by: fc.constantFrom("itself", "kill", "stop"), afterMs: fc.nat() })
    .map((one) => ({ kind: "exit" as const, ...one })),
  fc
    .record({ does: fc.constantFrom("tcp", "grpc", "exec"), ok: fc.boolean(), error: fc.string() })
    .map((one) => probe("8080", one)),
  fc
    .record({ ok: fc.boolean(), error: fc.constantFrom("timeout", "ended", "exit 1"), tookMs: fc.nat() })
    .chain((one) => fc.constantFrom(hook("postStart", one), hook("preStop", one))),
  fc
    .constantFrom("deadline", "writes", "memory", "output-rate")
    .map((what) => ({ kind: "limit" as const, what })),
  fc.string().map((text) => said(text)),
  fc.constantFrom(asked("db"), called("10.0.0.5", 1), called("::1", 1, "db")),
);
const run = fc.option(fc.array(event, { maxLength: 8 }), { nil: null });

/** Rules whose subject is observable even if the application ends early. */
const SEEN_BEFORE: ReadonlySet<string> = new Set(["1.3-trial-listen", "1.3-trial-health"]);

/** Whether outcomes contradict each other or themselves. */
function contradicts(outcomes: readonly Outcome[]): boolean {
  const said = JSON.stringify(outcomes);
  const [, waiting = "", heard = ""] =
    /nothing shows that port ([\d, ]+) is open on every address \(ports listened on: ([^)]*)\)/.exec(said) ??
    [];
  const listened = new Set(heard.split(", "));
  return (
    (/no log file of the application grew/.test(said) && /the log file [^"]* grew/.test(said)) ||
    (waiting !== "" && waiting.split(", ").some((port) => listened.has(port)))
  );
}

test("whatever was seen, rules do not contradict one another", () => {
  const sketches = fc.record({ "read-only": run, restart: run, writable: run, replica: run });
  const { counterexample } = fc.check(
    fc.property(sketches, (sketch) => {
      const trial = trialFacts(sketch);
      return !contradicts(TRIAL_RULES.map((rule) => rule.check({ trial })));
    }),
    { numRuns: 300 },
  );
  expect(counterexample).toBeNull();
});

test("whatever was seen, no rule throws, and what was written to the root is never passed over", () => {
  const sketches = fc.record({ "read-only": run, restart: run, writable: run, replica: run });
  const { counterexample } = fc.check(
    fc.property(sketches, fc.constantFrom("server", "batch"), (sketch, lifetime) => {
      const trial = trialFacts({ ...sketch, settings: { lifetime } });
      const outcomes = new Map(TRIAL_RULES.map((rule) => [rule.id, rule.check({ trial }).status]));
      const wroteRoot = sketch.writable?.some((one) => one.kind === "write") === true;
      const everUp = trial.observations.some(
        (one) => one.kind === "ready" || (one.kind === "exit" && one.code === 0),
      );
      const passed = [...outcomes].filter(([id, status]) => status === "pass" && !SEEN_BEFORE.has(id));
      return (
        (!wroteRoot || outcomes.get("1.2-trial-read-only-root") === "fail") && (everUp || passed.length === 0)
      );
    }),
  );
  expect(counterexample).toBeNull();
});
