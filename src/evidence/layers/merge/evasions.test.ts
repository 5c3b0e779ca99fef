import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { dpkgList, dpkgStatus, elf, packagesOf } from "../../../../test/fixtures/image-packages.ts";
import { zipOf } from "../../../../test/fixtures/zip.ts";
import { type TarEntry, writeTar } from "../../../image/tar/write.ts";

// Ways to hide a package or a program. Each must be counted, reported as unowned, or reported as unread; none
// may pass silently.

const FILES = ["/usr/lib/libssl.so.3", "/usr/bin/openssl"];
const PROGRAMS: readonly TarEntry[] = FILES.map((path) => ({ path: path.slice(1), content: elf(path) }));
const LIST = dpkgList("openssl", ...FILES);
const MANIFEST = { name: "META-INF/MANIFEST.MF", content: "Implementation-Version: 1\r\n" };
const POM = { name: "META-INF/maven/a/b/pom.properties", content: "groupId=a\nartifactId=b\nversion=1\n" };
const CLASS = { name: "com/example/A.class", content: "\xca\xfe\xba\xbe" };
const METADATA = { name: "a-1.0.dist-info/METADATA", content: "Name: a\nVersion: 1.0\n" };

function status(content: string): TarEntry {
  return { path: "var/lib/dpkg/status", content };
}

/** Result for an image: components, unowned and unread files, hidden packages. */
function said(...layers: readonly (readonly TarEntry[])[]): readonly string[] {
  const { components, executables, unread, hidings } = packagesOf(...layers);
  const place = ({ path, inside }: { readonly path: string; readonly inside?: string }) =>
    inside === undefined ? path : `${path}!/${inside}`;
  return [
    ...components.map(({ name, hidden }) => `${name}${hidden === true ? " hidden" : ""}`),
    ...executables.largestUnowned.map((one) => `unowned ${place(one)} ${one.kind}`),
    ...unread.map((one) => `unread ${place(one)} ${one.why}`),
    ...hidings.map(({ by }) => by.way),
  ].toSorted();
}

const UNOWNED = ["unowned /usr/bin/openssl program", "unowned /usr/lib/libssl.so.3 library"];
const DAMAGED = "unread /var/lib/dpkg/status damaged";

describe("a database", () => {
  test.each<[string, TarEntry, readonly string[]]>([
    [
      "with the lines of Windows",
      status("Package: openssl\r\nStatus: install ok installed\r\nVersion: 3\r\n"),
      ["openssl"],
    ],
    ["with names that dpkg does not know", status("package: openssl\nversion: 3\n"), [...UNOWNED, DAMAGED]],
    [
      "behind a mark of the order of bytes",
      status("\ufeffPackage: openssl\nVersion: 3\n"),
      [...UNOWNED, DAMAGED],
    ],
    [
      "that calls removed what is there",
      status("Package: openssl\nStatus: deinstall ok config-files\nVersion: 3\n"),
      UNOWNED,
    ],
  ])("%s", (_, entry, expected) => {
    expect(said([...PROGRAMS, entry, LIST])).toEqual([...expected].toSorted());
  });

  test("without lists of files", () => {
    expect(said([...PROGRAMS, dpkgStatus("openssl@3")])).toEqual(["openssl", ...UNOWNED]);
  });

  test("a hard link in its place", () => {
    const link = [
      { path: "empty", content: "x" },
      { path: "var/lib/dpkg/status", hardLink: "empty" },
    ];
    expect(said([...PROGRAMS, dpkgStatus("openssl@3"), LIST], link)).toEqual(["linked", "openssl hidden"]);
  });

  test("moved behind a link", () => {
    const moved: readonly TarEntry[] = [
      { path: "var/lib/dpkg", type: "symlink", link: "/opt/d" },
      { path: "opt/d/status", content: "Package: other\nVersion: 1\n" },
    ];
    expect(said([...PROGRAMS, dpkgStatus("openssl@3"), LIST], moved)).toEqual([
      "directory",
      "openssl hidden",
    ]);
  });
});

describe("a program or a package", () => {
  test.each<[string, string, string | Buffer, readonly string[]]>([
    ["without a mode, under a name of data", "app/a.txt", elf("a"), ["unowned /app/a.txt program"]],
    [
      "in a compressed tar",
      "app/a.tgz",
      gzipSync(writeTar([{ path: "a", content: elf("a") }])),
      ["unowned /app/a.tgz!/a.tar!/a program"],
    ],
    [
      "in a zip",
      "app/a.zip",
      zipOf([{ name: "bin/a", content: elf("a") }]),
      ["unowned /app/a.zip!/bin/a program"],
    ],
    ["compressed", "app/server.gz", gzipSync(elf("a")), ["unowned /app/server.gz!/server program"]],
    [
      "behind a script that unpacks it",
      "app/a.run",
      Buffer.concat([Buffer.from("#!/bin/sh\nexit 0\n"), gzipSync(elf("a"))]),
      ["unowned /app/a.run!/payload!/payload program"],
    ],
    [
      "a jar in a zip",
      "app/a.zip",
      zipOf([{ name: "lib/x.jar", content: zipOf([MANIFEST, POM, CLASS]) }]),
      ["b"],
    ],
    ["a jar by another name", "app/a.dat", zipOf([CLASS, MANIFEST]), ["unowned /app/a.dat jar"]],
    [
      "a wheel",
      "app/a-1.0-py3-none-any.whl",
      zipOf([METADATA, { name: "a/b.so", content: elf("a") }]),
      ["a"],
    ],
    [
      "a wheel that says nothing",
      "app/b.whl",
      zipOf([{ ...METADATA, content: "x" }]),
      ["unread /app/b.whl!/a-1.0.dist-info/METADATA damaged"],
    ],
    [
      "an egg among a distribution's own",
      "usr/lib/python3/site-packages/a.egg",
      zipOf([{ name: "EGG-INFO/PKG-INFO", content: METADATA.content }]),
      ["a"],
    ],
    [
      "what Python starts",
      "app/a.pyz",
      Buffer.concat([Buffer.from("#!/usr/bin/python3\n"), zipOf([METADATA])]),
      ["a"],
    ],
    [
      "of another machine",
      "app/a.exe",
      Buffer.concat([Buffer.from("\xcf\xfa\xed\xfe", "latin1"), Buffer.alloc(100)]),
      ["unowned /app/a.exe mach-o"],
    ],
  ])("%s", (_, path, content, expected) => {
    expect(said([{ path, content }])).toEqual(expected);
  });

  test.each([
    ["usr/local/go/src/archive/zip/testdata/a.zip", "PK\x03\x04 an example of a broken one"],
    ["opt/java/lib/src.zip", zipOf([{ name: "a", content: elf("a") }])],
    ["usr/local/lib/python3.13/ensurepip/_bundled/pip-25.0-py3-none-any.whl", zipOf([METADATA])],
    ["usr/share/doc/a/examples.tar.gz", gzipSync(writeTar([{ path: "a", content: elf("a") }]))],
  ])("%s is not looked into, or not missed", (path, content) => {
    expect(said([{ path, content }])).toEqual([]);
  });

  test("an archive that cannot be opened", () => {
    const content = Buffer.concat([Buffer.from("PK\x03\x04"), Buffer.alloc(20_000, 1)]);
    expect(said([{ path: "app/a.zip", content }])).toContain("unread /app/a.zip form");
  });
});
