import { expect, test } from "vitest";
import { locatedAt } from "../../../test/fixtures/object-location.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { RelatedFacts } from "../../contract/related-facts.ts";
import { deviceAdminAccess } from "./1.1-device-admin-access.ts";

const CLAIM = { kind: "ResourceClaim", name: "gpu", at: locatedAt("gpu.yaml", 3) } as const;

function check(related?: readonly RelatedFacts[]) {
  return deviceAdminAccess.check({
    workload: workloadFacts(related === undefined ? {} : { facts: { related } }),
  });
}

test("a claim with adminAccess is refused at its place", () => {
  expect(check([{ ...CLAIM, effect: { is: "admin-access" } }])).toMatchObject({
    status: "fail",
    findings: [
      {
        message: { en: "ResourceClaim gpu asks for admin access (adminAccess) to devices of the node" },
        at: { file: "gpu.yaml", line: 3 },
      },
    ],
  });
});

test("no other object is", () => {
  expect(check().status).toBe("pass");
  expect(check([{ ...CLAIM, effect: { is: "mutation" } }]).status).toBe("pass");
});
