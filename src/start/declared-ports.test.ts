import { expect, test } from "vitest";
import type { ContainerFacts } from "../contract/pod-facts.ts";
import { declaredDatagramPorts, declaredPorts } from "./declared-ports.ts";

const ADMIN = [{ name: "admin", containerPort: 9901 }];

test.each<[string, ContainerFacts, readonly number[]]>([
  ["none", {}, []],
  ["listed", { ports: [{ containerPort: 8080 }, { containerPort: 8080, protocol: "TCP" }, {}] }, [8080]],
  ["of UDP", { ports: [{ containerPort: 8125, protocol: "UDP" }] }, []],
  ["of a probe by HTTP", { readinessProbe: { httpGet: { port: 9901 } } }, [9901]],
  ["in digits", { livenessProbe: { httpGet: { port: "9901", host: "" } } }, [9901]],
  ["of a probe by TCP", { startupProbe: { tcpSocket: { port: 9901 } } }, [9901]],
  ["of a probe by gRPC", { livenessProbe: { grpc: { port: 9901 } } }, [9901]],
  ["by name", { ports: ADMIN, readinessProbe: { httpGet: { port: "admin" } } }, [9901]],
  ["by a name that nobody has", { ports: ADMIN, readinessProbe: { tcpSocket: { port: "x" } } }, [9901]],
  ["of another host", { readinessProbe: { httpGet: { port: 9901, host: "10.0.0.1" } } }, []],
  ["of a command", { readinessProbe: { exec: { command: ["true"] } } }, []],
  ["of no action", { readinessProbe: {} }, []],
  ["left out", { readinessProbe: { httpGet: {} }, livenessProbe: { grpc: {} } }, []],
  [
    "out of range",
    { readinessProbe: { tcpSocket: { port: 70_000 } }, livenessProbe: { grpc: { port: 0 } } },
    [],
  ],
])("%s", (_, spec, ports) => {
  expect(declaredPorts(spec)).toEqual(ports);
});

test.each<[string, ContainerFacts, readonly number[]]>([
  ["none", {}, []],
  ["of TCP", { ports: [{ containerPort: 8080 }, { containerPort: 8443, protocol: "TCP" }] }, []],
  [
    "of UDP, each once",
    {
      ports: [
        { containerPort: 53, protocol: "UDP" },
        { containerPort: 53, protocol: "UDP" },
      ],
    },
    [53],
  ],
  ["without a number", { ports: [{ protocol: "UDP" }] }, []],
  ["out of range", { ports: [{ containerPort: 70_000, protocol: "UDP" }] }, []],
])("datagram ports: %s", (_, spec, ports) => {
  expect(declaredDatagramPorts(spec)).toEqual(ports);
});
