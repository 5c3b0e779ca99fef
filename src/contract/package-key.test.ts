import { expect, test } from "vitest";
import { packageKey, packageOf, writtenKey } from "./package-key.ts";

test.each(["npm/@a/JSONStream@1.0.0", "maven/org.a/b@1", "golang/github.com/a/b@v1", "pypi/Zope.Interface@"])(
  "%s is one text, and the package again",
  (written) => {
    const facts = packageOf(written);
    expect(facts && writtenKey(facts)).toBe(written);
  },
);

test.each(["", "nothing/a@1", "npm", "npm/a"])("%j is no package", (written) => {
  expect(packageOf(written)).toBeUndefined();
});

test.each([
  ["npm/Left-Pad@1.0.0", "npm/left-pad@1.0.0"],
  ["pypi/Zope.Interface@7.0", "pypi/zope-interface@7.0"],
  ["maven/org.A/B@1.0", "maven/org.A/B@1.0"],
  ["gem/RedCloth@4.3", "gem/RedCloth@4.3"],
  ["cargo/Serde@1.0", "cargo/Serde@1.0"],
  ["nix/GConf@3.2", "nix/GConf@3.2"],
  ["deb/debian/LibC6@1:2.41-5", "deb/libc6@2.41-5"],
  ["rpm/fedora/bash@0:5.2", "rpm/bash@5.2"],
  ["apk/alpine/busybox@1:1.37", "apk/busybox@1:1.37"],
  ["golang/golang.org/x/sys@v0.20.0", "golang/golang.org/x/sys@0.20.0"],
  ["npm/a@v1.0.0", "npm/a@v1.0.0"],
])("%s is compared as %s", (written, exact) => {
  const facts = packageOf(written);
  expect(facts && packageKey(facts)).toEqual({ exact, name: exact.slice(0, exact.lastIndexOf("@")) });
});
