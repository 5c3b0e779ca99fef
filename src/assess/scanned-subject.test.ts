import { expect, test } from "vitest";
import { digestOf, imageFacts, referenceFacts } from "../../test/fixtures/image-facts.ts";
import { asMasked } from "../../test/fixtures/masked.ts";
import { NO_PACKAGES, sbomFacts } from "../../test/fixtures/sbom-facts.ts";
import { documentSubject, imageSubject } from "./scanned-subject.ts";

const ORIGIN = { by: "own-run", douane: "0.1.0" } as const;
const OS = { id: "debian", version: "13" };

function ofImage(packages: object) {
  const image = imageFacts({ layers: [{}, {}] });
  const sbom = sbomFacts({ packages: { ...NO_PACKAGES, ...packages } });
  return imageSubject({ image, reference: referenceFacts(), sbom, origin: ORIGIN });
}

test("an image is named with its digests, its system and its packages", () => {
  const npm = {
    type: "npm",
    name: "a",
    version: "1",
    path: "/x",
    layer: 0,
    cataloger: "node-modules",
  } as const;
  const { subject, components, layers, evidence, gaps, remarks } = ofImage({ components: [npm], os: OS });
  expect(subject).toMatchObject({
    digest: digestOf(0xa),
    digests: [digestOf(0xa), digestOf(0xb)],
    system: "debian",
  });
  expect(subject.name).toContain("app");
  expect(components).toMatchObject([{ facts: { name: "a" }, os: OS }]);
  expect(layers).toHaveLength(2);
  expect(Object.keys(evidence)).toEqual(["image", "sbom"]);
  expect([gaps, remarks]).toEqual([[], []]);
});

test("a system has its own name, and an image without one has none", () => {
  expect(ofImage({ os: { ...OS, name: "Debian GNU/Linux 13" } }).subject.system).toBe("Debian GNU/Linux 13");
  expect(ofImage({}).subject).not.toHaveProperty("system");
});

test("an image without packages has no components", () => {
  const { components, evidence } = imageSubject({
    image: imageFacts(),
    reference: referenceFacts(),
    origin: ORIGIN,
  });
  expect([components, Object.keys(evidence)]).toEqual([[], ["image"]]);
});

const DOCUMENT = { components: [], tools: [], remarks: [], gaps: [], incomplete: [], problems: [] };

test("a document's subject is what it states, otherwise its file", () => {
  const stated = asMasked({
    ...DOCUMENT,
    os: OS,
    subject: { name: "app", digests: [digestOf(1), digestOf(2)], diffIds: [digestOf(3)] },
    remarks: [{ fr: "f", en: "e" }],
  }) as never;
  const { subject, layers, evidence, remarks } = documentSubject(stated, "a.cdx.json");
  expect(subject).toEqual({
    name: "app",
    digest: digestOf(1),
    digests: [digestOf(1), digestOf(2)],
    system: "debian",
  });
  expect([layers, evidence, remarks]).toEqual([[digestOf(3)], {}, [{ fr: "f", en: "e" }]]);
  const bare = documentSubject(asMasked(DOCUMENT) as never, "a.cdx.json");
  expect(bare.subject).toEqual({ name: "a.cdx.json", digests: [] });
  expect(bare.layers).toEqual([]);
});
