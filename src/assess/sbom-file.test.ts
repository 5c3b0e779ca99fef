import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../test/fixtures/temporary-directory.ts";
import { sbomFile } from "./sbom-file.ts";

const SBOM = {
  bomFormat: "CycloneDX",
  specVersion: "1.6",
  version: 1,
  components: [{ type: "library", name: "lodash", version: "4.17.21", purl: "pkg:npm/lodash@4.17.21" }],
};

/** The document in a file with this content, or the code of the error. */
async function read(content: string | Uint8Array, name = "a.json"): Promise<unknown> {
  const cwd = temporaryDirectory();
  writeFileSync(join(cwd, name), content);
  try {
    return await sbomFile(join(cwd, name), name, cwd);
  } catch (error) {
    return (error as { readonly code: string }).code;
  }
}

test("a document is read as it is, whatever its name", async () => {
  for (const name of ["a.json", "image.tar"]) {
    const document = (await read(JSON.stringify(SBOM), name)) as { readonly components: readonly object[] };
    expect(document.components).toMatchObject([{ name: "lodash", version: "4.17.21" }]);
  }
});

test.each<[string, string | Uint8Array]>([
  ["nothing", ""],
  ["an archive", Buffer.alloc(10_240)],
  ["what looks like no document", "layers: []\n"],
])("%s is no SBOM", async (_, content) => {
  expect(await read(content)).toBeUndefined();
});

test("neither is what is not there, a folder, or a file that only something else opens", async () => {
  const cwd = temporaryDirectory();
  mkdirSync(join(cwd, "folder"));
  symlinkSync("nowhere", join(cwd, "link"));
  for (const name of ["none", "folder", "link"]) {
    expect(await sbomFile(join(cwd, name), name, cwd)).toBeUndefined();
  }
});

test.each<[string, string, object]>([
  ["a document that its format does not allow", "sbom-invalid", { ...SBOM, components: [{ type: "x" }] }],
  ["a version of the format that is not known", "sbom-unread", { ...SBOM, specVersion: "9.9" }],
])("%s is an error: %s", async (_, code, document) => {
  expect(await read(JSON.stringify(document))).toBe(code);
});

test("a document that is cut off is an error", async () => {
  expect(await read(JSON.stringify(SBOM).slice(0, -20))).toMatch(/^sbom-/);
});
