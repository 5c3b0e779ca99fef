import { describe, expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { namedImages } from "../../evidence/named-images.ts";
import type { ImageReplacement } from "../run/image-replacement.ts";
import { baseOf, placedImages, replacedImage } from "./replacement.ts";

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

const named = (count: number) => namedImages([workloadFacts({ containers: TWO.slice(0, count) })]).images;

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

describe("images beside manifests", () => {
  const LOOSE = { orAlone: true } as const;

  test("the manifests' own image takes its place without a word, another one of its name with one", () => {
    const [own = "", other] = [TWO[0]?.image, "registry.example/team/web:2.0.0"];
    const placed = (source: string) => placedImages(named(1), [{ source, ...LOOSE }]);
    expect(placed(own)).toMatchObject({ standalone: [], warnings: [] });
    expect([...placed(own).overrides]).toEqual([[own, own]]);
    expect(placed(other).warnings).toHaveLength(1);
  });

  const OF_REGISTRY = { ...LOOSE, byNameOnly: true } as const;
  test.each<
    [string, number, readonly ImageReplacement[], Readonly<Record<string, string>>, readonly string[]]
  >([
    ["a local one is for the only image", 1, [{ source: "oci:x", ...LOOSE }], { web: "oci:x" }, []],
    [
      "a registry's of another name is for none",
      1,
      [{ source: "r.example/api:1", ...OF_REGISTRY }],
      {},
      ["r.example/api:1"],
    ],
    [
      "a registry's of its name is",
      1,
      [{ source: "r.example/web:2", ...OF_REGISTRY }],
      { web: "r.example/web:2" },
      [],
    ],
    ["one of two, by its name", 2, [{ source: "oci:out/proxy", ...LOOSE }], { proxy: "oci:out/proxy" }, []],
    ["for none of two, by no name", 2, [{ source: "oci:x", ...LOOSE }], {}, ["oci:x"]],
    [
      "two for one place",
      1,
      [
        { source: "oci:a/web", ...LOOSE },
        { source: "oci:b/web", ...LOOSE },
      ],
      {},
      ["oci:a/web", "oci:b/web"],
    ],
    [
      "two for two",
      2,
      [
        { source: "oci:web", ...LOOSE },
        { source: "oci:proxy", ...LOOSE },
      ],
      { web: "oci:web", proxy: "oci:proxy" },
      [],
    ],
    [
      "the place is taken",
      1,
      [
        { source: "oci:a", place: "web" },
        { source: "oci:b", ...LOOSE },
      ],
      { web: "oci:a" },
      ["oci:b"],
    ],
    ["a place by its container", 2, [{ source: "oci:a", place: "proxy" }], { proxy: "oci:a" }, []],
    [
      "a place by its repository",
      2,
      [{ source: "oci:a", place: "registry.example/team/web" }],
      { web: "oci:a" },
      [],
    ],
    ["no manifest names an image", 0, [{ source: "oci:a", ...LOOSE }], {}, ["oci:a"]],
  ])("%s", (_, count, replacements, instead, alone) => {
    const placed = placedImages(named(count), replacements);
    const byName = [...placed.overrides].map(([text, source]) => [
      text.includes("proxy") ? "proxy" : "web",
      source,
    ]);
    expect([Object.fromEntries(byName), placed.standalone]).toEqual([instead, alone]);
    expect(placed.warnings.length).toBe(
      count === 0 ? 0 : replacements.filter(({ orAlone }) => orAlone).length,
    );
  });

  test.each<[string, readonly ImageReplacement[]]>([
    ["no container and no image of this name", [{ source: "oci:a", place: "api" }]],
    [
      "two images would take the place",
      [
        { source: "oci:a", place: "web" },
        { source: "oci:b", place: "web" },
      ],
    ],
  ])("%s", (said, replacements) => {
    expect(() => placedImages(named(2), replacements)).toThrow(said);
  });
});

test.each([
  ["registry.example/team/web:1.2@sha256:0", "web"],
  ["registry.example:5000/web", "web"],
  ["web", "web"],
  ["web:1", "web"],
  ["oci:build/web", "web"],
  ["oci:build/web:1", "web"],
  ["oci-archive:out/web.tar", "web"],
  ["docker-archive:web.tar.gz", "web"],
  ["docker-daemon:team/web:1", "web"],
  ["podman:web:1", "web"],
  ["docker://team/web:1", "web"],
  ["web.tgz", "web"],
  ["web.tar.x", "web.tar.x"],
  ["my-oci:web", "my-oci"],
  ["", ""],
])("%s is called %s", (text, expected) => {
  expect(baseOf(text)).toBe(expected);
});

test.each([
  [0, "The manifests name no image."],
  [2, 'The manifests name "registry.example/team/web:1.0.0", "registry.example:5000/proxy@sha256:'],
])("of %i images, what the manifests name is said", (count, text) => {
  expect(() => replacedImage(named(count), { source: "oci:x", container: "none" })).toThrow(text);
  expect(() => placedImages(named(count), [{ source: "oci:x", place: "none" }])).toThrow(text);
});

test("an image that several containers name is the place of each", () => {
  const image = "registry.example/team/web:1.0.0";
  const containers = ["web", "job"].map((name) => ({ name, image }));
  const all = [...containers, { name: "proxy", image: "registry.example/proxy:1" }];
  expect(replaced(all, { source: "oci:x", place: "job" })).toBe(image);
  expect(replaced(all, { source: "oci:x", container: "web" })).toBe(image);
});

test("of many images, ten are named", () => {
  const containers = Array.from({ length: 11 }, (_, index) => ({
    name: `c${index}`,
    image: `r.example/i${index}`,
  }));
  const read = () => replaced(containers, { source: "oci:x" });
  expect(read).toThrow('"r.example/i9".');
  expect(read).not.toThrow("i10");
});

test.each([
  ["registry.example/team/web:1.0.0", true],
  ["registry.example/team/web", true],
  ["web", true],
  ["team/web", false],
  ["web:1.0.0", false],
])("the place %s is the first image's: %s", (place, isIt) => {
  // Both containers have another name than their image.
  const containers = TWO.map(({ image }, index) => ({ name: `c${index}`, image }));
  const of = () => replaced(containers, { source: "oci:x", place });
  expect(resultOf(of)).toBe(isIt ? TWO[0]?.image : "image-place");
});

/** Result of the work, or the code of its error. */
function resultOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return (error as { readonly code?: string }).code;
  }
}
