import { describe, expect, test } from "vitest";
import {
  isDistributionsOwner,
  isTelling,
  isWorthKeeping,
  linesOf,
  ownerName,
  unmerged,
} from "./file-list.ts";

/** Extensions of data: files that are neither programs nor lists of packages. */
const DATA =
  "a al bash c cc cfg cmake cnf conf cpp crt cs css csv d dat desktop el enc gif gz h hh hpp html htm ico in inc ini ipp ix js json la list lua map md md5sums mjs mo mod msg o otf pc pem ph pl pm png pod po policy properties ps1 py pyc pyi pyx rb rst rules rs sample service sh socket sql svg target tcl tmpl toml ts ttf txt tzs ui vim woff woff2 xml xsl yaml yml zone";

test("files with the extension of data are not kept", () => {
  expect(DATA.split(" ").filter((extension) => isWorthKeeping(`/usr/lib/x.${extension}`))).toEqual([]);
});

test.each([
  ["/usr/bin/ls", true],
  ["/usr/lib/libc.so.6", true],
  ["/usr/share/java/a.jar", true],
  ["/usr/lib/.hidden", true],
  ["/usr/lib/.json", true],
  ["/usr/lib/a.", true],
  ["/usr/lib/a.d/program", true],
  // Lists of packages have the extension of data.
  ["/usr/lib/node_modules/a/package.json", true],
  ["/usr/share/php/composer/installed.json", true],
  ["/usr/lib/dotnet/a.deps.json", true],
  ["/usr/lib/my-package.json", false],
  ["/usr/lib/a.b.json", false],
])("%s is kept: %s", (path, expected) => {
  expect(isWorthKeeping(path)).toBe(expected);
});

test.each(
  "doc man locale zoneinfo i18n info licenses lintian bug icons fonts terminfo"
    .split(" ")
    .map((one) => [one]),
)("what is below share/%s is data, whatever its name", (folder) => {
  const path = `/usr/share/${folder}/program`;
  expect([isWorthKeeping(path), isTelling(path)]).toEqual([false, false]);
  expect([isWorthKeeping(`/usr/share/x${folder}/a`), isTelling(`/usr/share/x${folder}/a`)]).toEqual([
    true,
    true,
  ]);
});

test.each([
  ["/usr/bin/ls", true],
  ["/etc/passwd", false],
  ["/var/lib/a", false],
  ["/opt/etc/a", true],
  ["/etcetera", true],
])("%s shows that its package is there: %s", (path, expected) => {
  expect(isTelling(path)).toBe(expected);
});

test.each([
  ["/usr/bin/ls", "/bin/ls"],
  ["/usr/sbin/a", "/sbin/a"],
  ["/usr/lib/a", "/lib/a"],
  ["/usr/lib32/a", "/lib32/a"],
  ["/usr/lib64/a", "/lib64/a"],
  ["/usr/libx32/a", "/libx32/a"],
  ["/usr/libexec/a", "/libexec/a"],
  ["/mnt/usr/bin/ls", "/mnt/bin/ls"],
  ["/usr/share/a", "/usr/share/a"],
  ["/usr/libraries/a", "/usr/libraries/a"],
  ["/usr/lib", "/usr/lib"],
  ["/bin/ls", "/bin/ls"],
  ["/usr/local/bin/a", "/usr/local/bin/a"],
])("%s is %s, without a merged /usr", (path, expected) => {
  expect(unmerged(path)).toBe(expected);
});

describe("owners", () => {
  test.each(["deb", "apk", "rpm", "alpm", "opkg"] as const)("a package of %s is a distribution's", (type) => {
    expect(isDistributionsOwner(ownerName({ type, name: "a" }))).toBe(true);
  });

  test.each(["pypi a", "conda a", "debian a", "x deb a"])("%s is not", (owner) => {
    expect(isDistributionsOwner(owner)).toBe(false);
  });
});

test.each([
  ["a\nb\n", ["a", "b"]],
  ["a\r\n\r\nb", ["a", "b"]],
  ["\n\na", ["a"]],
  ["a\rb\n", ["a\rb"]],
  ["\r", []],
  ["", []],
])("the lines of %j are %j", (text, lines) => {
  expect([...linesOf(Buffer.from(text))]).toEqual(lines);
});
