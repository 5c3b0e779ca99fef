import { expect, test } from "vitest";
import { digestOf } from "../../../test/fixtures/image-facts.ts";
import type { DocumentComponent, SbomDocument } from "../../sbom/documents/read/sbom-document.ts";
import { componentsOfDocument } from "./document-components.ts";

const FACTS = { type: "npm", name: "a", version: "1" } as const;
const OS = { id: "debian", version: "12" };
const LAYERS = [digestOf(1), digestOf(2)];

function converted(component: Partial<DocumentComponent>, document: Partial<SbomDocument> = {}) {
  const whole = { ref: "", name: "a", version: "1", catalogers: [], places: [], missing: [], ...component };
  const subject = { diffIds: LAYERS };
  const [one] = componentsOfDocument({ tools: [], subject, ...document, components: [whole] } as never);
  return one;
}

test.each<[string, Partial<DocumentComponent>, object]>([
  ["facts, whose purl follows from them", { facts: FACTS, purl: "pkg:npm/a@1" }, { facts: FACTS }],
  [
    "a name that nothing identifies, with its purl as written",
    { purl: "pkg:what/a@1" },
    { facts: { type: "generic", name: "a", version: "1" }, purl: "pkg:what/a@1" },
  ],
  ["a name alone", {}, { facts: { type: "generic", name: "a", version: "1" } }],
  ["its own release", { facts: FACTS, os: OS }, { facts: FACTS, os: OS }],
  [
    "a place in the first layer",
    { facts: FACTS, places: [{ path: "/x", layer: LAYERS[0] }] as never },
    { facts: FACTS, path: "/x", layer: 0 },
  ],
  [
    "the first of two places, inside an archive",
    { facts: FACTS, places: [{ path: "/x", inside: "y", layer: LAYERS[1] }, { path: "/z" }] as never },
    { facts: FACTS, path: "/x", inside: "y", layer: 1 },
  ],
  [
    "a place in a layer of another image",
    { facts: FACTS, places: [{ path: "/x", layer: digestOf(9) }] as never },
    { facts: FACTS, path: "/x" },
  ],
  [
    "what our own documents say of it",
    { facts: FACTS, ofBase: true, ofDistribution: true },
    { facts: FACTS, ofBase: true, ofDistribution: true },
  ],
  [
    "the reasons why it cannot be compared",
    { missing: ["purl", "agreement", "type", "version", "distro", "upstream"] },
    {
      facts: { type: "generic", name: "a", version: "1" },
      missing: ["unidentified", "contradiction", "type", "distribution", "upstream"],
    },
  ],
  ["no reason for a missing version", { facts: FACTS, missing: ["version"] }, { facts: FACTS }],
])("a component has %s", (_, component, expected) => {
  expect(converted(component)).toStrictEqual({ ...expected, isOtherTools: true });
});

test("the document's release counts for what its distribution installed, unless the component has its own", () => {
  const other = { id: "ubuntu", version: "24.04" };
  const installed = { facts: FACTS, ofDistribution: true } as const;
  expect(converted(installed, { os: OS })?.os).toEqual(OS);
  expect(converted({ ...installed, os: other }, { os: OS })?.os).toEqual(other);
  expect(converted({ facts: FACTS }, { os: OS })).not.toHaveProperty("os");
});

test("without layers no place has one", () => {
  const placed = { facts: FACTS, places: [{ path: "/x", layer: LAYERS[0] }] as never };
  expect(converted(placed, { subject: undefined } as never)).not.toHaveProperty("layer");
});
