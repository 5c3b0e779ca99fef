import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { PlainServer } from "../http/http-server.ts";
import { Histogram, simpleMetric } from "./exposition.ts";
import { startMetrics } from "./metrics-server.ts";
import { ServerMetrics } from "./server-metrics.ts";

const NOW = Date.parse("2027-03-01T12:00:00Z");
const DAY_MS = 86_400_000;

test("a histogram counts what is at most each bound, by label", () => {
  const histogram = new Histogram({ name: "x_seconds", help: "X." }, "of", [0.1, 1]);
  expect(histogram.text()).toBe("");
  for (const value of [0.1, 0.5, 7]) histogram.observe("a", value);
  histogram.observe("b", 2);
  expect(histogram.text()).toBe(`# HELP x_seconds X.
# TYPE x_seconds histogram
x_seconds_bucket{of="a",le="0.1"} 1
x_seconds_bucket{of="a",le="1"} 2
x_seconds_bucket{of="a",le="+Inf"} 3
x_seconds_sum{of="a"} 7.6
x_seconds_count{of="a"} 3
x_seconds_bucket{of="b",le="0.1"} 0
x_seconds_bucket{of="b",le="1"} 0
x_seconds_bucket{of="b",le="+Inf"} 1
x_seconds_sum{of="b"} 2
x_seconds_count{of="b"} 1
`);
});

test("a metric without values is left out", () => {
  expect(simpleMetric({ name: "x", help: "X." }, "gauge", {})).toBe("");
  expect(simpleMetric({ name: "x", help: "X." }, "gauge", { "": 1 })).toBe(
    "# HELP x X.\n# TYPE x gauge\nx 1\n",
  );
});

describe("of a server", () => {
  test("decisions, durations, days to expiry and the store are told", async () => {
    const metrics = new ServerMetrics();
    metrics.decided("refused");
    metrics.unrecorded("exempt");
    metrics.decided("refused");
    let clock = 0;
    await metrics.timed(
      "validate",
      async () => {},
      () => (clock += 2),
    );
    await expect(metrics.timed("mutate", () => Promise.reject(new Error("x")))).rejects.toThrow("x");
    const text = metrics.text(
      {
        isStoreReady: false,
        examinations: { waiting: 3, running: 2, oldestSeconds: 12.34 },
        certificate: {
          until: NOW + 89.5 * DAY_MS,
          authority: { certs: "", until: NOW + 3_650 * DAY_MS, trust: "successor-untrusted" },
        },
      },
      NOW,
    );
    expect(text.split("\n")).toEqual(
      expect.arrayContaining([
        'douane_decisions_total{kind="refused"} 2',
        'douane_decisions_total{kind="admitted"} 0',
        'douane_decisions_unrecorded_total{kind="exempt"} 1',
        'douane_decisions_unrecorded_total{kind="refused"} 0',
        'douane_admission_duration_seconds_bucket{webhook="validate",le="0.0025"} 1',
        'douane_admission_duration_seconds_count{webhook="mutate"} 1',
        'douane_certificate_days_to_expiry{certificate="server"} 89.5',
        'douane_certificate_days_to_expiry{certificate="authority"} 3650',
        "douane_authority_trusted 1",
        "douane_store_ready 0",
        'douane_examinations{state="waiting"} 3',
        'douane_examinations{state="running"} 2',
        "douane_examinations_oldest_seconds 12.3",
      ]),
    );
    // Each line is a comment or a sample, and each metric is described once.
    expect(
      text.split("\n").filter((line) => !/^(?:#.*|[a-z_]+(?:\{[^}]*\})? [-\d.e+]+|)$/.test(line)),
    ).toEqual([]);
    const described = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
    expect(new Set(described).size).toBe(described.length);
  });

  test("what is not known is left out: an authority of somebody else, whether it is trusted, and the queue", () => {
    const text = new ServerMetrics().text({ isStoreReady: true, certificate: { until: NOW } }, NOW);
    expect(text).not.toMatch(/"authority"|authority_trusted|douane_examinations/);
    expect(text).toContain('{certificate="server"} 0\n');
  });
});

describe("the port", () => {
  let server: PlainServer;
  let text = async () => "x 1\n";
  const logged: string[] = [];
  beforeAll(async () => {
    const log = (_: string, message: string) => void logged.push(message);
    server = await startMetrics(() => text(), { host: "127.0.0.1", port: 0 }, log);
  });
  beforeEach(() => {
    text = async () => "x 1\n";
  });
  afterAll(() => server.close());

  test("answers scrapes alone", async () => {
    const answer = await fetch(`${server.origin}/metrics?x=1`);
    expect([answer.status, answer.headers.get("content-type"), await answer.text()]).toEqual([
      200,
      "text/plain; version=0.0.4; charset=utf-8",
      "x 1\n",
    ]);
    expect((await fetch(`${server.origin}/`)).status).toBe(404);
    expect((await fetch(`${server.origin}/metrics`, { method: "POST" })).status).toBe(404);
  });

  test("answers 500 where a value cannot be read, without its error", async () => {
    text = () => Promise.reject(new Error("secret"));
    const answer = await fetch(`${server.origin}/metrics`);
    expect([answer.status, await answer.text(), logged]).toEqual([500, "", ["metrics failed"]]);
  });
});
