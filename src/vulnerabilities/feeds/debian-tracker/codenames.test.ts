import { expect, test } from "vitest";
import { debianVersion } from "./codenames.ts";

// https://www.debian.org/releases/ and https://www.debian.org/doc/manuals/project-history/releases.en.html
test.each([
  ["etch", "4"],
  ["lenny", "5"],
  ["squeeze", "6"],
  ["wheezy", "7"],
  ["jessie", "8"],
  ["stretch", "9"],
  ["buster", "10"],
  ["bullseye", "11"],
  ["bookworm", "12"],
  ["trixie", "13"],
  ["forky", "14"],
  ["duke", "15"],
  ["sid", "sid"],
])("Debian's %s is version %s", (codename, version) => {
  expect(debianVersion(codename)).toBe(version);
});

test.each(["", "Trixie", "experimental", "constructor", "mutant"])("%j is no release", (codename) => {
  expect(debianVersion(codename)).toBeUndefined();
});
