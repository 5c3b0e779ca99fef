import { expect, test } from "vitest";
import { digestOf, imageFacts } from "../../test/fixtures/image-facts.ts";
import { NO_PACKAGES, sbomFacts } from "../../test/fixtures/sbom-facts.ts";
import type { ComponentFacts } from "../contract/package-facts.ts";
import type { RawSbom } from "../contract/sbom-facts.ts";
import { StoredComponents } from "./stored-components.ts";

function component(name: string, more: Partial<ComponentFacts> = {}): ComponentFacts {
  return { type: "npm", name, version: "1.0.0", path: "/x", layer: 0, cataloger: "node-modules", ...more };
}

function image(number: number, components: readonly ComponentFacts[], more: Partial<RawSbom> = {}) {
  return {
    image: imageFacts({ facts: { source: `image-${number}`, digest: digestOf(number) } }),
    sbom: sbomFacts({ packages: { ...NO_PACKAGES, components }, ...more }),
  };
}

const finding = (purl: string, onlyStated?: true) =>
  ({ component: { purl, ...(onlyStated === undefined ? {} : { onlyStated }) } }) as never;
const unseen = (...unseenPackages: readonly string[]) => ({
  coverage: { ecosystems: [], unseen: { count: unseenPackages.length, names: [] }, unseenPackages },
});

test("packages of several images are one each, with the images that hold them", () => {
  const stored = new StoredComponents();
  stored.add(image(1, [component("a"), component("b")]));
  stored.add(image(2, [component("b"), component("b", { version: "2.0.0" })]));
  expect(stored.components.map(({ facts: { name, version } }) => `${name} ${version}`)).toEqual([
    "a 1.0.0",
    "b 1.0.0",
    "b 2.0.0",
  ]);
  const names = (purl: string) =>
    stored.imagesOf(finding(purl)).map(({ name, digest }) => `${name} ${digest}`);
  const [one, two] = [1, 2].map((number) => `image-${number} ${digestOf(number)}`);
  expect(names("pkg:npm/a@1.0.0")).toEqual([one]);
  expect(names("pkg:npm/b@1.0.0")).toEqual([one, two]);
  expect(names("pkg:npm/b@2.0.0")).toEqual([two]);
  expect(names("pkg:npm/c@1.0.0")).toEqual([]);
  expect([stored.images, stored.without]).toEqual([2, 0]);
});

test("an image counts once, and one without packages is counted apart", () => {
  const stored = new StoredComponents();
  const first = image(1, [component("a")]);
  stored.add(first);
  stored.add(first);
  stored.add({ image: imageFacts({ facts: { digest: digestOf(7) } }) });
  expect([stored.images, stored.without]).toEqual([1, 1]);
  expect(stored.imagesOf(finding("pkg:npm/a@1.0.0"))).toHaveLength(1);
});

test("a package that a distribution installed in one image only is nobody's but its own", () => {
  const own = component("a");
  const distribution = component("a", { ofDistribution: true });
  for (const [first, second] of [
    [own, distribution],
    [distribution, own],
  ] as const) {
    const stored = new StoredComponents();
    stored.add(image(1, [first]));
    stored.add(image(2, [second]));
    expect(stored.components).toEqual([{ facts: own === first ? first : second }]);
  }
  const stored = new StoredComponents();
  stored.add(image(1, [distribution]));
  stored.add(image(2, [distribution]));
  expect(stored.components).toEqual([{ facts: distribution, ofDistribution: true }]);
});

test.each<[string, Partial<ComponentFacts>]>([
  ["type", { type: "pypi" }],
  ["namespace", { namespace: "@x" }],
  ["source", { type: "deb", source: { name: "s", version: "1" } }],
  ["architecture", { type: "deb", architecture: "amd64" }],
  ["qualifier", { type: "rpm", qualifiers: { rpmmod: "nodejs:16" } }],
])("packages that differ by their %s are two", (_, more) => {
  const base = more.type === undefined ? component("a") : component("a", { type: more.type });
  const plain = more.type === "pypi" ? component("a") : base;
  const stored = new StoredComponents();
  stored.add(image(1, [plain, component("a", more)]));
  expect(stored.components).toHaveLength(2);
});

test("packages of one name and version are two in two systems, and in two versions of one", () => {
  const deb = component("a", { type: "deb", namespace: "debian" });
  const on = (id: string, version?: string) => ({
    packages: {
      ...NO_PACKAGES,
      os: { id, ...(version === undefined ? {} : { version }) },
      components: [deb],
    },
  });
  const stored = new StoredComponents();
  const systems = [
    on("debian", "12"),
    on("debian", "13"),
    on("ubuntu", "24.04"),
    on("debian"),
    on("debian", "12"),
  ];
  for (const [at, system] of systems.entries()) stored.add(image(at + 1, [], system));
  expect(stored.components.map(({ os }) => [os?.id, os?.version])).toEqual([
    ["debian", "12"],
    ["debian", "13"],
    ["ubuntu", "24.04"],
    ["debian", undefined],
  ]);
});

test("packages that only SBOMs name are apart, with the images whose SBOMs do", () => {
  const stored = new StoredComponents();
  stored.add(image(1, [], unseen("npm/left-pad@1.0.0", "no package")));
  stored.add(image(2, [], unseen("npm/left-pad@1.0.0")));
  expect(stored.stated).toEqual(["npm/left-pad@1.0.0", "no package"]);
  const purl = "pkg:npm/left-pad@1.0.0";
  expect(stored.imagesOf(finding(purl, true)).map(({ name }) => name)).toEqual(["image-1", "image-2"]);
  expect(stored.imagesOf(finding(purl))).toEqual([]);
});

test("images whose packages are unknown are named by the reason", () => {
  const stored = new StoredComponents();
  const unread = {
    packages: { ...NO_PACKAGES, unread: [{ path: "/a", cataloger: "dpkg", why: "damaged", layer: 0 }] },
  } as const;
  stored.add(image(1, [], unread));
  stored.add(image(2, [], unread));
  stored.add(image(3, [component("a")]));
  expect(stored.unread.map(({ images }) => images.map(({ name }) => name))).toEqual([["image-1", "image-2"]]);
  expect(stored.unread[0]?.reason.en).toContain("/a");
});

test("packages of one name from two sources are two, and alike ones of each are one", () => {
  const from = (name: string) => component("a", { type: "deb", source: { name, version: "1" } });
  const stored = new StoredComponents();
  stored.add(image(1, [from("s"), from("t")]));
  stored.add(image(2, [from("s"), from("t")]));
  expect(stored.components.map(({ facts }) => facts.source?.name)).toEqual(["s", "t"]);
});
