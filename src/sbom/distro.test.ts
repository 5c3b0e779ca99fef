import { expect, test } from "vitest";
import { distroOf, osOfDistro } from "./distro.ts";

test.each([
  ["stretch", "debian", "9"],
  ["buster", "debian", "10"],
  ["bullseye", "debian", "11"],
  ["bookworm", "debian", "12"],
  ["trixie", "debian", "13"],
  ["bionic", "ubuntu", "18.04"],
  ["focal", "ubuntu", "20.04"],
  ["jammy", "ubuntu", "22.04"],
  ["noble", "ubuntu", "24.04"],
  ["forky", "debian", "forky"],
])("%s of %s is release %s, also behind the distribution's name", (codeName, id, version) => {
  expect(osOfDistro(codeName, id)).toEqual({ id, version });
  expect(osOfDistro(`${id}-${codeName}`, id)).toEqual({ id, version });
});

test.each([
  // The dash before a digit separates the distribution from its release.
  ["debian-0", undefined, { id: "debian", version: "0" }],
  ["amzn-9", undefined, { id: "amzn", version: "9" }],
  ["opensuse-tumbleweed", undefined, { id: "opensuse-tumbleweed" }],
  ["opensuse-:", undefined, { id: "opensuse-:" }],
  ["opensuse-/", undefined, { id: "opensuse-/" }],
  ["-9", undefined, { id: "-9" }],
  ["-9", "debian", { id: "debian", version: "-9" }],
  ["a-9", "debian", { id: "a", version: "9" }],
])("%s of %s is %j", (distro, namespace, os) => {
  expect(osOfDistro(distro, namespace)).toEqual(os);
});

test("a rolling release is its name alone", () => {
  expect(distroOf({ id: "arch" })).toBe("arch");
  expect(distroOf({ id: "debian", version: "13" })).toBe("debian-13");
});
