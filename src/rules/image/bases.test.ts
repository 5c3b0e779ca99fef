import { describe, expect, test } from "vitest";
import { type FileSketch, imageFacts } from "../../../test/fixtures/image-facts.ts";
import { BASE_FILES, baseOf } from "./bases.ts";

function base(release: string, ...files: readonly FileSketch[]) {
  return baseOf(imageFacts({ files: [{ path: "/etc/os-release", content: release }, ...files] }));
}

describe("a distribution", () => {
  test.each([
    ..."debian ubuntu fedora rhel centos rocky almalinux ol opensuse opensuse-leap opensuse-tumbleweed sles".split(
      " ",
    ),
    ..."sle_hpc amzn arch archarm kali raspbian linuxmint gentoo void mageia oraclelinux openEuler anolis".split(
      " ",
    ),
    ..."azurelinux mariner photon scientific cloudlinux nixos".split(" "),
  ])("%s is general", (id) => {
    expect(base(`ID=${id}`)).toMatchObject({ name: id, kind: "general" });
    expect(base(`ID=mine\nID_LIKE="x ${id}"`).kind).toBe("general");
  });

  test.each(["alpine", "wolfi", "chainguard", "postmarketos"])("%s is minimal", (id) => {
    expect(base(`ID="${id}"`).kind).toBe("minimal");
    expect(base(`ID=mine\nID_LIKE='x ${id}'`).kind).toBe("minimal");
    expect(base(`ID=mine\nID_LIKE="debian ${id}"`).kind).toBe("general");
  });

  test("is distroless by its name alone", () => {
    expect(base('ID=debian\nPRETTY_NAME="Distroless"').kind).toBe("distroless");
    expect(base("ID=debian\nPRETTY_NAME=distroless x").kind).toBe("distroless");
    expect(base("ID=debian\nPRETTY_NAME=My Distroless").kind).toBe("general");
  });

  test("is chiselled by its manifest", () => {
    expect(base("ID=ubuntu", { path: "/var/lib/chisel/manifest.wall" }).kind).toBe("chiselled");
    expect(base("ID=ubuntu", { path: "/x/var/lib/chisel/manifest.wall" }).kind).toBe("general");
  });

  test("may be unknown, or there may be none", () => {
    expect(base("ID=mine")).toMatchObject({ name: "mine", kind: "unknown" });
    expect(base("# x\nid=x\nX Y=z\nID=")).toEqual({ name: "", kind: "none", shells: [], managers: [] });
    expect(baseOf(imageFacts())).toEqual({ name: "", kind: "none", shells: [], managers: [] });
  });
});

describe("its name", () => {
  test.each([
    ['ID=a\nNAME="B c"\nPRETTY_NAME="D e"', "D e"],
    ["ID=a\nNAME='B c'", "B c"],
    ["ID=a  ", "a"],
    ['PRETTY_NAME="It\'s"', "It's"],
    ["xNAME=a", ""],
  ])("%j is %s", (text, name) => {
    expect(base(text).name).toBe(name);
  });

  test("is that of /etc, else that of /usr/lib", () => {
    const usr = { path: "/usr/lib/os-release", content: "ID=wolfi" };
    const etc = { path: "/etc/os-release", content: "ID=alpine" };
    expect(baseOf(imageFacts({ files: [usr] })).name).toBe("wolfi");
    expect(baseOf(imageFacts({ files: [usr, etc] })).name).toBe("alpine");
    expect(baseOf(imageFacts({ files: [{ path: "/etc/x", content: "ID=alpine" }] })).name).toBe("");
  });
});

describe("its programs", () => {
  const SHELLS = "sh bash dash ash zsh ksh mksh busybox busybox.static toybox".split(" ");
  const MANAGERS =
    "apt apt-get dpkg apk rpm dnf dnf-3 dnf5 microdnf yum zypper pacman tdnf opkg urpmi nix-env".split(" ");
  const FOLDERS = ["/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin", "/busybox"];

  test.each(SHELLS)("the shell %s", (name) => {
    expect(base("ID=x", { path: `/bin/${name}` })).toMatchObject({ shells: [`/bin/${name}`], managers: [] });
  });

  test.each(MANAGERS)("the package manager %s", (name) => {
    expect(base("ID=x", { path: `/bin/${name}` })).toMatchObject({ shells: [], managers: [`/bin/${name}`] });
  });

  test.each(FOLDERS)("in %s", (folder) => {
    expect(base("ID=x", { path: `${folder}/sh` }).shells).toEqual([`${folder}/sh`]);
    expect(base("ID=x", { path: `/x${folder}/sh` }).shells).toEqual([]);
  });

  test("each once, sorted, and no other", () => {
    const files = ["/usr/bin/sh", "/bin/sh", "/bin/bash", "/bin/bash", "/bin/fish", "/app/sh"];
    expect(base("ID=x", ...files.map((path) => ({ path }))).shells).toEqual([
      "/bin/bash",
      "/bin/sh",
      "/usr/bin/sh",
    ]);
  });

  test("are asked for where they can be executed", () => {
    expect(BASE_FILES).toContainEqual({
      names: [...SHELLS, ...MANAGERS],
      under: FOLDERS,
      type: "file",
      anyMode: 0o111,
    });
  });
});
