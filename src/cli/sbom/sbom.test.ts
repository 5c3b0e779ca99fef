import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Spec, Validation } from "@cyclonedx/cyclonedx-library";
import { afterAll, describe, expect, test } from "vitest";
import { douane } from "../../../test/fixtures/douane.ts";
import { emptyImage, withConfig, withLayer } from "../../../test/fixtures/image/image.ts";
import { layerOf } from "../../../test/fixtures/image/layer.ts";
import { writeLayout } from "../../../test/fixtures/image/layout.ts";
import { elf } from "../../../test/fixtures/image-packages.ts";
import { zipOf } from "../../../test/fixtures/zip.ts";
import type { TarEntry } from "../../image/tar/write.ts";

const folder = mkdtempSync(join(tmpdir(), "douane-sbom-"));
afterAll(() => rmSync(folder, { recursive: true }));

const MANIFEST = { name: "META-INF/MANIFEST.MF", content: "Implementation-Version: 1.0\n" };
const STATUS = ["libc6", "bash", "tar"]
  .map(
    (name) =>
      `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nSource: s-${name}\nVersion: 1:1.0+b1\n`,
  )
  .join("\n");
const BASE: readonly TarEntry[] = [
  {
    path: "usr/lib/os-release",
    content: 'ID=debian\nVERSION_ID="13"\nPRETTY_NAME="Debian GNU/Linux 13 (trixie)"\n',
  },
  { path: "etc/os-release", type: "symlink", link: "../usr/lib/os-release" },
  { path: "var/lib/dpkg/status", content: STATUS },
];
const APPLICATION: readonly TarEntry[] = [
  {
    path: "app/node_modules/@a/b/package.json",
    content: '{"name":"@a/b","version":"1.2.3","license":"MIT OR ISC"}',
  },
  {
    path: "app/other/node_modules/@a/b/package.json",
    content: '{"name":"@a/b","version":"1.2.3","license":"as is"}',
  },
  {
    path: "app/node_modules/c/package.json",
    content: '{"name":"c","version":"0.0.1","licenses":["MIT","BSD"]}',
  },
];

function image(name: string, ...layers: readonly (readonly TarEntry[])[]): string {
  const value = layers.reduce((below, entries) => withLayer(below, layerOf(entries)), emptyImage());
  writeLayout(withConfig(value, {}), join(folder, name), { ref: "1.0.0" });
  return `oci:${join(folder, name)}:1.0.0`;
}

const portal = image("portal", BASE, APPLICATION);

async function document(format: string, source = portal) {
  const { exit, stdout, stderr } = await douane(["sbom", source, "--format", format]);
  return { exit, stderr, value: JSON.parse(stdout) as Record<string, unknown> };
}

describe("CycloneDX", () => {
  test.each([
    ["1.6", Spec.Version.v1dot6],
    ["1.7", Spec.Version.v1dot7],
  ] as const)("%s is valid by the official schema, strictly", async (version, spec) => {
    const { exit, value, stderr } = await document(`cyclonedx-${version}`);
    expect([exit, stderr]).toEqual([0, ""]);
    expect(await new Validation.JsonStrictValidator(spec).validate(JSON.stringify(value))).toBeNull();
  });

  test("names each package once at each of its places, and what it was built from", async () => {
    const { value } = await document("cyclonedx");
    expect(value).toMatchObject({
      specVersion: "1.6",
      metadata: { timestamp: "2026-06-15T12:00:00.000Z", component: { type: "container" } },
      components: [
        { type: "operating-system", name: "debian", version: "13" },
        {
          name: "bash",
          version: "1:1.0+b1",
          purl: "pkg:deb/debian/bash@1:1.0%2Bb1?arch=amd64&distro=debian-13&upstream=s-bash",
        },
        { name: "libc6" },
        { name: "tar" },
        { group: "@a", name: "b", purl: "pkg:npm/%40a/b@1.2.3", licenses: [{ expression: "MIT OR ISC" }] },
        {
          "bom-ref": "pkg:npm/%40a/b@1.2.3#/app/other/node_modules/@a/b/package.json",
          purl: "pkg:npm/%40a/b@1.2.3",
          licenses: [{ license: { name: "as is" } }],
        },
        { name: "c", licenses: [{ license: { name: "MIT" } }, { license: { name: "BSD" } }] },
      ],
    });
    expect(JSON.stringify(value)).toContain("/app/other/node_modules/@a/b/package.json");
  });
});

