import { expect, test } from "vitest";
import { locatedAt } from "../../../test/fixtures/object-location.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { serviceAddresses } from "./1.3-service-addresses.ts";

function check(field: string, address: string) {
  const effect = { is: "address", field, address } as const;
  const related = [{ kind: "Service", name: "db", at: locatedAt("svc.yaml", 3), effect }];
  return serviceAddresses.check({ workload: workloadFacts({ facts: { related } }) });
}

test.each([
  ["spec.clusterIP", "10.96.3.4"],
  ["spec.externalIPs[0]", "8.8.8.8"],
  ["spec.externalName", "10.1.2.3"],
  ["subsets[0].addresses[0].ip", "fd00:1::2"],
  ["spec.externalName", "10.1.2.3."],
  ["spec.externalName", "db.10.1.2.3.nip.io"],
  ["spec.externalName", "167838211"],
  ["spec.endpoints[0].address", "10.1.2.3"],
  ["spec.addresses[0]", "10.1.2.3"],
])("%s %s is fixed", (field, address) => {
  expect(check(field, address)).toMatchObject({
    status: "fail",
    presumed: true,
    findings: [
      {
        message: { en: `Service db fixes the address ${address} (${field})` },
        fingerprint: expect.stringContaining(":Service:db:"),
        at: { file: "svc.yaml", line: 3 },
      },
    ],
  });
});

test.each([
  "spec.loadBalancerIP",
  "spec.addresses[0].value",
  "spec.endpoints[1].targets[0]",
  'metadata.annotations["external-dns.alpha.kubernetes.io/target"]',
])("%s is a way in, and noted", (field) => {
  expect(check(field, "192.168.3.4")).toMatchObject({ status: "pass", notes: [{}] });
});

test.each(["db1.example.org", "127.0.0.1.nip.io", "app-1-2-3-4.example.org"])("%s is a name", (name) => {
  expect(check("spec.externalName", name)).toMatchObject({ status: "pass", notes: [] });
});

test.each(["127.0.0.1", "169.254.20.10", "::1"])("%s is no other machine's", (address) => {
  expect(check("subsets[0].addresses[0].ip", address)).toMatchObject({ status: "pass", notes: [] });
});

test("objects of other kinds and a workload alone fix none", () => {
  const related = [{ kind: "X", name: "x", at: locatedAt("x.yaml", 1), effect: { is: "mutation" } as const }];
  expect(serviceAddresses.check({ workload: workloadFacts({ facts: { related } }) })).toMatchObject({
    status: "pass",
  });
  expect(serviceAddresses.check({ workload: workloadFacts() })).toMatchObject({ status: "pass" });
});
