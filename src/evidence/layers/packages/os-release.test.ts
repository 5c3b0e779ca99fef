import { describe, expect, test } from "vitest";
import { isOsRelease, osRelease, saysTwoSystems } from "./os-release.ts";

test.each([
  ["/etc/os-release", true],
  ["/usr/lib/os-release", true],
  ["/etc/my-os-release", false],
  ["/etc/os-release.d", false],
])("%s names the operating system: %s", (path, expected) => {
  expect(isOsRelease(path)).toBe(expected);
});

describe("os-release", () => {
  test.each([
    [
      'ID=debian\nVERSION_ID="13"\nPRETTY_NAME="Debian 13"\n',
      { id: "debian", version: "13", name: "Debian 13" },
    ],
    ["ID=arch\r\nPRETTY_NAME='Arch Linux'\r\n", { id: "arch", name: "Arch Linux" }],
    // Quotation marks, and characters that a shell reads behind a backslash.
    [String.raw`ID="a\"b\$c\'d\\e\`f\g"`, { id: "a\"b$c'd\\e`f\\g" }],
    ["ID='a\"", { id: "'a\"" }],
    ['ID="', { id: '"' }],
    ['ID=""\n', undefined],
    ["ID= debian \n", { id: "debian" }],
    ["#ID=fedora\nID=debian\n", { id: "debian" }],
    ["=x\nID=debian\nVERSION_ID\n", { id: "debian" }],
    ["VERSION_ID=13\n", undefined],
    ["", undefined],
  ])("%j gives %j", (text, expected) => {
    expect(osRelease(Buffer.from(text))).toEqual(expected);
  });

  test.each([
    ["ID=debian\nID=alpine\n", true],
    ["VERSION_ID=12\nNAME=x\nVERSION_ID=13\r\n", true],
    ['ID=debian\nID="debian"\n', false],
    ["ID=debian\nID= debian \n", false],
    ["ID=debian\nVERSION_ID=12\n", false],
    ["NAME=a\nNAME=b\n", false],
    ["ID\nID=debian\n", false],
  ])("%j names two systems: %s", (text, expected) => {
    expect(saysTwoSystems(Buffer.from(text))).toBe(expected);
  });
});
