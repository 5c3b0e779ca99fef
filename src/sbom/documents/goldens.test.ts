import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { golden } from "../../../test/fixtures/golden.ts";
import { asMasked } from "../../../test/fixtures/masked.ts";
import { digestOf } from "../../../test/fixtures/sbom-contents.ts";
import type { ComponentFacts, ImagePackages } from "../../contract/package-facts.ts";
import { asDocument, DOCUMENT_FORMATS } from "../formats/formats.ts";
import { cycloneDx } from "./cyclonedx.ts";
import type { SbomContent } from "./document.ts";
import { readSbom } from "./read/read-sbom.ts";
import { completenessText, spdx } from "./spdx.ts";
import { spdx3 } from "./spdx3.ts";

const GOLDENS = join(import.meta.dirname, "__goldens__");

const FORMATS: readonly (readonly [string, (content: SbomContent) => object])[] = [
  ["cyclonedx-1.6", (content) => cycloneDx(content, "1.6")],
  ["spdx-2.3", spdx],
  ["spdx-3.0.1", spdx3],
];

const LIBC: ComponentFacts = {
  type: "deb",
  name: "libc6",
  version: "2.41-12",
  architecture: "amd64",
  source: { name: "glibc", version: "2.41-12" },
  licenses: ["LGPL-2.1-or-later", "GPL-2.0-only"],
  supplier: "GNU Libc Maintainers",
  path: "/var/lib/dpkg/status",
  layer: 0,
  cataloger: "dpkg",
  ofBase: true,
};

const BABEL: ComponentFacts = {
  type: "npm",
  namespace: "@babel",
  name: "core",
  version: "7.28.0",
  alias: "babel",
  licenses: ["MIT"],
  path: "/app/node_modules/babel/package.json",
  layer: 1,
  cataloger: "node-modules",
};

const COMPONENTS: readonly ComponentFacts[] = [
  LIBC,
  { ...LIBC, name: "libc-bin" },
  BABEL,
  { ...BABEL, path: "/app/other/package.json", supplier: "Babel" },
  {
    type: "maven",
    namespace: "org.example",
    groupGuessed: true,
    name: "core",
    version: "1.0",
    licenses: ["LicenseRef-own", "as is"],
    path: "/app/app.jar",
    inside: "BOOT-INF/lib/core-1.0.jar",
    layer: 1,
    cataloger: "java",
    hidden: true,
  },
  {
    type: "golang",
    namespace: "golang.org/x",
    name: "sys",
    version: "",
    path: "/usr/bin/tool",
    layer: 1,
    cataloger: "go-buildinfo",
  },
  {
    type: "rpm",
    name: "bash",
    version: "1:5.1.8-6.el9",
    source: { name: "bash", version: "5.1.8-6.el9" },
    qualifiers: { rpmmod: "shells:1" },
    path: "/mnt/var/lib/rpm/rpmdb.sqlite",
    layer: 1,
    cataloger: "rpm",
    ofOtherSystem: true,
  },
  {
    type: "deb",
    name: "tzdata",
    version: "2026a-1",
    path: "/var/lib/chisel/manifest.wall",
    layer: 0,
    cataloger: "chisel",
  },
  {
    type: "pypi",
    name: "requests",
    version: "2.32.3",
    licenses: ["Apache-2.0"],
    path: "/usr/lib/python3/dist-packages/requests-2.32.3.dist-info/METADATA",
    layer: 0,
    cataloger: "python",
    ofDistribution: true,
  },
];

/** An image with packages of each kind, with every fact that a document states. */
function contentOf(packages: Partial<ImagePackages>, gaps: SbomContent["gaps"]): SbomContent {
  return {
    subject: {
      reference: {
        given: "registry.example.fr/team/portal:1",
        transport: "registry",
        registry: "registry.example.fr",
        repository: "team/portal",
      },
      digest: digestOf(254),
      imageId: digestOf(255),
      platform: "linux/amd64",
      diffIds: [digestOf(0), digestOf(1)],
    },
    packages: asMasked({
      components: COMPONENTS,
      unread: [],
      hidings: [],
      executables: { count: 1, bytes: 1, unowned: 0, unownedBytes: 0, largestUnowned: [] },
      repositories: [],
      unidentified: [],
      ...packages,
    }),
    gaps,
    douane: "0.1.0",
    created: new Date("2026-06-15T12:00:00.250Z"),
  };
}

const DEBIAN = { os: { id: "debian", version: "13", name: "Debian GNU/Linux 13 (trixie)" } };
const GAP = { fr: "/a est illisible.", en: "/a is not readable." };
const UNOWNED = { count: 1, bytes: 1, unowned: 1, unownedBytes: 1, largestUnowned: [] };

describe.each(FORMATS)("%s", (name, write) => {
  test.each([
    ["whole", contentOf(DEBIAN, [])],
    ["cut", contentOf({ os: { id: "arch" }, components: COMPONENTS.slice(0, 1) }, [GAP])],
    ["bare", contentOf({ components: [], executables: UNOWNED }, [])],
  ])("the document of an image, %s, and what is read from it", (image, content) => {
    const written = `${JSON.stringify(write(content), undefined, 2)}\n`;
    expect(written).toBe(golden(join(GOLDENS, `${name}.${image}.json`), written));
    const read = `${JSON.stringify(readSbom(Buffer.from(written), "a.json"), undefined, 2)}\n`;
    expect(read).toBe(golden(join(GOLDENS, `${name}.${image}.read.json`), read));
  });
});

test.each([
  ["cyclonedx", "CycloneDX", "1.6"],
  ["cyclonedx-1.6", "CycloneDX", "1.6"],
  ["cyclonedx-1.7", "CycloneDX", "1.7"],
  ["spdx", "SPDX", "2.3"],
  ["spdx-2.3", "SPDX", "2.3"],
  ["spdx-3", "SPDX", "3.0.1"],
  ["spdx-3.0.1", "SPDX", "3.0.1"],
] as const)("the format %s is %s %s", (name, format, version) => {
  const written = Buffer.from(JSON.stringify(DOCUMENT_FORMATS[name](contentOf(DEBIAN, []))));
  expect(readSbom(written, "a.json")).toMatchObject({ document: { format, version } });
});

test("every name of a format has its version", () => {
  expect(Object.keys(DOCUMENT_FORMATS)).toHaveLength(7);
  expect(asDocument(contentOf(DEBIAN, []))).toMatchObject({ format: "CycloneDX", version: "1.6" });
});

test("CycloneDX 1.7 differs from 1.6 in its version, and so in its serial number", () => {
  const [one, other] = (["1.6", "1.7"] as const).map((version) => {
    const text = JSON.stringify(cycloneDx(contentOf(DEBIAN, []), version));
    return { serial: /urn:uuid:[0-9a-f-]{36}/.exec(text)?.[0] ?? "", text };
  });
  expect(other?.serial).not.toBe(one?.serial);
  expect(other?.text).toBe(
    one?.text
      .replace(one.serial, other?.serial ?? "")
      .replace("bom-1.6.schema", "bom-1.7.schema")
      .replace('"specVersion":"1.6"', '"specVersion":"1.7"'),
  );
});

test.each([
  ["all was read", [], 0, "Complete: all layers and lists of packages were read."],
  [
    "a program has no package",
    [],
    1,
    "Programs or libraries are in the image that no package gives an account of.",
  ],
  ["a list was not read", [GAP], 1, "Incomplete: not all of the image could be read."],
])("where %s, the document says so", (_, gaps, unowned, text) => {
  expect(completenessText(contentOf({ executables: { ...UNOWNED, unowned } }, gaps))).toBe(text);
});