test("SPDX 2.3 says the same", async () => {
  const { exit, value } = await document("spdx");
  const { packages, relationships } = value as Record<string, readonly Record<string, unknown>[]>;
  expect(exit).toBe(0);
  expect(value).toMatchObject({ spdxVersion: "SPDX-2.3", creationInfo: { created: "2026-06-15T12:00:00Z" } });
  expect(packages?.map(({ name }) => name)).toEqual([
    expect.stringContaining("portal"),
    "debian",
    "bash",
    "libc6",
    "tar",
    "@a/b",
    "@a/b",
    "c",
  ]);
  expect(packages?.at(-3)).toMatchObject({ licenseDeclared: "MIT OR ISC" });
  expect(packages?.at(-1)).toMatchObject({ licenseDeclared: "NOASSERTION", licenseComments: "MIT, BSD" });
  const ids = new Set(packages?.map(({ SPDXID }) => SPDXID));
  expect(ids.size).toBe(packages?.length);
  expect(relationships?.every(({ relatedSpdxElement }) => ids.has(relatedSpdxElement))).toBe(true);
});

test("SPDX 3.0.1 says the same", async () => {
  const { exit, value } = await document("spdx-3.0.1");
  const graph = value["@graph"] as readonly Record<string, unknown>[];
  const packages = graph.filter(({ type }) => type === "software_Package");
  expect(exit).toBe(0);
  expect(packages.map(({ software_packageUrl: purl }) => purl)).toEqual([
    undefined,
    undefined,
    ...["bash", "libc6", "tar"].map(
      (name) => `pkg:deb/debian/${name}@1:1.0%2Bb1?arch=amd64&distro=debian-13&upstream=s-${name}`,
    ),
    "pkg:npm/%40a/b@1.2.3",
    "pkg:npm/%40a/b@1.2.3",
    "pkg:npm/c@0.0.1",
  ]);
});

test("the same image gives the same bytes at the moment that SOURCE_DATE_EPOCH gives", async () => {
  for (const format of ["cyclonedx", "spdx", "spdx-3"]) {
    const write = async (now: string) =>
      (
        await douane(["sbom", portal, "--format", format], {
          env: { SOURCE_DATE_EPOCH: "1750000000" },
          now: () => new Date(now),
        })
      ).stdout;
    expect(await write("2026-01-01")).toBe(await write("2026-02-02"));
  }
  const { exit, stderr } = await douane(["sbom", portal], { env: { SOURCE_DATE_EPOCH: "soon" } });
  expect([exit, stderr]).toEqual([64, expect.stringContaining("SOURCE_DATE_EPOCH")]);
});

