import { expect, test } from "vitest";
import { asMasked } from "../../test/fixtures/masked.ts";
import {
  asked,
  called,
  http,
  KILLED,
  listener,
  probe,
  server,
  type TrialSketch,
  trialFacts,
  worker,
} from "../../test/fixtures/trial-facts.ts";
import type { ExchangeEvent, TrialEvent } from "../contract/trial-events.ts";
import { phaseRun } from "./phase-run.ts";
import { requestsOf, requestWords, serves, unanswered } from "./requests.ts";

const PROBED = probe("celery inspect ping");

const asking = (...more: readonly TrialEvent[]): TrialSketch => ({
  "read-only": server({ without: ["http"], more }),
});

function requests(...more: readonly TrialEvent[]) {
  return requestsOf(phaseRun(trialFacts(asking(...more)), "read-only"));
}

function exchange(changes: Partial<ExchangeEvent>): ExchangeEvent {
  return {
    kind: "exchange",
    protocol: "tcp",
    port: 8080,
    why: "hello",
    ok: true,
    bytes: 0,
    tookMs: 3,
    ...changes,
  };
}

const ALL_REFUSED = [http("/abcdefghijklmn", "random", { status: 400 }), http("/", "home", { status: 400 })];

test.each<[string, readonly TrialEvent[], boolean]>([
  ["400 everywhere", ALL_REFUSED, true],
  ["403 everywhere", ALL_REFUSED.map((one) => ({ ...one, status: 403 })), true],
  ["421 everywhere", ALL_REFUSED.map((one) => ({ ...one, status: 421 })), true],
  ["a probe that succeeds beside", [...ALL_REFUSED, http("/h", "readiness", { status: 200 })], false],
  [
    "another Host that is served",
    [http("/", "readiness", { status: 200, sentHost: "a" }), ...ALL_REFUSED],
    false,
  ],
  ["a command that succeeds beside", [...ALL_REFUSED, PROBED], false],
  ["401 everywhere: who asks has to log in", ALL_REFUSED.map((one) => ({ ...one, status: 401 })), false],
  ["404 everywhere", ALL_REFUSED.map((one) => ({ ...one, status: 404 })), false],
  ["400 for the home page alone", [http("/x", "random", { status: 404 }), ...ALL_REFUSED.slice(1)], false],
])("every request refused, as for a foreign host: %s", (_, events, isUnproven) => {
  const trial = trialFacts(asking(...events));
  const outcome = unanswered(trial, [phaseRun(trial, "read-only")]);
  expect(outcome?.reason.en.startsWith("not observed: every request is refused (GET :8080/") ?? false).toBe(
    isUnproven,
  );
});

test("a request of the settings that is answered otherwise than expected is named beside the refusals", () => {
  const trial = trialFacts(
    asking(...ALL_REFUSED, exchange({ why: "request", number: 1, ok: false, error: "unexpected" })),
  );
  expect(unanswered(trial, [phaseRun(trial, "read-only")])?.reason.en).toContain("tcp :8080 (1) unexpected");
});

test("requests to two hosts are two requests: an answer to one is none to the other", () => {
  const both = requests(
    http("/", "readiness", { status: 200, sentHost: "a.example" }),
    http("/", "home", { status: 500 }),
  );
  expect(both.map(({ asked, answer }) => `${asked} ${answer}`)).toEqual([
    "GET :8080/ (Host: a.example) 200",
    "GET :8080/ 500",
  ]);
});

const OTEL = ["otel.monitoring"];
const SERVED = { ...called("10.88.1.3", 6379, "cache.internal"), served: true } as TrialEvent;

test.each<[string, TrialEvent, string, boolean, number]>([
  ["what a neighbour asked", { kind: "served", port: 9_000 }, "tcp 127.0.0.1:9000 ok", true, 3],
  ["a page", http("/", "home", { status: 200 }), "GET :8080/ 200", true, 3],
  ["a redirection", http("/", "home", { status: 302 }), "GET :8080/ 302", true, 3],
  [
    "a redirection that leads nowhere",
    http("/", "home", { status: 302, redirected: { to: "/gone", error: "ECONNREFUSED" } }),
    "GET :8080/ 302 → /gone ECONNREFUSED",
    true,
    1,
  ],
  ["a page that is missing", http("/x1", "random", { status: 404 }), "GET :8080/… 404", true, 2],
  ["a server's error", http("/", "home", { status: 500 }), "GET :8080/ 500", true, 1],
  ["silence", http("/", "home", { error: "timeout" }), "GET :8080/ timeout", false, 0],
  ["silence without a reason", http("/", "home"), "GET :8080/ ?", false, 0],
  [
    "another protocol, which was asked nothing in it",
    http("/", "random", { error: "HPE_INVALID_CONSTANT" }),
    "GET :8080/… HPE_INVALID_CONSTANT",
    false,
    0,
  ],
  ["IPv6", http("/", "home", { status: 200, host: "ipv6" }), "GET [::]:8080/ 200", true, 3],
  ["loopback", http("/", "home", { status: 200, host: "loopback" }), "GET 127.0.0.1:8080/ 200", true, 3],
  ["another protocol that answered", exchange({ ok: true, bytes: 9 }), "tcp :8080 ok", true, 3],
  ["one that closed", exchange({ ok: false, error: "closed" }), "tcp :8080 closed", false, 0],
  ["one that failed, old or foreign", exchange({ ok: false }), "tcp :8080 ?", false, 0],
  [
    "a request of the settings",
    exchange({ ok: true, why: "request", number: 2, protocol: "udp", port: 53 }),
    "udp :53 (2) ok",
    true,
    3,
  ],
  ["a command that succeeds", probe("redis-cli ping"), "exec redis-cli ping ok", true, 3],
  ["one that fails", probe("check", { ok: false }), "exec check ?", false, 0],
  ["an accepted connection, which is no answer", probe("5432", { does: "tcp" }), "tcp 5432 ok", false, 3],
  ["gRPC", probe("9090", { does: "grpc" }), "grpc 9090 ok", true, 3],
  [
    "a refusal by gRPC",
    probe("9090", { does: "grpc", ok: false, error: "UNIMPLEMENTED" }),
    "grpc 9090 UNIMPLEMENTED",
    true,
    0,
  ],
  ["no gRPC", probe("9090", { does: "grpc", ok: false, error: "refused" }), "grpc 9090 refused", false, 0],
])("%s: %j is %s", (_, event, words, answered, rank) => {
  const all = requests(event);
  expect(requestWords(all)).toBe(words);
  expect(all).toMatchObject([{ answered, rank }]);
});

