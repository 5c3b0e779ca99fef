import { expect, test } from "vitest";
import { layerOf } from "../../../../test/fixtures/image/layer.ts";
import { ndbDatabase, rpmHeader } from "../../../../test/fixtures/rpm/database.ts";
import { zipOf } from "../../../../test/fixtures/zip.ts";
import { LIMITS } from "../../../contract/limits.ts";
import { ImageBudget } from "../../../image/layer/budget.ts";
import type { TarEntry } from "../../../image/tar/write.ts";
import { TAG } from "../../../sbom/catalogers/rpm/header.ts";
import type { PackagesFacts } from "../facts/facts.ts";
import { LayerTask } from "../read/layer-task.ts";
import { WantedContent } from "./wanted-content.ts";

function packagesOf(entries: readonly TarEntry[]): PackagesFacts | undefined {
  const { diffId, blob } = layerOf(entries, "none");
  const request = { diffId, size: blob.length, asked: { packages: true } } as const;
  const task = new LayerTask(request, new WantedContent([]), new ImageBudget());
  for (let at = 0; at < blob.length; at += 100_000) task.push(blob.subarray(at, at + 100_000));
  const { packages } = task.end();
  task.close();
  return packages;
}

function names(entries: readonly TarEntry[]): readonly string[] {
  return (packagesOf(entries)?.lists ?? []).flatMap(({ inside = "", packages }) =>
    packages.map(({ namespace = "", name, version }) => `${inside} ${namespace}:${name}@${version}`.trim()),
  );
}

const pom = (group: string, name: string, version: string) => ({
  name: `META-INF/maven/${group}/${name}/pom.properties`,
  content: `#Created by Maven\nversion=${version}\ngroupId=${group}\nartifactId=${name}\n`,
});
const manifest = (fields: string) => ({
  name: "META-INF/MANIFEST.MF",
  content: `Manifest-Version: 1.0\r\n${fields}\r\n\r\nName: x\r\nImplementation-Version: 9\r\n`,
});
const CLASS = { name: "a/B.class", content: "\xca\xfe\xba\xbe" };

test("a layer's lists, by the entries that hold them", () => {
  expect(
    packagesOf([
      {
        path: "etc/os-release",
        content: '# x\nID=alpine\nVERSION_ID=\'3.22.1\'\nPRETTY_NAME="Alpine \\"L\\""\n',
      },
      { path: "usr/lib/os-release", content: "NAME=x\n" },
      { path: "app/node_modules/a/package.json", content: '{"name":"a","version":"1.0.0"}' },
      { path: "app/node_modules/b/package.json", content: "{" },
    ]),
  ).toEqual({
    lists: [
      { entry: 2, cataloger: "node-modules", packages: [{ type: "npm", name: "a", version: "1.0.0" }] },
    ],
    unread: [{ entry: 3, cataloger: "node-modules", why: "damaged" }],
    otherUnread: 0,
    unidentified: [],
    systems: [{ entry: 0, os: { id: "alpine", version: "3.22.1", name: 'Alpine "L"' } }],
    documents: [],
    otherDocuments: 0,
    executables: [],
    owners: [],
    repositories: [],
    bundles: [],
    sourceMaps: [],
  });
});

test("jars state what Maven put into them, shaded artifacts included, and the jars within them", () => {
  const inner = zipOf([pom("org.slf4j", "slf4j-api", "2.0.17"), manifest("Bundle-Version: 1"), CLASS]);
  const shaded = zipOf([
    pom("com.example", "app", "1.0"),
    pom("com.google.guava", "guava", "33.4.8-jre"),
    CLASS,
  ]);
  const unnamed = zipOf([CLASS]);
  const outer = zipOf([
    { name: "BOOT-INF/lib/slf4j-api-2.0.17.jar", content: inner },
    { name: "BOOT-INF/lib/shaded.jar", content: shaded },
    { name: "BOOT-INF/lib/left-pad-1.3.jar", content: unnamed },
    manifest(
      "Implementation-Title: app\r\nImplementation-Version: 4.2\r\nImplementation-Vendor-Id: com.exa\r\n mple",
    ),
  ]);
  expect(names([{ path: "app/app.jar", content: outer }])).toEqual([
    "com.example:app@4.2",
    "BOOT-INF/lib/slf4j-api-2.0.17.jar org.slf4j:slf4j-api@2.0.17",
    "BOOT-INF/lib/shaded.jar com.example:app@1.0",
    "BOOT-INF/lib/shaded.jar com.google.guava:guava@33.4.8-jre",
    "BOOT-INF/lib/left-pad-1.3.jar :left-pad@1.3",
  ]);
});

