import { expect, test } from "vitest";
import type { OsFacts, PackageFacts } from "../contract/package-facts.ts";
import { purlOf } from "./purl.ts";

const DEBIAN: OsFacts = { id: "debian", version: "13" };

test.each<[PackageFacts, OsFacts | undefined, string]>([
  [
    {
      type: "deb",
      name: "libstdc++6",
      version: "1:14.2.0-19",
      architecture: "amd64",
      source: { name: "gcc-14", version: "14.2.0-19" },
    },
    DEBIAN,
    "pkg:deb/debian/libstdc%2B%2B6@1:14.2.0-19?arch=amd64&distro=debian-13&upstream=gcc-14%4014.2.0-19",
  ],
  [
    { type: "deb", name: "libc6", version: "2.41", source: { name: "glibc", version: "2.41" } },
    { id: "sid" },
    "pkg:deb/sid/libc6@2.41?distro=sid&upstream=glibc",
  ],
  [
    {
      type: "rpm",
      name: "nodejs-libs",
      version: "1:18.19.1-1.module+el9",
      architecture: "x86_64",
      source: { name: "nodejs", version: "18.19.1-1.module+el9" },
      qualifiers: { rpmmod: "nodejs:18" },
    },
    { id: "rhel", version: "9.4" },
    "pkg:rpm/rhel/nodejs-libs@18.19.1-1.module%2Bel9?arch=x86_64&distro=rhel-9.4&epoch=1&rpmmod=nodejs:18&upstream=nodejs-18.19.1-1.module%2Bel9.src.rpm",
  ],
  [{ type: "rpm", name: "tzdata", version: "2024a-1" }, undefined, "pkg:rpm/tzdata@2024a-1"],
  [
    { type: "conda", name: "numpy", version: "1.26.4", qualifiers: { channel: "main", build: "py312_0" } },
    DEBIAN,
    "pkg:conda/numpy@1.26.4?build=py312_0&channel=main",
  ],
  [{ type: "apk", name: "musl", version: "1.2.5-r10" }, undefined, "pkg:apk/musl@1.2.5-r10"],
  [
    { type: "npm", namespace: "@babel", name: "core", version: "7.28.0" },
    DEBIAN,
    "pkg:npm/%40babel/core@7.28.0",
  ],
  [
    { type: "golang", namespace: "github.com/go-logr", name: "logr", version: "v1.4.3+incompatible" },
    undefined,
    "pkg:golang/github.com/go-logr/logr@v1.4.3%2Bincompatible",
  ],
  [{ type: "maven", name: "a b(c)", version: "" }, undefined, "pkg:maven/a%20b%28c%29"],
  [{ type: "generic", name: "\ud800é", version: "1" }, undefined, "pkg:generic/%EF%BF%BD%C3%A9@1"],
])("%j of %j", (facts, os, purl) => {
  expect(purlOf(facts, os)).toBe(purl);
});
