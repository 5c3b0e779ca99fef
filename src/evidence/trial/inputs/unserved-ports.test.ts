import { expect, test } from "vitest";
import { trialFacts } from "../../../../test/fixtures/trial-facts.ts";
import { workloadFacts } from "../../../../test/fixtures/workload-facts.ts";
import { givenObjectsOf } from "../../../workload/given-objects.ts";
import { namespaceObjects } from "../namespace-objects.ts";
import { unservedPorts } from "./unserved-ports.ts";

interface Call {
  readonly dependency?: string;
  readonly port?: number;
  readonly protocol?: "tcp" | "udp";
}

function left(spec: object, { dependency = "db", port = 5_432, protocol = "tcp" }: Call = {}, name = "db") {
  const service = { apiVersion: "v1", kind: "Service", metadata: { name }, spec };
  const objects = namespaceObjects(givenObjectsOf(Buffer.from(JSON.stringify(service))), "portal");
  const base = trialFacts();
  const call = { phase: "read-only", root: "read-only", ms: 1, kind: "connect", protocol, port } as const;
  const observations = [...base.observations, { ...call, address: "10.96.1.1", dependency }];
  return unservedPorts({ workload: workloadFacts() }, objects, { observations }).map(({ en }) => en);
}

test.each<[string, object, Call?]>([
  ["another port with this target", { ports: [{ port: 5_433, targetPort: 5_432 }] }],
  ["the port for UDP", { ports: [{ port: 5_432, protocol: "UDP" }] }],
  ["another port, called by its namespace", { ports: [{ port: 80 }] }, { dependency: "db.portal" }],
  ["another port, called by its full name", { ports: [{ port: 80 }] }, { dependency: "db.portal.svc" }],
])("a Service with %s: nothing is proven", (_, spec, call) => {
  expect(left(spec, call)).toEqual([
    expect.stringContaining("at port 5432, which the Service db does not open"),
  ]);
});

test.each<[string, object, Call?, string?]>([
  ["the port that was called", { ports: [{ port: 80 }, { port: 5_432, targetPort: 5_433 }] }],
  ["the UDP port that was called", { ports: [{ port: 53, protocol: "UDP" }] }, { port: 53, protocol: "udp" }],
  ["no address, whose pods are called themselves", { clusterIP: "None", ports: [{ port: 5_433 }] }],
  ["another name for a host", { type: "ExternalName", externalName: "x.example", ports: [{ port: 80 }] }],
  ["another name than the dependency's", { ports: [{ port: 80 }] }, {}, "cache"],
  ["the same name in another namespace", { ports: [{ port: 80 }] }, { dependency: "db.other.svc" }],
])("a Service with %s leaves nothing open", (_, spec, call, name) => {
  expect(left(spec, call, name)).toEqual([]);
});