describe("the table", () => {
  const terminal = (columns = 80) => ({
    stdout: { isTTY: true, columns, write: async (text: string) => void (shown += text) },
  });
  let shown = "";

  test("is the default on a terminal, and tells counts by type and layer", async () => {
    shown = "";
    const { exit } = await douane(["sbom", portal, "--lang", "fr"], terminal());
    expect(exit).toBe(0);
    expect(shown).toContain("linux/amd64 · 2 couches · Debian GNU/Linux 13 (trixie)");
    expect(shown).toMatch(/deb +3 +1: 3\n +npm +2 +2: 2\n +total +5\n/);
    for (const line of shown.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  test("names each package when asked", async () => {
    const { stdout } = await douane(["sbom", portal, "--format", "table", "--verbose"]);
    expect(stdout).toMatch(/npm +@a\/b 1\.2\.3 +\/app\/node_modules\/@a\/b\/package\.json/);
  });

  test("of an image that states nothing says so", async () => {
    const { stdout, exit } = await douane([
      "sbom",
      image("none", [{ path: "app", content: "x" }]),
      "--format",
      "table",
    ]);
    expect([exit, stdout]).toEqual([0, expect.stringContaining("No packages: the image contains no list")]);
  });
});

describe("what a later layer did", () => {
  test("counts as the container sees it", async () => {
    const changed = STATUS.replaceAll("1:1.0", "1:1.1");
    const upgraded = image("upgraded", BASE, [{ path: "var/lib/dpkg/status", content: changed }]);
    const { value } = await document("cyclonedx", upgraded);
    expect(JSON.stringify(value)).not.toContain("1:1.0");
    const removed = image("removed", APPLICATION, [{ path: "app/node_modules/.wh.c" }]);
    expect(JSON.stringify((await document("cyclonedx", removed)).value)).not.toContain("pkg:npm/c@");
  });
});

describe("what the document cannot say by itself is told", () => {
  const status = { path: "var/lib/dpkg/.wh.status", content: "" };

  test("lists that a later layer took away, of which the packages are there", async () => {
    const { exit, value, stderr } = await document("cyclonedx", image("hidden", BASE, [status]));
    expect(exit).toBe(0);
    expect(stderr).toContain('layer 2 takes away or replaces the list of packages "/var/lib/dpkg/status"');
    expect(stderr).toContain(
      'leaves the files of what it states (packages: 3; "libc6", "bash", "tar"): these',
    );
    expect(JSON.stringify(value)).toContain("pkg:deb/debian/bash@");
    const names = Array.from({ length: 7 }, (_, at) => `p${at}`);
    const many = names.map((name) => `Package: ${name}\nVersion: 1\n`).join("\n");
    const base = [{ path: "var/lib/dpkg/status", content: many }];
    const { stderr: more } = await document("spdx", image("hidden-many", base, [status]));
    expect(more).toContain('(packages: 7; "p0", "p1", "p2", "p3", "p4"…)');
  });

  test("programs that belong to no package", async () => {
    const programs = [1, 2, 3, 4].map((at) => ({ path: `app/p${at}`, content: elf(`${at}`), mode: 0o755 }));
    const { stderr } = await document("cyclonedx", image("unowned", BASE, programs));
    expect(stderr).toContain(
      'not owned by any package: 4 (100 % of executable bytes), among them "/app/p1", "/app/p2", "/app/p3". The document',
    );
  });
});

describe("runtimes", () => {
  const node =
    "\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0>\0 https://nodejs.org/download/release/v24.21.0/x";

  test.each([
    ["usr/local/bin/node", "/usr/bin/other", true],
    ["usr/bin/node", "/usr/bin/node", false],
    ["usr/bin/node", "/usr/bin/other", true],
  ])("%s counts, where the distribution brought %s: %s", async (path, listed, counts) => {
    const entries = [
      { path, content: node.padEnd(100), mode: 0o755 },
      { path: "var/lib/dpkg/info/bash.list", content: `/.\n/usr\n/usr/bin\n${listed}\n` },
    ];
    const { value } = await document(
      "cyclonedx",
      image(`runtime-${path}-${listed}`.replaceAll("/", "-"), BASE, entries),
    );
    expect(JSON.stringify(value).includes("pkg:generic/node@24.21.0")).toBe(counts);
  });

  test("where no distribution states packages, each counts", async () => {
    const entries = [{ path: "usr/bin/node", content: node.padEnd(100), mode: 0o755 }];
    const { value } = await document("cyclonedx", image("runtime-alone", entries));
    expect(JSON.stringify(value)).toContain("pkg:generic/node@24.21.0");
  });
});

test("a list that cannot be read makes the document an incomplete one, and is named", async () => {
  const damaged = image("damaged", BASE, [{ path: "app/node_modules/x/package.json", content: "{" }]);
  const { exit, stderr, value } = await document("cyclonedx", damaged);
  expect(exit).toBe(2);
  expect(stderr).toContain('"/app/node_modules/x/package.json" (node-modules): unreadable or damaged');
  expect(value).toMatchObject({ compositions: [{ aggregate: "incomplete" }] });
});

test("archives of Java that do not say what they are are named, five at most", async () => {
  const jar = zipOf([{ name: "a/B.class", content: "\xca\xfe\xba\xbe" }]);
  const jars = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ path: `app/lib-${at}.jar`, content: jar }));
  const fat = zipOf([{ name: "BOOT-INF/lib/inner.jar", content: jar }, MANIFEST]);
  const one = await document("cyclonedx", image("jar", [{ path: "app/fat.jar", content: fat }]));
  expect([one.exit, one.stderr]).toEqual([
    0,
    expect.stringContaining('"/app/fat.jar!/BOOT-INF/lib/inner.jar": nothing in the archive identifies it'),
  ]);
  const { stderr, value } = await document("cyclonedx", image("jars", jars(7)));
  expect(stderr).toContain('"/app/lib-4.jar" and 2 more');
  expect(JSON.stringify(value)).toContain("pkg:maven/lib@6");
});

test("documents go to files, each its own", async () => {
  const file = join(folder, "portal.cdx.json");
  const { exit, stdout } = await douane([
    "sbom",
    portal,
    "--format",
    `cyclonedx=${file}`,
    "--format",
    "table",
  ]);
  expect(exit).toBe(0);
  expect(stdout).toContain("packages");
  expect(readFileSync(file, "utf8")).toContain('"bomFormat": "CycloneDX"');
});

test.each([
  [[], "describes one image"],
  [[portal, portal], "one image at a time"],
  [[portal, "--format", "cyclonedx-1.4"], "Unknown format"],
  [[portal, "--format", "spdx", "--format", "table"], "Two formats to the standard output"],
])("%j is a usage error", async (argv, says) => {
  const { exit, stderr } = await douane(["sbom", ...argv]);
  expect([exit, stderr]).toEqual([64, expect.stringContaining(says)]);
});
