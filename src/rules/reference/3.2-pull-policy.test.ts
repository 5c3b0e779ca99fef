import { describe, expect, test } from "vitest";
import { containerEvidence } from "../../../test/fixtures/container-evidence.ts";
import { digestOf, referenceFacts } from "../../../test/fixtures/image-facts.ts";
import { asMasked } from "../../../test/fixtures/masked.ts";
import type { ReferenceFacts } from "../../contract/evidence.ts";
import { pullPolicy } from "./3.2-pull-policy.ts";

const { tag: _tag, ...UNTAGGED } = referenceFacts();

function check(imagePullPolicy: string | undefined, reference: ReferenceFacts) {
  const { workload, placement } = containerEvidence(imagePullPolicy === undefined ? {} : { imagePullPolicy });
  return pullPolicy.check({ workload, placement, reference });
}

describe("noted", () => {
  test.each<[string | undefined, ReferenceFacts, string]>([
    ["Never", referenceFacts(), "imagePullPolicy"],
    ["IfNotPresent", referenceFacts({ tag: "main" }), "imagePullPolicy"],
    ["IfNotPresent", referenceFacts({ tag: "latest" }), "imagePullPolicy"],
    ["IfNotPresent", UNTAGGED, "imagePullPolicy"],
    [undefined, referenceFacts({ tag: "1.27" }), "image"],
    ["", referenceFacts({ tag: "main" }), "image"],
  ])("%s %j", (policy, reference, field) => {
    expect(check(policy, reference)).toMatchObject({
      status: "pass",
      notes: [{ at: { file: "web.yaml", path: `spec.template.spec.containers[0].${field}` } }],
    });
  });
});

test("of an image that a volume mounts, at the volume's own fields", () => {
  const { workload } = containerEvidence({});
  const of = (imagePullPolicy: string) => {
    const path = "spec.template.spec.volumes[0].image";
    const placement = asMasked({
      role: "volume" as const,
      path,
      spec: { name: "volumes/a", imagePullPolicy },
    });
    return pullPolicy.check({ workload, placement, reference: referenceFacts({ tag: "main" }) });
  };
  expect(of("Never")).toMatchObject({
    notes: [{ at: { path: "spec.template.spec.volumes[0].image.pullPolicy" } }],
  });
  expect(of("")).toMatchObject({
    notes: [{ at: { path: "spec.template.spec.volumes[0].image.reference" } }],
  });
});

describe("fine", () => {
  test.each<[string | undefined, ReferenceFacts]>([
    ["Always", referenceFacts({ tag: "main" })],
    [undefined, referenceFacts({ tag: "latest" })],
    [undefined, UNTAGGED],
    [undefined, referenceFacts({ tag: "1.4.2" })],
    ["IfNotPresent", referenceFacts({ tag: "main-1a2b3c4" })],
    ["IfNotPresent", referenceFacts({ tag: "main", digest: digestOf(1) })],
    [undefined, { ...UNTAGGED, digest: digestOf(1) }],
  ])("%s %j", (policy, reference) => {
    expect(check(policy, reference)).toMatchObject({ status: "pass", notes: [] });
  });
});
