import { expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { clusterResolver } from "../../contract/pod-defaults.ts";
import type { PodSpecFacts } from "../../contract/pod-facts.ts";
import { podNames } from "./pod-names.ts";

const CLUSTER_RESOLVER = clusterResolver("portal");
const CLUSTER = CLUSTER_RESOLVER.searches;
const config = { searches: ["corp.example", "svc.cluster.local"], options: [{ name: "ndots", value: "2" }] };

test.each<[Partial<PodSpecFacts>, object]>([
  [{}, { aliases: [], resolver: CLUSTER_RESOLVER }],
  [{ dnsPolicy: "ClusterFirstWithHostNet" }, { aliases: [], resolver: CLUSTER_RESOLVER }],
  [{ dnsPolicy: "Default" }, { aliases: [], resolver: { searches: [], options: [] } }],
  [
    { dnsConfig: config },
    { aliases: [], resolver: { searches: [...CLUSTER, "corp.example"], options: ["ndots:2"] } },
  ],
  [
    {
      dnsPolicy: "None",
      dnsConfig: { ...config, options: [{ name: "edns0" }, { name: "use-vc", value: "" }] },
    },
    {
      aliases: [],
      resolver: { searches: ["corp.example", "svc.cluster.local"], options: ["edns0", "use-vc"] },
    },
  ],
  // A line break would be another line of resolv.conf.
  [
    { dnsPolicy: "None", dnsConfig: { searches: ["a\nnameserver 10.0.0.1", "b"] } },
    { aliases: [], resolver: { searches: ["b"], options: [] } },
  ],
  [{ subdomain: "web" }, { aliases: [], resolver: CLUSTER_RESOLVER, domain: "web.portal.svc.cluster.local" }],
  [
    { subdomain: "web", hostnameOverride: "x" },
    { aliases: [], resolver: CLUSTER_RESOLVER },
  ],
  [
    { hostAliases: [{ ip: "127.0.0.1", hostnames: ["db"] }] },
    { aliases: [{ ip: "127.0.0.1", hostnames: ["db"] }], resolver: CLUSTER_RESOLVER },
  ],
])("%j → %j", (spec, names) => {
  expect(podNames(workloadFacts(spec))).toEqual({ namespace: "portal", ...names });
});

test("the suffixes are those of the manifest's namespace, otherwise of `default`", () => {
  expect(CLUSTER[0]).toBe("portal.svc.cluster.local");
  const { namespace: _, ...unplaced } = workloadFacts({});
  expect(podNames(unplaced).resolver?.searches[0]).toBe("default.svc.cluster.local");
});

test("at most as many suffixes as Kubernetes allows", () => {
  const searches = Array.from({ length: 40 }, (_, index) => `s${index}`);
  const { resolver } = podNames(workloadFacts({ dnsConfig: { searches } }));
  expect(resolver?.searches).toHaveLength(32);
});

test("a pod of a StatefulSet has a full name below serviceName, not below the template's subdomain", () => {
  const facts = { kind: "StatefulSet", name: "db", statefulSet: { serviceName: "headless" } };
  expect(podNames(workloadFacts({ subdomain: "b", facts })).domain).toBe("headless.portal.svc.cluster.local");
  expect(podNames(workloadFacts({ subdomain: "b", facts: { kind: "StatefulSet" } })).domain).toBeUndefined();
});
