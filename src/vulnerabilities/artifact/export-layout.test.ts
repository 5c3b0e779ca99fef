import { createHash, generateKeyPairSync } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { isSignatureOf } from "../../attest/keys/verify.ts";
import { parseDataIndex } from "../database/data-index.ts";
import { replaceSources } from "../database/replace-sources.ts";
import { cveRow } from "../database/rows/cve-row.ts";
import { TableBuilder } from "../database/table/table-builder.ts";
import { writeTable } from "../database/write-table.ts";
import { exportLayout } from "./export-layout.ts";

const NOW = new Date("2026-06-15T12:00:00.000Z");

/** Data with a source of each name. */
async function dataOf(...names: readonly string[]): Promise<string> {
  const directory = temporaryDirectory();
  const sources = names.map((source) => {
    const rows = new TableBuilder();
    rows.add("c CVE-2026-0001", cveRow({ severities: [], exploited: [{ by: source }] }));
    const table = writeTable(directory, rows, { source, feed: "kev", records: 1, ecosystems: {} });
    return { table, date: NOW.toISOString(), dateFrom: "content" } as const;
  });
  await replaceSources(directory, sources, { now: NOW.toISOString() });
  return directory;
}

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly annotations?: Readonly<Record<string, string>>;
}

interface Manifest {
  readonly artifactType: string;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
  readonly annotations: Readonly<Record<string, string>>;
}

function blob(folder: string, { digest, size }: Descriptor): Buffer {
  const [, hex = ""] = digest.split(":");
  const bytes = readFileSync(join(folder, "blobs", "sha256", hex));
  expect(createHash("sha256").update(bytes).digest("hex")).toBe(hex);
  expect(bytes.length).toBe(size);
  return bytes;
}

function read(folder: string) {
  const index = JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as {
    readonly schemaVersion: number;
    readonly manifests: readonly (Descriptor & { readonly artifactType: string })[];
  };
  const [listed] = index.manifests;
  if (listed === undefined) throw new Error("no manifest");
  const manifest = JSON.parse(blob(folder, listed).toString()) as Manifest;
  return { index, listed, manifest, config: blob(folder, manifest.config) };
}

test("data are exported as an OCI layout that any tool can push", async () => {
  const target = join(temporaryDirectory(), "export");
  const exported = exportLayout(await dataOf("eu", "kev"), target, { now: NOW });
  const { index, listed, manifest, config } = read(target);
  expect(JSON.parse(readFileSync(join(target, "oci-layout"), "utf8"))).toEqual({
    imageLayoutVersion: "1.0.0",
  });
  expect([index.schemaVersion, index.manifests.length]).toEqual([2, 1]);
  expect(listed).toMatchObject({
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    artifactType: "application/vnd.douane.vulnerabilities.v1",
    annotations: { "org.opencontainers.image.ref.name": "latest" },
  });
  expect(manifest).toMatchObject({
    schemaVersion: 2,
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    artifactType: "application/vnd.douane.vulnerabilities.v1",
    config: { mediaType: "application/vnd.douane.vulnerabilities.index.v1+json" },
    annotations: { "org.opencontainers.image.created": "2026-06-15T12:00:00.000Z" },
  });
  expect(Object.keys(manifest.annotations)).toHaveLength(1);
  expect(manifest.layers.map(({ mediaType, annotations }) => [mediaType, annotations])).toEqual(
    ["eu", "kev"].map((name) => [
      "application/vnd.douane.vulnerabilities.table.v1",
      { "org.opencontainers.image.title": name },
    ]),
  );
  for (const layer of manifest.layers) blob(target, layer);
  expect(parseDataIndex(config, "a")).toEqual(exported);
  expect(exported.sources.map(({ name, records }) => [name, records])).toEqual([
    ["eu", 1],
    ["kev", 1],
  ]);
  expect(exported.created).toBe(NOW.toISOString());
});

test("a signature is over the index of the data", async () => {
  const target = join(temporaryDirectory(), "export");
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  exportLayout(await dataOf("kev"), target, { now: NOW, key: { pem, name: "k" } });
  const { manifest, config } = read(target);
  const signature = manifest.annotations["dev.douane.vulnerabilities.signature"] ?? "";
  expect(isSignatureOf(config, signature, publicKey.export({ type: "spki", format: "pem" }).toString())).toBe(
    true,
  );
});

describe("a second export", () => {
  test("into the same folder keeps its blobs for readers, and leads from the earlier tables", async () => {
    const target = join(temporaryDirectory(), "export");
    exportLayout(await dataOf("kev"), target, { now: NOW });
    const before = readdirSync(join(target, "blobs", "sha256"));
    const { deltas } = exportLayout(await dataOf("kev"), target, { now: new Date(NOW.getTime() + 1_000) });
    expect(readdirSync(join(target, "blobs", "sha256"))).toEqual(expect.arrayContaining(before));
    expect(deltas).toEqual([]);
    expect(read(target).index.manifests).toHaveLength(1);
  });

  test.each([
    ["an empty folder", () => {}, true],
    ["a layout of something else", (folder: string) => layoutOf(folder, { manifests: [] }), false],
    ["a folder with a file", (folder: string) => writeFileSync(join(folder, "a"), ""), false],
    [
      "an export whose manifest is gone",
      (folder: string) =>
        layoutOf(folder, { manifests: [{ artifactType: "application/vnd.douane.vulnerabilities.v1" }] }),
      true,
    ],
    [
      "an index without its mark",
      (folder: string) => {
        layoutOf(
          folder,
          { manifests: [{ artifactType: "application/vnd.douane.vulnerabilities.v1" }] },
          false,
        );
      },
      false,
    ],
  ])("into %s", async (_, fill, isTaken) => {
    const target = join(temporaryDirectory(), "export");
    mkdirSync(target);
    fill(target);
    const directory = await dataOf("kev");
    const outcome = () => exportLayout(directory, target, { now: NOW }).sources.length;
    expect(resultOf(outcome)).toBe(isTaken ? 1 : "export-target-taken");
  });
});

function layoutOf(folder: string, index: object, hasMark = true): void {
  if (hasMark) writeFileSync(join(folder, "oci-layout"), "{}");
  writeFileSync(join(folder, "index.json"), JSON.stringify(index));
}

/** Result of the work, or the code of its error. */
function resultOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return (error as { readonly code?: string }).code;
  }
}

test("without data there is nothing to export, and no folder is made", () => {
  const target = join(temporaryDirectory(), "export");
  expect(resultOf(() => exportLayout(temporaryDirectory(), target, { now: NOW }))).toBe(
    "vulnerability-data-missing",
  );
  expect(existsSync(target)).toBe(false);
});
