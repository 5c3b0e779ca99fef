import { describe, expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { namedImages } from "../../evidence/named-images.ts";
import { type ImageReplacement, replacedImage } from "./replacement.ts";

const TWO = [
  { name: "web", image: "registry.example/team/web:1.0.0" },
  { name: "proxy", image: "registry.example:5000/proxy@sha256:".concat("0".repeat(64)) },
];

function replaced(
  containers: readonly { readonly name: string; readonly image: string }[],
  instead: ImageReplacement,
) {
  return replacedImage(namedImages([workloadFacts({ containers })]).images, instead);
}

describe("the image of the manifests whose place another one takes", () => {
  test.each<[number, ImageReplacement, string | undefined]>([
    [1, { source: "oci:anything" }, TWO[0]?.image],
    [2, { source: "other.example/web:2" }, TWO[0]?.image],
    [2, { source: "oci:build/proxy:test" }, TWO[1]?.image],
    [2, { source: "oci:anything", container: "proxy" }, TWO[1]?.image],
  ])("%i containers, %j", (count, instead, image) => {
    expect(replaced(TWO.slice(0, count), instead)).toBe(image);
  });

  test.each<[number, ImageReplacement]>([
    [2, { source: "oci:anything" }],
    [2, { source: "oci:anything", container: "none" }],
    [0, { source: "oci:anything" }],
  ])("%i containers, %j is not clear", (count, instead) => {
    expect(() => replaced(TWO.slice(0, count), instead)).toThrow("Say which by --container NAME");
  });
});
