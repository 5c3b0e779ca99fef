import fc from "fast-check";
import { expect, test } from "vitest";
import type { VersionDirection } from "../../contract/version-direction.ts";
import { versionDirection } from "./version-direction.ts";

type Type = Parameters<typeof versionDirection>[0]["type"];

test.each<[Type, string, string, VersionDirection]>([
  ["deb", "1:2.0-1", "3.0-1", "downgrade"],
  ["deb", "5.36.0-7+deb12u1", "5.36.0-7+deb12u3", "upgrade"],
  ["deb", "1.0~rc1-1", "1.0-1", "upgrade"],
  ["apk", "1.36.1-r9", "1.36.1-r29", "upgrade"],
  ["rpm", "1:3.2.2-6.el9", "1:3.2.2-6.el9_5.1", "upgrade"],
  ["npm", "4.17.9", "4.17.21", "upgrade"],
  ["npm", "1.0.0", "1.0.0-rc.1", "downgrade"],
  ["pypi", "2.0", "2.0.post1", "upgrade"],
  ["pypi", "1.0", "1.0.0", "unknown"],
  ["maven", "2.0-alpha-1", "2.0", "upgrade"],
  ["golang", "go1.19.4", "go1.22.0", "upgrade"],
  ["golang", "v0.10.0", "v0.9.0", "downgrade"],
  ["cargo", "0.9.0", "0.10.0", "upgrade"],
  ["gem", "3.0.0.beta", "3.0.0", "upgrade"],
  ["composer", "1.0.0-beta1", "1.0.0", "upgrade"],
  ["nuget", "13.0.1", "9.0.1", "downgrade"],
  ["generic", "20.11.1", "22.1.0", "upgrade"],
  ["conda", "1.0", "2.0", "unknown"],
  ["nix", "1.0", "2.0", "unknown"],
  ["unknown", "1.0", "2.0", "unknown"],
  ["npm", "", "1.0.0", "unknown"],
  ["npm", "1.0.0", "latest!", "unknown"],
])("%s %s → %s: %s", (type, from, to, expected) => {
  expect(versionDirection({ type, name: "a", from: [from], to: [to] })).toBe(expected);
});

test("Java before 9 called itself otherwise, and is older all the same", () => {
  const from = ["1.8.0_392"];
  expect(versionDirection({ type: "generic", name: "openjdk", from, to: ["17.0.9"] })).toBe("upgrade");
});

test("of several side by side all must go one way", () => {
  const npm = { type: "npm", name: "a" } as const;
  expect(versionDirection({ ...npm, from: ["1.0.0", "1.1.0"], to: ["2.0.0", "3.0.0"] })).toBe("upgrade");
  expect(versionDirection({ ...npm, from: ["1.0.0", "2.1.0"], to: ["2.0.0", "3.0.0"] })).toBe("unknown");
  expect(versionDirection({ ...npm, from: [], to: ["2.0.0"] })).toBe("unknown");
  expect(versionDirection({ ...npm, from: ["2.0.0"], to: [] })).toBe("unknown");
});

const BACK = { upgrade: "downgrade", downgrade: "upgrade", unknown: "unknown" } as const;
const versions = fc.uniqueArray(fc.constantFrom("1.0.0", "1.0.0-1", "1.2", "2", "10.0.0", "x!"), {
  maxLength: 3,
});

test("what goes up one way goes down the other", () => {
  fc.assert(
    fc.property(fc.constantFrom<Type>("npm", "deb", "pypi", "nix"), versions, versions, (type, from, to) => {
      const there = versionDirection({ type, name: "a", from, to });
      expect(versionDirection({ type, name: "a", from: to, to: from })).toBe(BACK[there]);
    }),
  );
});
