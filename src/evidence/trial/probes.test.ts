import { describe, expect, test } from "vitest";
import { LIMITS } from "../../contract/limits.ts";
import type { ContainerFacts } from "../../contract/pod-facts.ts";
import { trialPorts, trialProbes } from "./probes.ts";
import type { TrialSettings } from "./settings.ts";

const PORTS = [{ name: "http", containerPort: 8080 }];
const NONE: TrialSettings = {};

describe("probes of a container on trial", () => {
  test.each<[ContainerFacts, unknown]>([
    [
      { ports: PORTS, readinessProbe: { httpGet: { path: "ready", port: "http", scheme: "HTTPS" } } },
      { http: { port: 8080, path: "/ready", scheme: "https", headers: {} } },
    ],
    [
      { readinessProbe: { httpGet: { port: 80 } } },
      { http: { port: 80, path: "/", scheme: "http", headers: {} } },
    ],
    [
      {
        readinessProbe: {
          httpGet: { port: 80, host: "", httpHeaders: [{ name: "host", value: "a.example" }] },
        },
      },
      { http: { port: 80, path: "/", scheme: "http", headers: { Host: ["a.example"] } } },
    ],
    [{ readinessProbe: { tcpSocket: { port: "8081" } } }, { tcp: { port: 8081 } }],
    [{ readinessProbe: { grpc: { port: 9090 } } }, { grpc: { port: 9090, service: "" } }],
    [{ readinessProbe: { grpc: { port: 9090, service: "app" } } }, { grpc: { port: 9090, service: "app" } }],
    [
      { env: [{ name: "P", value: "1" }], readinessProbe: { exec: { command: ["check", "$(P)"] } } },
      { exec: ["check", "1"] },
    ],
  ])("%j", (spec, does) => {
    expect(trialProbes(spec, NONE)).toEqual([{ why: "readiness", does, timeoutMs: 1_000 }]);
  });

  test("each kind, with its timeout", () => {
    const probe = { tcpSocket: { port: 1 }, timeoutSeconds: 3 };
    const spec = { livenessProbe: probe, readinessProbe: probe, startupProbe: probe };
    expect(trialProbes(spec, NONE).map(({ why, timeoutMs }) => [why, timeoutMs])).toEqual([
      ["startup", 3_000],
      ["readiness", 3_000],
      ["liveness", 3_000],
    ]);
  });

  test("no timeout is longer than a trial", () => {
    const spec = { readinessProbe: { grpc: { port: 1 }, timeoutSeconds: 2 ** 31 - 1 } };
    expect(trialProbes(spec, NONE)).toMatchObject([{ timeoutMs: LIMITS.trialMs }]);
  });

  test.each<ContainerFacts>([
    { readinessProbe: { httpGet: { port: "none" } } },
    { readinessProbe: { httpGet: { port: 70_000 } } },
    { readinessProbe: { httpGet: { port: 80, host: "other.example" } } },
    { readinessProbe: { grpc: { port: 0 } } },
    { readinessProbe: { grpc: {} } },
    { readinessProbe: {} },
    {},
  ])("%j asks for nothing that the trial can do", (spec) => {
    expect(trialProbes(spec, NONE)).toEqual([]);
  });

  test("settings stand in for those that the manifest lacks", () => {
    const settings: TrialSettings = {
      probes: [
        { http: { port: 80, path: "/up" } },
        { tcp: { port: 81 } },
        { grpc: { port: 82 } },
        { exec: ["ok"] },
        {},
      ],
    };
    expect(trialProbes(undefined, settings).map(({ does }) => does)).toEqual([
      { http: { port: 80, path: "/up", scheme: "http", headers: {} } },
      { tcp: { port: 81 } },
      { grpc: { port: 82, service: "" } },
      { exec: ["ok"] },
    ]);
    expect(trialProbes({ readinessProbe: { tcpSocket: { port: 1 } } }, settings)).toHaveLength(1);
  });
});

describe("ports of a container on trial", () => {
  test.each<[ContainerFacts | undefined, TrialSettings, readonly string[], readonly number[]]>([
    [{ ports: PORTS, readinessProbe: { tcpSocket: { port: 9 } } }, { ports: [1] }, ["2/tcp"], [8080, 9]],
    [{ readinessProbe: { grpc: { port: 9 } }, livenessProbe: { exec: { command: ["x"] } } }, NONE, [], [9]],
    [{ ports: [{ containerPort: 53, protocol: "UDP" }] }, { ports: [1] }, ["2/tcp"], [1, 2]],
    [undefined, { ports: [1] }, ["2/tcp"], [1]],
    [{}, NONE, ["2/tcp", "2", "3-5/tcp", "4/udp", "x"], [2, 3]],
    [undefined, NONE, [], []],
  ])("%#", (spec, settings, exposed, ports) => {
    const found = trialPorts(spec, settings, exposed);
    expect(found.ports).toEqual(ports);
    // Ports from EXPOSE, or from settings beside a manifest, are hints.
    expect(found.hint === true).toBe(ports.includes(2));
  });
});
