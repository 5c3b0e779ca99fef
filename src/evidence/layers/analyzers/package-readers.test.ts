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
  apk: "1 81f8046a653a",
  "apk-files": "1 6f393708a595",
  archives: "1 ec3fc342ce82",
  bitnami: "1 e9e9eb8be70e",
  "bitnami-spdx": "1 d1309e79c8bb",
  bundles: "2 8cdc8bef485c",
  chisel: "1 ca950c1ad1a9",
  "chisel-files": "1 badedcc86a81",
  composer: "1 c0c8adc1a22b",
  "composer-php": "1 f58a3641ac08",
  conda: "1 55ec2bd409c2",
  "conda-files": "1 d534585483e1",
  "dotnet-deps": "1 f31f8be488c7",
  dpkg: "1 6f46f6e0fb24",
  "dpkg-diversions": "1 5649330e23de",
  "dpkg-files": "1 5f8fda7e55fc",
  "dpkg-status.d": "1 901715c31d7f",
  "erlang-release": "1 bcfad18664c7",
  executables: "1 378f73c6e652",
  gems: "1 c4cf96ff7c3a",
  "git-gems": "1 eec4686fe107",
  "go-programs": "1 eff291edb2dd",
  "go-toolchain": "1 cd01c1c53d7a",
  jars: "2 9e9369d2a60a",
  java: "1 40a7b62c0a58",
  "nix-paths": "1 1d2fb07d30b1",
  "node-bundled": "1 fe08395e2ef1",
  "node-linked": "1 82c14cdb904b",
  "node-modules": "1 96fa66620965",
  "npm-tarball": "1 d5db401ff078",
  "nuget-packages": "1 bddf5dc42324",
  "openjdk-release": "1 fa6197265793",
  opkg: "1 9521ff4cdf3d",
  "opkg-files": "1 3f9fed8eca89",
  "os-release": "1 ed78d58871c7",
  "package-cache": "1 fefb4e20c381",
  pacman: "1 d69faff1f09e",
  "pacman-files": "1 93ce6551e469",
  "perl-config": "1 436473805269",
  python: "1 da8c1ed7baa2",
  "record-files": "1 7f3e6139ec51",
  repositories: "1 b0553ad42657",
  "rpm-databases": "1 4a0da70c607b",
  "rpm-manifest": "1 7b9211a7bd2b",
  runtimes: "1 ec029b0d091c",
  "rust-programs": "1 d702e7f98864",
  sboms: "4 e548eab5c196",
  "unlisted-packages": "1 8c822e65515e",
  "unread-forms": "3 55bd143f8a29",
  "yarn-pnp": "1 264bc49fb9eb",
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
