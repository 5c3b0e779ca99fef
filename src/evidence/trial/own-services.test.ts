import { expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { givenObjectsOf } from "../../workload/given-objects.ts";
import { namespaceObjects } from "./namespace-objects.ts";
import { ownServices } from "./own-services.ts";

const PORT = { port: 80, targetPort: 8_080 };

function service(spec: object = {}, metadata: object = {}): object {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "app", namespace: "shop", ...metadata },
    spec: { selector: { app: "app" }, ports: [PORT], ...spec },
  };
}

function own(...objects: readonly object[]) {
  const text = objects.map((one) => JSON.stringify(one)).join("\n---\n");
  const containers = [{ name: "app", ports: [{ name: "http", containerPort: 8_080 }] }];
  const { pod } = workloadFacts({ containers, pod: { labels: { app: "app", tier: "web" } } });
  return ownServices(namespaceObjects(givenObjectsOf(Buffer.from(text)), "shop"), { pod });
}

const APP = { name: "app", address: "10.96.1.1", ports: [{ port: 80, to: 8_080 }] };

test.each<[string, readonly object[], readonly unknown[]]>([
  ["by its labels", [service()], [APP]],
  ["by some of its labels", [service({ selector: { tier: "web" } })], [APP]],
  ["without a namespace in its manifest", [service({}, { namespace: undefined })], [APP]],
  ["to a port by name", [service({ ports: [{ port: 80, targetPort: "http" }] })], [APP]],
  [
    "to a name that no container has",
    [service({ ports: [{ port: 80, targetPort: "admin" }] })],
    [{ ...APP, ports: [] }],
  ],
  ["before it is ready", [service({ publishNotReadyAddresses: true })], [{ ...APP, publishesUnready: true }]],
  ["without an address", [service({ clusterIP: "None" })], [{ name: "app", ports: [] }]],
  [
    "without an address, before it is ready",
    [service({ clusterIP: "None", publishNotReadyAddresses: true })],
    [{ name: "app", ports: [], publishesUnready: true }],
  ],
  ["of other pods", [service({ selector: { app: "db" } })], []],
  ["without a selector", [service({ selector: undefined })], []],
  ["of another namespace", [service({}, { namespace: "other" })], []],
  ["of another namespace, without an address", [service({ clusterIP: "None" }, { namespace: "other" })], []],
  ["for another name", [service({ type: "ExternalName", externalName: "app.example.org" })], []],
  ["over UDP", [service({ ports: [PORT, { port: 53, protocol: "UDP" }] })], []],
  ["over IPv6 alone", [service({ ipFamilies: ["IPv6"] })], []],
])("a Service that leads to the pod %s", (_, objects, expected) => {
  expect(own(...objects)).toEqual(expected);
});

test("of two Services of one name, the pod's namespace decides", () => {
  const other = service({ ports: [{ port: 81, targetPort: 8_080 }] }, { namespace: "other" });
  expect(own(other, service())).toEqual([APP]);
});
