import { expect, test } from "vitest";
import { workloadFacts } from "../../../../test/fixtures/workload-facts.ts";
import { placements } from "../../../contract/pod-containers.ts";
import { effectiveUser } from "./effective-user.ts";

function user(own?: number, ofPod?: number, invalid?: string) {
  const workload = workloadFacts({
    ...(ofPod === undefined ? {} : { securityContext: { runAsUser: ofPod } }),
    containers: [{ name: "web", securityContext: own === undefined ? {} : { runAsUser: own } }],
    facts: { invalid: invalid === undefined ? [] : [{ path: invalid, problem: { fr: "non", en: "no" } }] },
  });
  const [placement] = placements(workload);
  return placement && effectiveUser(workload, placement);
}

const OF_POD = "spec.template.spec.securityContext.runAsUser";
const OWN = "spec.template.spec.containers[0].securityContext.runAsUser";

test.each([
  [1000, undefined, { uid: 1000 }],
  [1000, 0, { uid: 1000 }],
  [undefined, 1001, { uid: 1001 }],
  [0, 1001, {}],
  [undefined, undefined, {}],
  [-1, undefined, {}],
  [2 ** 31, undefined, {}],
])("container %s, pod %s: %j", (own, ofPod, expected) => {
  expect(user(own, ofPod)).toEqual(expected);
});

test("what is not valid leaves it open, unless the container has its own", () => {
  expect(user(undefined, 1000, OWN)).toMatchObject({ invalid: { path: OWN } });
  expect(user(undefined, undefined, OF_POD)).toMatchObject({ invalid: { path: OF_POD } });
  expect(user(1000, undefined, OF_POD)).toEqual({ uid: 1000 });
});