test("a jar that is none, and one within that is none, are said", () => {
  const outer = zipOf([{ name: "lib/a.jar", content: "PK\x03\x04 and no more" }, CLASS]);
  const facts = packagesOf([
    { path: "app/app.jar", content: outer },
    { path: "app/cut.jar", content: outer.subarray(0, -9) },
  ]);
  expect(facts?.unread).toEqual([
    { entry: 0, inside: "lib/a.jar", cataloger: "java", why: "damaged" },
    { entry: 1, inside: "lib/a.jar", cataloger: "java", why: "damaged" },
    { entry: 1, cataloger: "java", why: "damaged" },
  ]);
});

test("programs of rpm's packages are theirs, also below a root of their own", () => {
  const files = (directory: number) => ({
    [TAG.name]: "bash",
    [TAG.version]: "5.2",
    [TAG.release]: "3",
    [TAG.directoryIndexes]: [directory, 0],
    [TAG.baseNames]: ["bash", "bashrc"],
    [TAG.directoryNames]: ["/etc/", "/usr/bin/"],
  });
  const content = ndbDatabase([rpmHeader(files(1))]);
  const facts = packagesOf(
    ["", "srv/root/"].flatMap((root) => [
      { path: `${root}var/lib/rpm/Packages.db`, content },
      { path: `${root}usr/bin/bash`, content: `\x7fELF${"\0".repeat(100)}${root}`, mode: 0o755 },
    ]),
  );
  const owners = facts?.executables.map(({ owner }) => facts.owners[owner ?? -1]?.owner);
  expect(owners).toEqual(["rpm bash", "rpm bash"]);
  const nowhere = ndbDatabase([rpmHeader(files(2))]);
  expect(packagesOf([{ path: "var/lib/rpm/Packages.db", content: nowhere }])).toMatchObject({
    lists: [],
    unread: [{ why: "damaged" }],
  });
});

test("rpm's database is read as it streams by, and what is not in it yet is said", () => {
  const header = rpmHeader({ [TAG.name]: "bash", [TAG.version]: "5.2", [TAG.release]: "3" });
  const content = ndbDatabase([header]);
  expect(
    packagesOf([
      { path: "usr/lib/sysimage/rpm/Packages.db", content },
      { path: "var/lib/rpm/Packages", content: content.subarray(0, 4_000) },
      { path: "var/lib/rpm/rpmdb.sqlite-wal", content: "" },
      { path: "usr/share/rpm/rpmdb.sqlite-wal", content: "x" },
    ]),
  ).toMatchObject({
    lists: [{ entry: 0, cataloger: "rpm", packages: [{ name: "bash" }] }],
    unread: [
      { entry: 1, cataloger: "rpm", why: "damaged" },
      { entry: 3, cataloger: "rpm", why: "form" },
    ],
  });
});

