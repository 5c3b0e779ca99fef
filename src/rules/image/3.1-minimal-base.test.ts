import { describe, expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { type FileSketch, imageFacts } from "../../../test/fixtures/image-facts.ts";
import { minimalBase } from "./3.1-minimal-base.ts";

function release(text: string, path = "/etc/os-release"): FileSketch {
  return { path, content: text };
}

function programs(...paths: readonly string[]): readonly FileSketch[] {
  return paths.map((path) => ({ path, mode: 0o755 }));
}

const DEBIAN = release('PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nID=debian\n');
const UBUNTU = release('PRETTY_NAME="Ubuntu 24.04 LTS"\nID=ubuntu\nID_LIKE=debian\n');
const RHEL = release(
  'NAME="Red Hat Enterprise Linux"\nID="rhel"\nID_LIKE="fedora"\nPRETTY_NAME="Red Hat Enterprise Linux 9.4 (Plow)"\n',
);
const DISTROLESS = release('PRETTY_NAME="Distroless"\nNAME="Debian GNU/Linux"\nID="debian"\n');
const ALPINE = release('NAME="Alpine Linux"\nID=alpine\nPRETTY_NAME="Alpine Linux v3.22"\n');

function check(files: readonly FileSketch[], config: Parameters<typeof imageFacts>[0] = {}) {
  return checkRule(minimalBase, { image: imageFacts({ files, ...config }) });
}

describe("minimal", () => {
  test.each<[string, readonly FileSketch[], string]>([
    ["scratch with a static binary", [], "no distribution, neither shell nor package manager"],
    ["distroless", [DISTROLESS], "Distroless"],
    ["Debian without shell and package manager", [DEBIAN], "Debian GNU/Linux 12 (bookworm), neither"],
    ["Alpine", [ALPINE, ...programs("/bin/busybox", "/sbin/apk")], "Alpine Linux v3.22"],
    ["Wolfi", [release("ID=wolfi\nNAME=Wolfi\n"), ...programs("/usr/bin/busybox")], "Wolfi"],
    ["what is like Alpine", [release("ID=mine\nID_LIKE=alpine\n"), ...programs("/bin/busybox")], "mine"],
    [
      "chiselled Ubuntu, with a shell of its own choice",
      [UBUNTU, { path: "/var/lib/chisel/manifest.wall" }, ...programs("/usr/bin/bash")],
      "Ubuntu 24.04 LTS, chiselled",
    ],
    ["busybox without a distribution", programs("/bin/busybox", "/bin/sh", "/bin/ash"), "busybox"],
    [
      "a shell that is a dangling link",
      [DEBIAN, { path: "/bin/sh", type: "symlink", link: "dash", mode: 0o777 }],
      "neither shell",
    ],
    ["a shell that is not executable", [DEBIAN, { path: "/bin/sh" }], "neither shell"],
    [
      "a shell that a later layer deletes",
      [DEBIAN, { path: "/bin/sh", mode: 0o755, hidden: true }],
      "neither shell",
    ],
    ["a shell's name elsewhere", [DEBIAN, ...programs("/app/sh")], "neither shell"],
  ])("%s", (_, files, says) => {
    expect(check(files)).toMatchObject({ status: "pass", proof: { en: expect.stringContaining(says) } });
  });

  test("UBI micro: a shell, but no package manager", () => {
    const config = { config: { labels: { "com.redhat.component": "ubi9-micro-container" } } };
    expect(check([RHEL, ...programs("/usr/bin/bash")], config)).toMatchObject({
      status: "pass",
      proof: { en: expect.stringContaining("UBI micro") },
    });
    expect(
      check([RHEL, ...programs("/usr/bin/bash")], { config: { labels: { name: "ubi10/ubi-micro" } } }).status,
    ).toBe("pass");
  });
});

describe("general-purpose", () => {
  test.each<[string, readonly FileSketch[], string]>([
    [
      "Debian",
      [DEBIAN, ...programs("/usr/bin/dash", "/usr/bin/apt-get")],
      "Debian GNU/Linux 12 (bookworm): the image holds /usr/bin/dash, /usr/bin/apt-get",
    ],
    [
      "Ubuntu by /usr/lib/os-release",
      [{ ...UBUNTU, path: "/usr/lib/os-release" }, ...programs("/usr/bin/bash")],
      "Ubuntu 24.04 LTS",
    ],
    [
      "ubi-minimal, which has microdnf",
      [RHEL, ...programs("/usr/bin/bash", "/usr/bin/microdnf")],
      "/usr/bin/microdnf",
    ],
    ["a derivative", [release("ID=mint\nID_LIKE='ubuntu debian'\n"), ...programs("/bin/dash")], "mint"],
    [
      "the -debug variant of distroless, for its shell",
      [DISTROLESS, ...programs("/busybox/sh", "/busybox/busybox")],
      "/busybox/sh",
    ],
    [
      "chiselled Ubuntu into which apt was put",
      [UBUNTU, { path: "/var/lib/chisel/manifest.wall" }, ...programs("/usr/bin/apt")],
      "/usr/bin/apt",
    ],
    [
      "/etc/os-release before /usr/lib/os-release",
      [{ ...ALPINE, path: "/usr/lib/os-release" }, DEBIAN, ...programs("/bin/sh")],
      "Debian",
    ],
  ])("%s", (_, files, says) => {
    expect(check(files)).toMatchObject({
      status: "fail",
      findings: [{ message: { en: expect.stringContaining(says) } }],
    });
  });

  test.each([
    ["NODE_VERSION=24.11.1", "node:24-alpine, gcr.io/distroless/nodejs24-debian12"],
    ["NGINX_VERSION=1.29.3", "nginxinc/nginx-unprivileged:1.29-alpine-slim"],
    ["PYTHON_VERSION=3.13.1", "python:3.13-alpine"],
    ["JAVA_VERSION=jdk-21.0.5+11", "gcr.io/distroless/java21-debian12"],
    ["PHP_VERSION=", "php:….…-fpm-alpine"],
    ["PATH=/bin", "gcr.io/distroless/base-debian12"],
  ])("the remedy names the base for %s", (variable, says) => {
    const outcome = check([DEBIAN, ...programs("/bin/dash")], { config: { env: [variable] } });
    expect(outcome).toMatchObject({ findings: [{ remedy: { en: expect.stringContaining(says) } }] });
  });
});

describe("unproven", () => {
  test.each<[string, readonly FileSketch[], string]>([
    [
      "no os-release, but a package manager",
      programs("/bin/busybox", "/usr/bin/apt"),
      "has no os-release, but holds",
    ],
    [
      "no os-release, but a shell that is no busybox",
      programs("/bin/bash"),
      "has no os-release, but holds /bin/bash",
    ],
    [
      "an unknown distribution with a shell",
      [release("ID=mine\n"), ...programs("/bin/bash")],
      "unknown distribution (mine)",
    ],
    [
      "an os-release without an ID",
      [release("NAME=Mine\n\nbroken\nID=\n"), ...programs("/bin/bash")],
      "unknown distribution (Mine)",
    ],
  ])("%s", (_, files, says) => {
    expect(check(files)).toMatchObject({ status: "unproven", reason: { en: expect.stringContaining(says) } });
  });

  test("a layer that was not read may hold a shell", () => {
    expect(check([DISTROLESS], { layers: [{}, { unread: { fr: "foreign", en: "foreign" } }] }).status).toBe(
      "unproven",
    );
    expect(
      check([DEBIAN, ...programs("/bin/sh")], { layers: [{}, { unread: { fr: "foreign", en: "foreign" } }] })
        .status,
    ).toBe("fail");
  });
});
