import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { douane } from "../../../test/fixtures/douane.ts";
import { emptyImage, withConfig, withLayer } from "../../../test/fixtures/image/image.ts";
import { layerOf } from "../../../test/fixtures/image/layer.ts";
import { writeLayout } from "../../../test/fixtures/image/layout.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { TarEntry } from "../../image/tar/write.ts";

const folder = mkdtempSync(join(tmpdir(), "douane-sbom-documents-"));
afterAll(() => rmSync(folder, { recursive: true }));

function image(
  name: string,
  packages: Readonly<Record<string, string>>,
  ...more: readonly TarEntry[]
): string {
  const entries = Object.entries(packages).map(([one, version]) => ({
    path: `app/node_modules/${one}/package.json`,
    content: JSON.stringify({ name: one, version }),
  }));
  writeLayout(withConfig(withLayer(emptyImage(), layerOf([...entries, ...more])), {}), join(folder, name), {
    ref: "1",
  });
  return `oci:${join(folder, name)}:1`;
}

function file(name: string, content: unknown): string {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const old = image("old", { left: "1.0.0", up: "1.0.0", same: "1.0.0" });

const BOM = {
  bomFormat: "CycloneDX",
  specVersion: "1.6",
  metadata: {
    timestamp: "2026-06-15T12:00:00Z",
    tools: { components: [{ type: "application", name: "other", version: "2" }] },
    component: { type: "container", name: "portal", version: "1.0" },
  },
  components: [
    { type: "operating-system", name: "debian", version: "13" },
    {
      type: "library",
      name: "bash",
      version: "5",
      purl: "pkg:deb/debian/bash@5?distro=debian-13&upstream=sh",
    },
    { type: "library", name: "zlib\u001b[31m" },
  ],
  compositions: [{ aggregate: "incomplete" }],
  vulnerabilities: [{}],
};

describe("a document as the operand", () => {
  test("is shown: what it says, what it lacks, what of it is not believed", async () => {
    const { exit, stdout, stderr } = await douane(["sbom", file("other.json", BOM), "--verbose"]);
    expect(exit).toBe(2);
    expect(stderr).toContain('the document says that it is incomplete ("incomplete")');
    expect(stdout).toBe(`CycloneDX 1.6 (json)
describes: portal 1.0
written by: other 2 · 2026-06-15T12:00:00Z
system: debian 13

  ?      1
  deb    1
  total  2

Missing, to look for vulnerabilities:
  no package URL: 1

1 vulnerabilities or advisories in the document: counted, not believed

  pkg:deb/debian/bash@5?distro=debian-13&upstream=sh
  zlib\\u001b[31m${" "}
`);
  });

  test("that says nothing of itself says so, in French, too", async () => {
    const bare = file("bare.json", { bomFormat: "CycloneDX", specVersion: "1.4" });
    const { exit, stdout } = await douane(["sbom", bare, "--lang", "fr", "--quiet"]);
    expect([exit, stdout]).toEqual([0, "CycloneDX 1.4 (json)\n\nLe document ne nomme aucun paquet.\n"]);
  });

  test("may name its system in words", async () => {
    const os = { type: "operating-system", name: "debian", description: "Debian GNU/Linux 13" };
    const subject = { component: { type: "application", name: "portal" } };
    const bom = { bomFormat: "CycloneDX", specVersion: "1.4", metadata: subject, components: [os] };
    const { stdout } = await douane(["sbom", file("os.json", bom)]);
    expect(stdout).toContain("describes: portal\nsystem: Debian GNU/Linux 13\n");
  });

  test.each([
    ["{", 65, "is not valid JSON"],
    ['{"a":1}', 65, "neither CycloneDX (JSON, XML) nor SPDX (JSON, tags and values)"],
    [{ ...BOM, components: [{}] }, 65, "not valid CycloneDX 1.6. /components/0/type: is missing"],
    ["<!DOCTYPE bom><bom/>", 65, "declares a type"],
    ["a text", 65, ""],
  ])("%j ends with %d", async (content, code, says) => {
    const { exit, stderr } = await douane(["sbom", file("bad.json", content)]);
    expect([exit, stderr]).toEqual([code, expect.stringContaining(says)]);
  });

  test("longer than the bound sbomBytes is not read", async () => {
    const long = file("long.json", "{");
    truncateSync(long, LIMITS.sbomBytes + 1);
    const { exit, stderr } = await douane(["sbom", long]);
    expect([exit, stderr]).toEqual([65, expect.stringContaining("(limit sbomBytes)")]);
  });

  test("is not converted", async () => {
    const { exit, stderr } = await douane(["sbom", file("other.json", BOM), "--format", "spdx"]);
    expect([exit, stderr]).toEqual([64, expect.stringContaining("An SBOM is not converted")]);
  });
});

describe("--profile", () => {
  test("names on stderr what a list of minimum elements asks for and the SBOM does not state", async () => {
    const { exit, stderr, stdout } = await douane(["sbom", old, "--profile", "ntia", "--profile", "cisa"]);
    expect([exit, stdout.length > 0]).toEqual([0, true]);
    expect(stderr.split("\n")).toEqual([
      "ntia: the document does not state: author of the SBOM.",
      "ntia: no supplier for any component (3).",
      "cisa: the document does not state: author of the SBOM.",
      "cisa: no producer for any component (3).",
      "cisa: no hash for any component (3).",
      "cisa: no licence for any component (3).",
      "",
    ]);
  });

  test("names five components, and all when asked", async () => {
    const names = ["a", "b", "c", "d", "e", "f"];
    const lacking = names.map((name) => ({ type: "library", name }));
    const components = [...lacking, { type: "library", name: "g", version: "1" }];
    const many = { ...BOM, compositions: [], components };
    const document = file("many.json", many);
    const { exit, stderr } = await douane(["sbom", document, "--profile", "ntia"]);
    expect([exit, stderr]).toEqual([
      0,
      expect.stringContaining('no version for 6 of 7 components: "a", "b", "c", "d", "e", …\n'),
    ]);
    const verbose = await douane(["sbom", document, "--profile", "ntia", "--verbose"]);
    expect(verbose.stderr).toContain('no version for 6 of 7 components: "a", "b", "c", "d", "e", "f"\n');
  });

  test("says when nothing is missing, in French, too", async () => {
    const whole = {
      ...BOM,
      metadata: { ...BOM.metadata, authors: [{ name: "Équipe" }] },
      components: [],
      dependencies: [{ ref: "a", dependsOn: ["b"] }],
      compositions: [],
    };
    const { stderr } = await douane(["sbom", file("whole.json", whole), "--profile", "ntia", "--lang", "fr"]);
    expect(stderr).toBe("ntia : rien ne manque.\n");
  });

  test("that is unknown is a usage error", async () => {
    const { exit, stderr } = await douane(["sbom", old, "--profile", "nita"]);
    expect([exit, stderr]).toEqual([64, expect.stringContaining("ntia")]);
  });
});
