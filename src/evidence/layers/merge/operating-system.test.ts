import { describe, expect, test } from "vitest";
import { dpkgStatus, packagesOf } from "../../../../test/fixtures/image-packages.ts";
import type { TarEntry } from "../../../image/tar/write.ts";

function release(id: string, version: string, path = "usr/lib/os-release"): TarEntry {
  return { path, content: `ID=${id}\nVERSION_ID="${version}"\n` };
}

const link: TarEntry = { path: "etc/os-release", type: "symlink", link: "../usr/lib/os-release" };
const debian12 = [link, release("debian", "12"), dpkgStatus("base-files@12.4+deb12u8", "openssl@3.0.9-1")];
const debian13 = [release("debian", "13"), dpkgStatus("base-files@13.8+deb13u8", "openssl@3.5.1-1")];

function system(...layers: readonly (readonly TarEntry[])[]): unknown {
  const { os, osConflict } = packagesOf(...layers);
  if (os !== undefined) return `${os.id} ${os.version}`;
  return osConflict?.map(({ system: said, path, layer }) => `${said} ${path} ${layer}`);
}

describe("the system is known where all that says it agrees", () => {
  test.each<[string, readonly (readonly TarEntry[])[], string]>([
    ["one layer", [debian12], "debian 12"],
    ["an upgrade in place, and a package after it", [debian12, debian13, debian13.slice(1)], "debian 13"],
    ["both files", [[...debian13, release("debian", "13", "etc/os-release")]], "debian 13"],
    ["a point of a release", [[release("alpine", "3.22.0")], [release("alpine", "3.22.1")]], "alpine 3.22.1"],
    ["the same again", [debian12, [release("debian", "12")]], "debian 12"],
    [
      "a derivative's base-files",
      [[release("ubuntu", "24.04"), dpkgStatus("base-files@13ubuntu10")]],
      "ubuntu 24.04",
    ],
    [
      "a file of another directory",
      [[...debian12, release("debian", "11", "opt/x/etc/os-release")]],
      "debian 12",
    ],
  ])("%s", (_, layers, expected) => {
    expect(system(...layers)).toBe(expected);
  });
});

describe("else it is not known, and both that say it are named", () => {
  const rewritten = release("debian", "11");

  test.each<[string, readonly (readonly TarEntry[])[], readonly string[]]>([
    [
      "a later layer tells another release",
      [[link, release("ubuntu", "24.04"), dpkgStatus("openssl@3")], [release("ubuntu", "22.04")]],
      ["ubuntu 22.04 /usr/lib/os-release 1", "ubuntu 24.04 /usr/lib/os-release 0"],
    ],
    [
      "with a package that is not the release's",
      [
        [link, release("ubuntu", "24.04")],
        [release("ubuntu", "22.04"), dpkgStatus("curl@8")],
      ],
      ["ubuntu 22.04 /usr/lib/os-release 1", "ubuntu 24.04 /usr/lib/os-release 0"],
    ],
    [
      "with the old release's package beside it",
      [
        [link, dpkgStatus("base-files@12.4+deb12u8")],
        [rewritten, dpkgStatus("base-files@12.4+deb12u8", "curl@8")],
      ],
      ["debian 11 /usr/lib/os-release 1", "debian 12 /var/lib/dpkg/status 1"],
    ],
    [
      "the other file disagrees",
      [[...debian13, release("debian", "11", "etc/os-release")]],
      ["debian 11 /etc/os-release 0", "debian 13 /usr/lib/os-release 0"],
    ],
    [
      "a field twice",
      [[{ path: "etc/os-release", content: "ID=debian\nVERSION_ID=13\nVERSION_ID='11'\n" }]],
      ["debian 11 /etc/os-release 0", "debian 11 /etc/os-release 0"],
    ],
  ])("%s", (_, layers, expected) => {
    expect(system(...layers)).toEqual(expected);
  });
});

describe("packages of a root in a directory are of its own system", () => {
  const inner = (...files: readonly TarEntry[]) => [
    { ...dpkgStatus("openssl@3.5.1-1"), path: "opt/root/var/lib/dpkg/status" },
    ...files,
  ];
  const others = (files: readonly TarEntry[]) =>
    packagesOf([...debian12, ...files]).components.flatMap(({ path, ofOtherSystem }) =>
      ofOtherSystem === true ? [path] : [],
    );

  test.each<[string, readonly TarEntry[], number]>([
    ["the image's", inner(release("debian", "12", "opt/root/etc/os-release")), 0],
    ["another release's", inner(release("debian", "13", "opt/root/usr/lib/os-release")), 1],
    ["another distribution's", inner(release("ubuntu", "12", "opt/root/etc/os-release")), 1],
    ["nobody knows whose", inner(), 1],
    [
      "of the image's by a link out of it",
      inner({ path: "opt/root/etc/os-release", type: "symlink", link: "/usr/lib/os-release" }),
      1,
    ],
  ])("%s", (_, files, count) => {
    expect(others(files)).toHaveLength(count);
  });
});
