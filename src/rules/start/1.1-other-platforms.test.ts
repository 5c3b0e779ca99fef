import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { JUDGING_DEFAULTS } from "../../contract/judging-facts.ts";
import type { PodSpecFacts } from "../../contract/pod-facts.ts";
import { otherPlatforms } from "./1.1-other-platforms.ts";

const TWO = ["linux/arm64", "linux/s390x"];

function check(listed: readonly string[] | undefined, spec?: Partial<PodSpecFacts>, platform?: string) {
  const others = listed === undefined ? {} : { otherPlatforms: listed };
  return checkRule(otherPlatforms, {
    image: imageFacts({ facts: others }),
    ...(spec === undefined ? {} : { workload: workloadFacts(spec) }),
    ...(platform === undefined
      ? {}
      : { judging: { at: "2026-06-15T00:00:00.000Z", ...JUDGING_DEFAULTS, platform } }),
  });
}

describe("the images that were not judged are named", () => {
  test.each<[string, readonly string[], Partial<PodSpecFacts> | undefined, string]>([
    ["an image alone", TWO, undefined, "linux/arm64, linux/s390x"],
    ["pods of any node", TWO, {}, "linux/arm64, linux/s390x"],
    [
      "pods of two architectures",
      TWO,
      {
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [
                { matchExpressions: [{ key: "kubernetes.io/arch", operator: "NotIn", values: ["s390x"] }] },
              ],
            },
          },
        },
      },
      "platforms would run: linux/arm64",
    ],
    ["many", ["a", "b", "c", "d", "e", "f"].map((one) => `linux/${one}`), {}, "linux/e, …"],
  ])("%s", (_, listed, spec, says) => {
    expect(check(listed, spec)).toMatchObject({
      status: "pass",
      notes: [{ message: { en: expect.stringContaining(says) } }],
    });
  });
});

describe("nothing to name", () => {
  test.each<[string, readonly string[] | undefined, Partial<PodSpecFacts>, string | undefined]>([
    ["an image of one platform", undefined, {}, undefined],
    [
      "pods that are kept from the others",
      TWO,
      { nodeSelector: { "kubernetes.io/arch": "amd64" } },
      undefined,
    ],
    ["a policy that fixes the platform of all nodes", TWO, {}, "linux/amd64"],
  ])("%s", (_, listed, spec, platform) => {
    expect(check(listed, spec, platform)).toEqual({
      status: "pass",
      proof: { fr: "image jugée : linux/amd64", en: "judged image: linux/amd64" },
    });
  });
});
