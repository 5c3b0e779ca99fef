import { expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { wantedPlatform } from "../../image/documents/platform.ts";
import { fixedPlatform } from "./fixed-platform.ts";

const own = wantedPlatform().architecture;

function fixed(...values: readonly string[]) {
  const term = { matchExpressions: [{ key: "kubernetes.io/arch", operator: "In", values }] };
  return workloadFacts({
    affinity: {
      nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term] } },
    },
  });
}

test.each<[readonly string[], string | undefined, string | undefined]>([
  [["s390x"], undefined, "linux/s390x"],
  [["s390x", "riscv64"], undefined, "linux/riscv64"],
  [["386", own], undefined, `linux/${own}`],
  [["vax"], undefined, undefined],
  [["s390x"], "linux/amd64", undefined],
])("pods of %j, platform %s of the run: %s", (values, asked, expected) => {
  expect(fixedPlatform(fixed(...values), asked)).toBe(expected);
});

test.each([
  ["arm64", "linux/arm64"],
  ["riscv64", "linux/riscv64"],
  ["s390x", "linux/amd64"],
])(
  "of several architectures, a machine of %s takes its own, otherwise the usual one: %s",
  (here, expected) => {
    expect(fixedPlatform(fixed("riscv64", "arm64", "amd64"), undefined, here)).toBe(expected);
  },
);

test("pods of any node take the platform of the run", () => {
  expect(fixedPlatform(workloadFacts(), undefined)).toBeUndefined();
});
