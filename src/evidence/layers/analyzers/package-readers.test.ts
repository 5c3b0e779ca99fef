import { createHash } from "node:crypto";
import { globSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { layerOf } from "../../../../test/fixtures/image/layer.ts";
import { PACKAGE_READER_LAYERS } from "../../../../test/fixtures/package-reader-layers.ts";
import { ImageBudget } from "../../../image/layer/budget.ts";
import type { TarEntry } from "../../../image/tar/write.ts";
import type { PackageReader } from "../../../sbom/cataloger/cataloger.ts";
import type { PackagesFacts } from "../facts/facts.ts";
import { LayerTask } from "../read/layer-task.ts";
import { DETECTORS, PACKAGE_READERS, readersVersion } from "./package-readers.ts";
import { WantedContent } from "./wanted-content.ts";

/** Of each reader, its version and what is made of its layer: 12 digits of SHA-256. */
const KNOWN: Readonly<Record<string, string>> = {
  apk: "1 20a98ac1b440",
  "apk-files": "1 bff38650c93e",
  archives: "1 6d307e13c7de",
  bitnami: "1 4816fb86b692",
  "bitnami-spdx": "1 05e2c6a21fe5",
  bundles: "2 255a38f49f8a",
  chisel: "1 b9300fc34666",
  "chisel-files": "1 60d29c6b69b5",
  composer: "1 422d64dcb8ff",
  "composer-php": "1 7dc0a78f6779",
  conda: "1 3e12137ba466",
  "conda-files": "1 33755366d879",
  "dotnet-deps": "1 0fcd5bfec9ae",
  dpkg: "1 6917eb75d8b2",
  "dpkg-diversions": "1 0023bbd00f79",
  "dpkg-files": "1 02c59e3d7abd",
  "dpkg-status.d": "1 917bda397dbb",
  "erlang-release": "1 a7b0f08b904a",
  executables: "1 70395f0c372d",
  gems: "1 39cf56e44146",
  "git-gems": "1 7ab14ee7c871",
  "go-programs": "1 f9948cb582da",
  "go-toolchain": "1 93b74cea7583",
  jars: "2 3bff1ac6a176",
  java: "1 33a356e40316",
  "nix-paths": "1 2a2e441f83fd",
  "node-bundled": "1 ae57f2c9ca4e",
  "node-linked": "1 db579af03a31",
  "node-modules": "1 f90403c0f4fb",
  "npm-tarball": "1 0c747de0f310",
  "nuget-packages": "1 b934b25def57",
  "openjdk-release": "1 cc92a0311cf7",
  opkg: "1 c8432fe8320b",
  "opkg-files": "1 ddcd5d8934bb",
  "os-release": "1 92aa6155fded",
  "package-cache": "1 104b1709d3a6",
  pacman: "1 5c752bf2c2aa",
  "pacman-files": "1 d9b0a520fd60",
  "perl-config": "1 0fb71ffd3fcc",
  python: "1 4f7babdec835",
  "record-files": "1 4d0f927c1c89",
  repositories: "1 b062f44b45bb",
  "rpm-databases": "1 c3b756750075",
  "rpm-manifest": "1 1b146bdf5cce",
  runtimes: "1 98afd1fb8ebe",
  "rust-programs": "1 762dbca1707b",
  sboms: "2 377e3deb6ded",
  "unlisted-packages": "1 0b50ee51df74",
  "unread-forms": "2 44fd27447e65",
  "yarn-pnp": "1 134a47bb37cd",
};

function factsOf(entries: readonly TarEntry[]): PackagesFacts {
  const { diffId, blob } = layerOf(entries, "none");
  const request = { diffId, size: blob.length, asked: { packages: true } } as const;
  const task = new LayerTask(request, new WantedContent([]), new ImageBudget());
  task.push(blob);
  const { packages } = task.end();
  task.close();
  if (packages === undefined) throw new Error("no packages");
  return packages;
}

test("a reader that makes something else of its layer has another version", () => {
  const made = PACKAGE_READERS.map(({ name, version }) => {
    const facts = factsOf(PACKAGE_READER_LAYERS[name] ?? []);
    const digest = createHash("sha256").update(JSON.stringify(facts)).digest("hex").slice(0, 12);
    return [name, `${version} ${digest}`];
  });
  // Where a digest differs, count up the reader's version, and then put both here: else what was kept by
  // the version before would be believed.
  expect(Object.fromEntries(made)).toEqual(KNOWN);
});

test("every reader has one name, and a layer that it makes something of", () => {
  const names = PACKAGE_READERS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(Object.keys(PACKAGE_READER_LAYERS).toSorted()).toEqual(names.toSorted());
  const nothing = JSON.stringify(factsOf([]));
  const silent = names.filter(
    (name) => JSON.stringify(factsOf(PACKAGE_READER_LAYERS[name] ?? [])) === nothing,
  );
  expect(silent).toEqual([]);
});

test("a cataloger is what names the packages of its layer, or their damage", () => {
  const others = new Set(DETECTORS);
  const catalogers = PACKAGE_READERS.filter((reader) => "packages" in reader && !others.has(reader));
  const unnamed = catalogers.filter(({ name }) => {
    const { lists, unread } = factsOf(PACKAGE_READER_LAYERS[name] ?? []);
    return ![...lists, ...unread].some(({ cataloger }) => cataloger === name);
  });
  expect(unnamed.map(({ name }) => name)).toEqual([]);
});

test("whatever a file of these folders defines is in the list", async () => {
  const root = join(import.meta.dirname, "../../../sbom");
  const files = globSync(["catalogers/*/*.ts", "file-lists/*.ts"], { cwd: root });
  const defined: unknown[] = [];
  for (const file of files.filter((one) => !one.endsWith(".test.ts"))) {
    defined.push(...Object.values((await import(join(root, file))) as Record<string, unknown>).flat());
  }
  const readers = defined.filter(isReader);
  expect(readers.length).toBeGreaterThan(30);
  expect(readers.filter((reader) => !PACKAGE_READERS.includes(reader)).map(({ name }) => name)).toEqual([]);
});

function isReader(value: unknown): value is PackageReader {
  return typeof value === "object" && value !== null && "reads" in value && "name" in value;
}

test("the key changes with a version, a reader more, and the order", () => {
  const [a, b] = [
    { name: "a", version: 1 },
    { name: "b", version: 1 },
  ];
  const keys = [[a], [b], [a, b], [b, a], [a, { ...b, version: 2 }], [{ ...a, version: 2 }, b]].map(
    readersVersion,
  );
  expect(new Set(keys).size).toBe(keys.length);
  expect(readersVersion([{ ...a }, { ...b }])).toBe(readersVersion([a, b]));
});
