// Rows that rest on the image: of an index, the image that the pod's nodes run is judged.

import type { Answer } from "../../../src/contract/verdict.ts";
import { type ImageValue, withConfig, withFields } from "../../fixtures/image/image.ts";
import type { Manifest } from "../../fixtures/manifests.ts";
import { smallImage } from "../../fixtures/small-image.ts";
import type { Case, Cases } from "../case.ts";
import { manifests, web } from "../given/folder.ts";
import type { Given } from "../given/given.ts";

const ARCH = "kubernetes.io/arch";
const RUNS = "1.1: the image that runs is root; the other one does not run.";
const ELSEWHERE = "The image that runs is not root.";
const OTHER = "1.1: what was judged does not run on these nodes.";

const AMD64 = smallImage();
const ROOT_ON_ARM64 = withFields(withConfig(smallImage(), { User: "0" }), { architecture: "arm64" });
const BOTH = [AMD64, ROOT_ON_ARM64];

export const cases: Cases = [
  placed("nodeSelector arm64", { nodeSelector: { [ARCH]: "arm64" } }, "no", RUNS),
  placed("the older label", { nodeSelector: { "beta.kubernetes.io/arch": "arm64" } }, "no", RUNS),
  placed("nodeAffinity In", required(condition("In", "arm64")), "no", RUNS),
  placed(
    "nodeAffinity of one architecture, beside an alternative that matches no node",
    required({}, condition("In", "arm64")),
    "no",
    RUNS,
  ),
  placed("nodeSelector windows", { nodeSelector: { "kubernetes.io/os": "windows" } }, "unproven", OTHER),
  placed(
    "nodeSelector of a misspelled architecture",
    { nodeSelector: { [ARCH]: "x86_64" } },
    "unproven",
    OTHER,
  ),
  {
    ...placed(
      "nodeSelector arm64, but --platform linux/amd64",
      { nodeSelector: { [ARCH]: "arm64" } },
      "unproven",
      OTHER,
    ),
    given: { ...given({ nodeSelector: { [ARCH]: "arm64" } }, BOTH), platform: "linux/amd64" },
  },
  {
    ...placed("nodeSelector arm64, of an image that is for amd64 alone", {}, "unproven", OTHER),
    given: given({ nodeSelector: { [ARCH]: "arm64" } }, AMD64),
    tells: "for nodes of linux/arm64 (nodeSelector, nodeAffinity)",
  },
  placed("nodeSelector amd64", { nodeSelector: { [ARCH]: "amd64" } }, "yes", ELSEWHERE),
  placed("nodeAffinity NotIn arm64", required(condition("NotIn", "arm64", "arm", "386")), "yes", ELSEWHERE, [
    AMD64,
    withFields(AMD64, { architecture: "s390x" }),
  ]),
  placed("labels of another meaning", { nodeSelector: { "example.org/arch": "arm64" } }, "yes", ELSEWHERE, [
    AMD64,
  ]),
  placed(
    "a preference for arm64, on an image of one platform",
    {
      affinity: {
        nodeAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 1, preference: condition("In", "arm64") },
          ],
        },
      },
    },
    "yes",
    "A preference keeps the pod from no node.",
    AMD64,
  ),
];

function placed(
  name: string,
  pod: Manifest,
  answer: Answer,
  why: string,
  images: ImageValue | readonly ImageValue[] = BOTH,
): Case {
  const trap = answer === "yes" ? ({ trap: true } as const) : {};
  return { name, given: given(pod, images), expect: { "non-root": answer }, ...trap, why };
}

function given(pod: Manifest, images: ImageValue | readonly ImageValue[]): Given {
  return { ...manifests(web({}, pod)), images: { "aides/web": images }, platform: null };
}

function required(...nodeSelectorTerms: readonly Manifest[]): Manifest {
  return {
    affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } },
  };
}

function condition(operator: string, ...values: readonly string[]): Manifest {
  return { matchExpressions: [{ key: ARCH, operator, values }] };
}