test("of one request that was made several times, the best answer counts", () => {
  const twice = requests(
    http("/", "home", { status: 503 }),
    http("/", "warm-up", { status: 200 }),
    http("/", "home", { status: 500 }),
  );
  expect(requestWords(twice)).toBe("GET :8080/ 200");
});

test("nothing asked has no words; a great many are hinted at", () => {
  expect(requestWords([])).toBeUndefined();
  const many = requests(
    ...Array.from({ length: 25 }, (_, index) => http(`/${index}`, "warm-up", { status: 200 })),
  );
  expect(requestWords(many)).toMatch(/GET :8080\/23 200…$/);
});

test.each<[string, TrialSketch, boolean]>([
  ["a declared port", { "read-only": worker() }, true],
  ["a listener", { "read-only": worker(KILLED, listener(9090)), settings: { ports: [] } }, true],
  ["neither", { "read-only": worker(), settings: { ports: [] } }, false],
  ["a batch", { settings: { lifetime: "batch" } }, false],
])("whether it serves: %s", (_, sketch, expected) => {
  const trial = trialFacts(sketch);
  expect(serves(trial, phaseRun(trial, "read-only"))).toBe(expected);
});

test.each<[string, TrialSketch, string | undefined]>([
  ["answered", {}, undefined],
  ["a worker", { "read-only": worker(), settings: { ports: [] } }, undefined],
  [
    "a worker without its queue",
    { "read-only": worker(KILLED, asked("cache.internal")), settings: { ports: [] } },
    "not observed: missing dependency cache.internal",
  ],
  ...(
    [
      ["and its probe succeeds", [asked("otel.monitoring"), PROBED], OTEL, undefined],
      [
        "by the whole search list",
        [asked("otel.monitoring.default.svc.cluster.local"), asked("otel.monitoring.cluster.local"), PROBED],
        OTEL,
        undefined,
      ],
      ["which is a literal address", [called("10.0.3.4", 8125), PROBED], ["10.0.3.4"], undefined],
      ["which only takes connections", [called("10.88.1.2", 4317, "otel"), PROBED], ["otel"], undefined],
      ["and its queue served it", [asked("otel.monitoring"), SERVED], OTEL, undefined],
      [
        "and its pod's own Service answered",
        [asked("otel.monitoring"), { ...SERVED, own: true } as TrialEvent],
        OTEL,
        "otel.monitoring",
      ],
      ["and nothing shows that it works", [asked("otel.monitoring")], OTEL, "otel.monitoring"],
      ["and its probe fails", [asked("otel.monitoring"), probe("x", { ok: false })], OTEL, "otel.monitoring"],
      [
        "and its queue, too",
        [asked("otel.monitoring"), asked("cache.internal"), PROBED],
        OTEL,
        "cache.internal",
      ],
      ["and its queue has a telling name", [asked("kafka-telemetry"), PROBED], OTEL, "kafka-telemetry"],
      ["which no variable names", [asked("otel.monitoring"), PROBED], [], "otel.monitoring"],
    ] as const
  ).map(([what, more, telemetry, missing]): [string, TrialSketch, string | undefined] => [
    `a worker without its telemetry's host, ${what}`,
    { "read-only": worker(KILLED, ...more), settings: { ports: [], telemetry } },
    missing === undefined ? undefined : `not observed: missing dependency ${missing}`,
  ]),
  [
    "a batch that did without",
    { "read-only": [asked("cache.internal")], settings: { lifetime: "batch" } },
    undefined,
  ],
  ["nothing asked", asking(), "not observed: no request was answered"],
  [
    "silence",
    asking(http("/", "home", { error: "timeout" })),
    "not observed: no request was answered (GET :8080/ timeout)",
  ],
  [
    "an old trial",
    { facts: { looks: [] } },
    "not observed: the trial was made by a version of douane that did not ask for GET /",
  ],
])("no work, no proof: %s", (_, sketch, reason) => {
  const trial = trialFacts(sketch);
  expect(unanswered(trial, [phaseRun(trial, "read-only")])?.reason.en).toBe(reason);
});

test("a trial that says nothing of what it looked at is an old one", () => {
  const { looks: _, ...facts } = trialFacts();
  const trial = asMasked(facts);
  expect(unanswered(trial, [phaseRun(trial, "read-only")])?.status).toBe("unproven");
});
