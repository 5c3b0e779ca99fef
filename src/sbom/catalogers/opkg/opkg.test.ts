import { expect, test } from "vitest";
import { DamagedList } from "../../cataloger/cataloger.ts";
import { OPKG_FILES } from "../../file-lists/opkg-files.ts";
import { OPKG } from "./opkg.ts";

const PATH = "/usr/lib/opkg/status";

function stated(text: string) {
  return OPKG.packages({ path: PATH, bytes: Buffer.from(text) });
}

test("packages that are installed, and those that are not", () => {
  const text = `Package: busybox
Version: 1.36.1-1
Depends: libc
Status: install user installed
Architecture: x86_64
Installed-Time: 1700000000

Package: gone
Version: 1
Status: deinstall ok not-installed

`;
  expect(stated(text)).toEqual([
    { type: "opkg", name: "busybox", version: "1.36.1-1", architecture: "x86_64" },
  ]);
});

test.each([
  ["install user installed", true],
  ["install ok unpacked", true],
  ["deinstall ok not-installed", false],
  ["deinstall ok config-files", false],
  ["deinstall ok config-files-x", true],
  ["install not-installed installed", true],
  ["not-installed", true],
  ["", true],
])("a package with the status %j is there: %s", (status, isThere) => {
  expect(stated(`Package: a\nVersion: 1\nStatus: ${status}\n`)).toHaveLength(isThere ? 1 : 0);
});

test("a package that is not there needs no version", () => {
  expect(stated("Package: a\nStatus: deinstall ok not-installed\n")).toEqual([]);
});

test("a paragraph that is none leaves the others readable", () => {
  const damaged = () => stated("Package: a\nVersion: 1\n\nPackage: b\n");
  expect(damaged).toThrow(DamagedList);
  expect(damaged).toThrow("without Version");
  expect(() => stated("Version: 1\n")).toThrow("without Package");
  expect(() => stated("\0\0")).toThrow("no paragraph");
});

test.each([
  ["/var/lib/opkg/status", true],
  ["/srv/root/usr/lib/opkg/status", true],
  ["/app/status", false],
  ["/usr/lib/opkg/status/status", false],
  ["/usr/lib/opkg/status.d/status", false],
  ["/lib/opkg/status", false],
  ["/var/lib/dpkg/status", false],
])("%s: %s", (path, reads) => {
  expect(OPKG.reads(path)).toBe(reads);
});

test("lists of files, with and without modes", () => {
  const list = (path: string, text: string) => [...OPKG_FILES.files({ path, bytes: Buffer.from(text) })];
  expect(
    list("/var/lib/opkg/info/busybox.list", "/bin/busybox\t0100755\n/bin/sh\n").map(({ owner, paths }) => [
      owner,
      [...paths],
    ]),
  ).toEqual([["opkg busybox", ["/bin/busybox", "/bin/sh"]]]);
  expect(OPKG_FILES.reads("/var/lib/dpkg/info/a.list")).toBe(false);
});
