import { expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { PodSpecFacts } from "../../contract/pod-facts.ts";
import type { WorkloadFacts } from "../../contract/workload-facts.ts";
import { hostnameOf, indexVariables, podName } from "./pod-name.ts";

const PARTS = /^(.*)-[b-df-hj-np-tv-xz2-9]{9}-[b-df-hj-np-tv-xz2-9]{5}$/;

test.each<[string | undefined, string, string]>([
  ["portal", "registry.example/team/web:1.2", "portal"],
  ["portal.v2", "x", "portal-v2"],
  [undefined, "registry.example:5000/team/web:1.2.3", "web"],
  [undefined, `registry.example/web@sha256:${"0".repeat(64)}`, "web"],
  [undefined, "oci:build/My_App:test", "my-app"],
  [undefined, "docker-daemon:web:latest", "web"],
  [undefined, "///", "app"],
  ["", "été", "t"],
  [undefined, "w".repeat(100), "w".repeat(47)],
  [undefined, `${"w".repeat(46)}-x`, "w".repeat(46)],
])("a pod of the workload %j with the image %s", (name, source, base) => {
  const workload = name === undefined ? undefined : workloadFacts({ facts: { kind: "Deployment", name } });
  const said = podName(workload, source);
  expect(PARTS.exec(said)?.[1]).toBe(base);
  expect(said.length).toBeLessThan(64);
  expect(podName(workload, source)).not.toBe(said);
});

test.each<[NonNullable<WorkloadFacts["statefulSet"]>, string]>([
  [{}, "db-0"],
  [{ serviceName: "db" }, "db-0"],
  [{ firstOrdinal: 5 }, "db-5"],
])("a pod of a StatefulSet with %j has its ordinal: %s", (statefulSet, name) => {
  const workload = workloadFacts({ hostname: "a", facts: { kind: "StatefulSet", name: "db", statefulSet } });
  expect(podName(workload, "x")).toBe(name);
  expect(hostnameOf(workload, "x")).toBe(name);
});

test("the controller of a StatefulSet replaces hostname and subdomain of the template", () => {
  const facts = { kind: "StatefulSet", name: "db", statefulSet: { serviceName: "headless" } };
  const spec = { hostname: "a", subdomain: "b", setHostnameAsFQDN: true };
  expect(hostnameOf(workloadFacts({ ...spec, facts }), "x")).toBe("db-0.headless.portal.svc.cluster.local");
  const without = { kind: "StatefulSet", name: "db" };
  expect(hostnameOf(workloadFacts({ ...spec, facts: without }), "x")).toBe("db-0");
});

test.each<[Partial<PodSpecFacts>, string]>([
  [{ hostname: "a" }, "a"],
  [{ hostname: "a", subdomain: "b" }, "a"],
  [{ hostname: "a", setHostnameAsFQDN: true }, "a"],
  [{ hostname: "a", subdomain: "b", setHostnameAsFQDN: true }, "a.b.portal.svc.cluster.local"],
  [{ hostname: "a".repeat(40), subdomain: "b", setHostnameAsFQDN: true }, "a".repeat(40)],
  [{ hostname: "a", subdomain: "b", setHostnameAsFQDN: true, hostnameOverride: "c.example" }, "c.example"],
])("the host name of %j is %s", (spec, name) => {
  expect(hostnameOf(workloadFacts(spec), "x")).toBe(name);
});

test("a pod of an Indexed Job has its index, as host name and variable", () => {
  const facts = { kind: "Job", name: "load", job: { isIndexed: true } } as const;
  expect(hostnameOf(workloadFacts({ hostname: "a", facts }), "x")).toBe("load-0");
  expect([...indexVariables({ job: { isIndexed: true } })]).toEqual([["JOB_COMPLETION_INDEX", "0"]]);
  expect([...indexVariables({ job: { activeDeadlineSeconds: 5 } }), ...indexVariables({})]).toEqual([]);
});
