import { zstdCompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { CHISEL_FILES } from "../../file-lists/chisel-files.ts";
import { CHISEL } from "./chisel.ts";

const PATH = "/var/lib/chisel/manifest.wall";
const HEAD = { jsonwall: "1.0", schema: "1.0" };
const LINES = [
  { kind: "content", slice: "libssl3t64_libs", path: "/usr/lib/x86_64-linux-gnu/libssl.so.3" },
  { kind: "content", slice: "libssl3t64_libs", path: "/usr/lib/" },
  { kind: "package", name: "libssl3t64", version: "3.0.13-0ubuntu3.5", sha256: "ab", arch: "amd64" },
  { kind: "path", path: "/usr/lib/x86_64-linux-gnu/libssl.so.3", mode: "0644", slices: ["libssl3t64_libs"] },
  { kind: "slice", name: "libssl3t64_libs" },
];

function wall(lines: readonly object[], head: object = { ...HEAD, count: lines.length + 1 }): Buffer {
  return zstdCompressSync([head, ...lines].map((line) => `${JSON.stringify(line)}\n`).join(""));
}

function stated(bytes: Buffer) {
  return CHISEL.packages({ path: PATH, bytes });
}

test("packages of Ubuntu with their architecture", () => {
  expect(stated(wall(LINES))).toEqual([
    { type: "deb", name: "libssl3t64", version: "3.0.13-0ubuntu3.5", architecture: "amd64" },
  ]);
});

test("files belong to the packages of their slices", () => {
  expect([...CHISEL_FILES.files({ path: PATH, bytes: wall(LINES) })]).toEqual([
    { owner: "deb libssl3t64", paths: ["/usr/lib/x86_64-linux-gnu/libssl.so.3"] },
  ]);
});

test("lines that are no objects are none, and a list without a number of lines is read", () => {
  const lines = [JSON.stringify(HEAD), "null", "7", ...LINES.map((line) => JSON.stringify(line))];
  expect(stated(zstdCompressSync(lines.join("\n\n")))).toHaveLength(1);
  const counted = [JSON.stringify({ ...HEAD, count: lines.length }), ...lines.slice(1)];
  expect(() => stated(zstdCompressSync(counted.join("\n")))).toThrow("lines are missing");
});

test("a package without an architecture has none, and one without a name is damage", () => {
  const { arch: _, name: __, ...rest } = { arch: "", name: "", kind: "package", version: "1" };
  expect(stated(wall([{ ...rest, name: "a" }]))).toEqual([{ type: "deb", name: "a", version: "1" }]);
  expect(() => stated(wall([{ ...rest, arch: "amd64" }]))).toThrow("a package without a name");
});

test("a package without a version leaves the others readable", () => {
  expect(() => stated(wall([...LINES, { kind: "package", name: "x" }]))).toThrow("a package without a name");
});

test.each([
  ["a text", Buffer.from("jsonwall"), /Unknown frame|descriptor/],
  ["lines that are missing", wall(LINES, { ...HEAD, count: 9 }), "lines are missing"],
  ["no head", wall(LINES.slice(1), LINES[0]), "no jsonwall"],
  ["cut", wall(LINES).subarray(0, 40), "unexpected end"],
  ["JSON that breaks off", zstdCompressSync('{"jsonwall":"1.0"}\n{"kind":'), "JSON"],
  ["as long as nobody writes it", zstdCompressSync(Buffer.alloc(33 * 1024 ** 2, " ")), "larger than"],
])("%s is damaged", (_, bytes, why) => {
  expect(() => stated(bytes)).toThrow(why);
});
