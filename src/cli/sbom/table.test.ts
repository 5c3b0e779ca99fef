import fc from "fast-check";
import { expect, test } from "vitest";
import { asMasked } from "../../../test/fixtures/masked.ts";
import { sbomContents } from "../../../test/fixtures/sbom-contents.ts";
import type { ComponentFacts, ImagePackages } from "../../contract/package-facts.ts";
import type { SbomContent } from "../../sbom/documents/document.ts";
import { sbomTable } from "./table.ts";

const [SOME] = fc.sample(sbomContents, { numRuns: 1, seed: 1 });

function content(packages: Partial<ImagePackages>, gaps: SbomContent["gaps"] = []): SbomContent {
  if (SOME === undefined) throw new Error("no sample");
  const { os: _os, ...others } = SOME.packages;
  return { ...SOME, packages: asMasked({ ...others, components: [], ...packages }), gaps };
}

const NPM: ComponentFacts = {
  type: "npm",
  name: "a",
  version: "1",
  path: "/app/a/package.json",
  layer: 0,
  cataloger: "node-modules",
};

const PLAIN = { lang: "en", color: false, verbose: false } as const;

function notes(table: string): readonly string[] {
  const at = table.indexOf("\n\n", table.indexOf("total"));
  return table
    .slice(at)
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("--verbose"));
}

test("a package counts once for each layer, and once in all", () => {
  const places = [
    NPM,
    { ...NPM, layer: 2 },
    { ...NPM, layer: 2, path: "/b" },
    { ...NPM, name: "b", layer: 2 },
  ];
  expect(sbomTable(content({ components: places }), PLAIN)).toContain(
    "  npm           2  1: 1 · 3: 2\n  total         2\n",
  );
});

test("what is missing, hidden, without a package or from elsewhere stands below the counts", () => {
  const table = sbomTable(
    content(
      {
        components: [NPM],
        hidings: [
          {
            path: "/lib/apk/db/installed",
            layer: 0,
            cataloger: "apk",
            packages: 12,
            names: [],
            by: { layer: 1, way: "deleted" },
          },
        ],
        executables: {
          count: 9,
          bytes: 1_000,
          unowned: 2,
          unownedBytes: 1,
          largestUnowned: [
            { path: "/app/server", layer: 1, bytes: 1, kind: "program" },
            { path: "/app/\u001b[31m.so", layer: 1, bytes: 0, kind: "library" },
          ],
        },
        repositories: ["a", "b", "c", "d"].map((name) => ({
          manager: "apt" as const,
          address: `${name}.example.fr/debian`,
          path: "/etc/apt/sources.list",
          layer: 1,
        })),
      },
      [{ fr: "x", en: "x" }],
    ),
    { ...PLAIN, width: 200 },
  );
  expect(notes(table)).toEqual([
    "Incomplete: 1 unread, named on stderr; the packages in them are missing.",
    "Hidden: 12 packages of /lib/apk/db/installed (layer 1), which layer 2 took away; their files are there.",
    String.raw`Without a package: 2 programs or libraries, 1 % of their bytes; the largest: /app/server, /app/\u001b[31m.so.`,
    "Repositories of others: apt a.example.fr/debian, apt b.example.fr/debian, apt c.example.fr/debian, ….",
  ]);
});

test("few repositories are all named, and one layer is one", () => {
  const repositories = [{ manager: "apt" as const, address: "a.example.fr", path: "/a", layer: 0 }];
  const one = content({ components: [NPM], repositories });
  const table = sbomTable(
    { ...one, subject: { ...one.subject, diffIds: one.subject.diffIds.slice(0, 1) } },
    PLAIN,
  );
  expect(table).toContain("linux/amd64 · 1 layer · unknown system (no os-release)");
  expect(notes(table)).toEqual(["Repositories of others: apt a.example.fr."]);
});

test("an image that states nothing has its notes all the same", () => {
  const table = sbomTable(content({}, [{ fr: "x", en: "x" }]), { ...PLAIN, lang: "fr" });
  expect(table).toContain("Aucun paquet");
  expect(table).toContain("Incomplet : lectures impossibles : 1");
});

test("no name of an image acts on the terminal", () => {
  fc.assert(
    fc.property(sbomContents, fc.integer({ min: 40, max: 120 }), fc.boolean(), (image, width, verbose) => {
      const table = sbomTable(image, { ...PLAIN, width, verbose });
      expect(table).not.toMatch(/(?!\n)\p{Cc}/u);
    }),
  );
});
