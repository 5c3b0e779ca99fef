import { expect, test } from "vitest";
import { trialFacts } from "../../../../test/fixtures/trial-facts.ts";
import { workloadFacts } from "../../../../test/fixtures/workload-facts.ts";
import { clusterNames } from "./cluster-names.ts";

const SEARCHED = ".default.svc.cluster.local";

function left(dnsPolicy: string | undefined, name: string, answered = true): readonly string[] {
  const workload = workloadFacts(dnsPolicy === undefined ? {} : { dnsPolicy });
  const base = trialFacts();
  const dns = { phase: "read-only", root: "read-only", ms: 1, kind: "dns", type: "A" } as const;
  const trial = { ...base, observations: [...base.observations, { ...dns, name, answered }] };
  return clusterNames({ workload }, trial).map(({ en }) => en);
}

test.each([
  ["Default", "db"],
  ["None", "db"],
  ["Default", `db${SEARCHED}`],
  ["Default", "db.shop.svc"],
  ["Default", `db.shop.svc${SEARCHED}`],
  ["Default", "db.shop.svc.cluster.local"],
])("with dnsPolicy %s, the pod does not resolve %s", (policy, name) => {
  expect(left(policy, name)).toEqual([expect.stringContaining(`dnsPolicy: ${policy}`)]);
});

test.each([
  [undefined, "db", true],
  ["ClusterFirst", "db", true],
  ["ClusterFirstWithHostNet", "db.shop.svc", true],
  // Names that the node's DNS may know, and those that nobody answered.
  ["Default", "db.example.org", true],
  ["Default", `db.example.org${SEARCHED}`, true],
  ["Default", "svc.example.org", true],
  ["Default", "db", false],
])("with dnsPolicy %s, nothing is left open by %s, answered: %s", (policy, name, answered) => {
  expect(left(policy, name, answered)).toEqual([]);
});
