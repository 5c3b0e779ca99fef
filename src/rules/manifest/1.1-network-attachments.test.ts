import { expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { networkAttachments } from "./1.1-network-attachments.ts";

function check(annotations: Readonly<Record<string, string>>) {
  return networkAttachments.check({ workload: workloadFacts({ pod: { annotations } }) });
}

test("a further interface leaves rows open, and is named", () => {
  expect(check({ "k8s.v1.cni.cncf.io/networks": "storage" })).toMatchObject({
    status: "unproven",
    doubtful: true,
    reason: {
      en: expect.stringContaining('annotations["k8s.v1.cni.cncf.io/networks"] gives the pods further'),
    },
  });
});

test.each([
  {},
  { "k8s.v1.cni.cncf.io/networks": " " },
  { "k8s.v1.cni.cncf.io/networks": "[]" },
  { "k8s.v1.cni.cncf.io/network-status": "[{}]" },
])("fine: %j", (annotations) => {
  expect(check(annotations).status).toBe("pass");
});
