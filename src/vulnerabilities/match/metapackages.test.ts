import { expect, test } from "vitest";
import type { PackageFacts } from "../../contract/package-facts.ts";
import { isInert } from "./metapackages.ts";

test.each<[PackageFacts["type"], string, boolean]>([
  ["deb", "linux-libc-dev", true],
  ["deb", "linux-libc-dev-amd64-cross", true],
  ["deb", "linux-headers-6.12.1-1-amd64", true],
  ["apk", "linux-headers", true],
  ["rpm", "kernel-headers", true],
  ["rpm", "linux-glibc-devel", true],
  ["rpm", "kernel-doc", true],
  ["deb", "openssl-docs", true],
  ["deb", "manpages", true],
  ["deb", "manpages-dev", true],
  ["deb", "postgresql-manpages", true],
  // A kernel, and names that resemble documentation.
  ["deb", "linux-image-6.12.1-1-amd64", false],
  ["deb", "linux-libc", false],
  ["deb", "my-linux-headers-6", false],
  ["deb", "python3-pytest-html", false],
  ["deb", "docker.io", false],
  ["deb", "manpagesx", false],
  ["deb", "golang-docs-server", false],
  ["deb", "xmanpages", false],
  ["deb", "doc", false],
  // Packages of languages have no such names.
  ["npm", "linux-headers", false],
  ["npm", "left-doc", false],
  ["pypi", "manpages", false],
])("%s %s has nothing that runs: %s", (type, name, expected) => {
  expect(isInert({ type, name })).toBe(expected);
});