test("paths of Nix's store are packages, once each, whose programs are theirs; what Conda's records list is its packages'", () => {
  const store = "nix/store/0c5x9yp2z1f3gh4jk5lm6npq7rsv8wy9-curl-8.7.1-bin";
  const program = `\x7fELF${"\0".repeat(100)}`;
  const facts = packagesOf([
    { path: `${store}/`, type: "directory" },
    { path: `${store}/bin/curl`, content: program, mode: 0o755 },
    { path: `${store}/share/readme`, content: "x" },
    { path: "opt/conda/bin/tool", content: program, mode: 0o755 },
    {
      path: "opt/conda/conda-meta/tool-1.json",
      content: '{"name":"tool","version":"1","files":["bin/tool"]}',
    },
    { path: "opt/conda/conda-meta/bad-1.json", content: "{" },
  ]);
  expect(facts?.lists).toMatchObject([
    { entry: 1, cataloger: "nix-store", packages: [{ name: "curl", version: "8.7.1" }] },
    { entry: 4, cataloger: "conda", packages: [{ name: "tool" }] },
  ]);
  expect(facts?.unread).toEqual([{ entry: 5, cataloger: "conda", why: "damaged" }]);
  expect(facts?.executables.map(({ owner }) => facts.owners[owner ?? -1]?.owner)).toEqual([
    "nix curl",
    "conda tool",
  ]);
});

test("a list longer than a bound is said", () => {
  const facts = packagesOf([
    { path: "var/lib/dpkg/status", content: Buffer.alloc(LIMITS.packageListBytes + 1, "\n") },
  ]);
  expect(facts).toMatchObject({ lists: [], unread: [{ entry: 0, cataloger: "dpkg", why: "too-long" }] });
});

test("a name longer than LIMITS.packageNameCharacters is no package's, and of a licence's text the first line is kept", () => {
  const manifest = (name: string, license: string) => JSON.stringify({ name, version: "1", license });
  const facts = packagesOf([
    {
      path: "node_modules/a/package.json",
      content: manifest("a".repeat(LIMITS.packageNameCharacters + 1), "MIT"),
    },
    { path: "node_modules/b/package.json", content: manifest("b", "Permission\nis granted") },
    { path: "node_modules/c/package.json", content: manifest("c", "x".repeat(10_000)) },
  ]);
  expect(facts?.unread).toMatchObject([{ entry: 0, why: "damaged" }]);
  expect(facts?.lists.map(({ packages: [one] }) => one?.licenses?.[0]?.length)).toEqual([10, 200]);
});

test("no more packages than a bound", () => {
  const packages = Array.from({ length: LIMITS.packagesPerLayer + 1 }, (_, at) => ({ name: `a/${at}` }));
  const content = JSON.stringify({ packages });
  expect(() => packagesOf([{ path: "vendor/composer/installed.json", content }])).toThrow("packagesPerLayer");
});

test.each([
  ["a paragraph without a name", "P:a\nV:1.0\n\nV:2.0\n\nP:b\nV:3.0\n", ["a", "b"]],
  ["a name that is none", "P:a\nV:1.0\n\nP:b\u{0}\nV:3.0\n", ["a"]],
  ["a cut last paragraph", "P:a\nV:1.0\n\nP:b\n", ["a"]],
  ["bytes that are no list", "\u{0}\u{1}\u{2}", undefined],
])("%s of apk's database leaves the others readable, and the list incomplete", (_, content, names) => {
  const facts = packagesOf([{ path: "lib/apk/db/installed", content }]);
  expect(facts?.lists.map(({ packages }) => packages.map(({ name }) => name))).toEqual(
    names === undefined ? [] : [names],
  );
  expect(facts?.unread).toEqual([{ entry: 0, cataloger: "apk", why: "damaged" }]);
});

test.each([["Package: a\nStatus: install ok installed\nVersion: 1.0\n\nVersion: 2.0\n"]])(
  "a damaged paragraph of dpkg's database, of one file or of a folder",
  (content) => {
    for (const path of ["var/lib/dpkg/status", "var/lib/dpkg/status.d/a"]) {
      const facts = packagesOf([{ path, content }]);
      expect(facts?.lists).toMatchObject([{ packages: [{ name: "a" }] }]);
      expect(facts?.unread).toMatchObject([{ why: "damaged" }]);
    }
  },
);
