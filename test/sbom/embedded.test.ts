// First half of row 14, by the whole command: the output of `douane sbom`, put into the image that it
// describes, is found there, is about that image and names all its packages; stored evidence agrees.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { douane } from "../fixtures/douane.ts";
import { emptyImage, type ImageValue, withConfig, withLayer } from "../fixtures/image/image.ts";
import { layerOf } from "../fixtures/image/layer.ts";
import { writeLayout } from "../fixtures/image/layout.ts";
import { zipOf } from "../fixtures/zip.ts";

const cwd = mkdtempSync(join(tmpdir(), "douane-embedded-"));
afterAll(() => rmSync(cwd, { recursive: true }));

function pom(group: string, name: string, version: string) {
  const content = `groupId=${group}\nartifactId=${name}\nversion=${version}\n`;
  return { name: `META-INF/maven/${group}/${name}/pom.properties`, content };
}

const LIBRARY = zipOf([
  pom("org.slf4j", "slf4j-api", "2.0.17"),
  { name: "a/B.class", content: "\xca\xfe\xba\xbe" },
]);

/** An image with packages of Debian, npm and Maven: a system and an application. */
function imageToDescribe(): ImageValue {
  const system = layerOf([
    { path: "etc/os-release", content: 'ID=debian\nVERSION_ID="13"\n' },
    {
      path: "var/lib/dpkg/status",
      content: [
        "Package: libc6\nStatus: install ok installed\nSource: glibc\nVersion: 2.41-12\nArchitecture: amd64\n",
        "Package: bsdutils\nStatus: install ok installed\nSource: util-linux (2.41-5)\nVersion: 1:2.41-5\nArchitecture: amd64\n",
      ].join("\n"),
    },
  ]);
  const application = layerOf([
    {
      path: "app/node_modules/@acme/ui/package.json",
      content: '{"name":"@acme/ui","version":"2.0.0-rc.1+x"}',
    },
    {
      path: "app/portal.jar",
      content: zipOf([
        pom("com.acme", "portal", "1.4.2"),
        { name: "BOOT-INF/lib/slf4j.jar", content: LIBRARY },
      ]),
    },
  ]);
  return withConfig(withLayer(withLayer(emptyImage(), system), application), { User: "1000", Cmd: ["/x"] });
}

interface SbomRow {
  readonly answer: string;
  readonly findings: readonly { readonly rule: string; readonly message: { readonly en: string } }[];
  readonly notes: readonly { readonly message: { readonly en: string } }[];
  readonly missing: readonly { readonly evidence: string; readonly command?: string }[];
}

async function sbomRow(...argv: readonly string[]): Promise<SbomRow> {
  const { stdout } = await douane(["check", ...argv, "--format", "json"], { cwd });
  const [{ rows }] = JSON.parse(stdout).verdicts;
  return rows.find(({ id }: { readonly id: string }) => id === "sbom");
}

beforeAll(() => {
  writeLayout(imageToDescribe(), join(cwd, "described"), { ref: "1.4.2" });
});

test("an image that embeds none is told so", async () => {
  expect(await sbomRow("oci:described:1.4.2")).toMatchObject({
    answer: "no",
    findings: [{ rule: "2.2-embedded-sbom", message: { en: "the image embeds no SBOM" } }],
  });
});

describe.each([
  ["cyclonedx-1.6", "cdx.json"],
  ["cyclonedx-1.7", "cdx.json"],
  ["spdx-2.3", "spdx.json"],
  ["spdx-3.0.1", "spdx.json"],
])("%s, laid into a last layer", (format, ending) => {
  const name = `${format}.${ending}`;

  beforeAll(async () => {
    await douane(["sbom", "oci:described:1.4.2", "--format", `${format}=${name}`], { cwd });
    const content = readFileSync(join(cwd, name));
    const layer = layerOf([{ path: `usr/share/sbom/${name}`, content }]);
    writeLayout(withLayer(imageToDescribe(), layer), join(cwd, format), { ref: "1.4.2" });
    const foreign = withLayer(withLayer(emptyImage(), layerOf([{ path: "x", content: "x" }])), layer);
    writeLayout(foreign, join(cwd, `${format}-foreign`), { ref: "1.4.2" });
  });

  test("is about the image and names all of it: data of vulnerabilities alone are missing", async () => {
    const { answer, findings, notes, missing } = await sbomRow(`oci:${format}:1.4.2`);
    expect([answer, findings, notes]).toEqual(["unproven", [], []]);
    expect(missing.map(({ evidence }) => evidence)).toEqual(["vulnerabilities"]);
  });

  test("is foreign in an image of other layers", async () => {
    const { answer, findings } = await sbomRow(`oci:${format}-foreign:1.4.2`);
    expect([answer, findings[0]?.message.en]).toEqual([
      "no",
      expect.stringContaining(`SBOM of no value: /usr/share/sbom/${name}, describes another image`),
    ]);
  });
});

test("stored evidence gives the same answer; older evidence says that nobody looked, and how to", async () => {
  const saved = join(cwd, "evidence.json");
  const fresh = await sbomRow("oci:described:1.4.2", "--save-evidence", saved);
  expect(await sbomRow("--evidence", saved)).toEqual(fresh);

  const stored = JSON.parse(readFileSync(saved, "utf8"));
  for (const piece of stored.evidence) delete piece.sbom;
  const older = join(cwd, "older.json");
  writeFileSync(older, JSON.stringify(stored));
  expect(await sbomRow("--evidence", older)).toMatchObject({
    answer: "unproven",
    findings: [],
    missing: [{ evidence: "sbom", command: "douane check IMAGE" }, { evidence: "vulnerabilities" }],
  });
});

test("an answer that is kept from run to run is the same", async () => {
  const env = { XDG_CACHE_HOME: join(cwd, "cache") };
  const argv = ["check", "oci:spdx-2.3:1.4.2", "--format", "json"];
  const cold = await douane(argv, { cwd, env });
  const warm = await douane(argv, { cwd, env });
  expect(warm).toEqual(cold);
});
