import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ZipEntry, zipOf } from "../../../../test/fixtures/zip.ts";
import { LIMITS } from "../../../contract/limits.ts";
import type { LayerEntry } from "./analyzer.ts";
import { FoundPackages } from "./found-packages.ts";
import { FoundSboms } from "./found-sboms.ts";
import { JarReading } from "./jar-reading.ts";

const CLASS: ZipEntry = { name: "a/B.class", content: "\xca\xfe\xba\xbe" };

function pom(name: string): ZipEntry {
  return {
    name: `META-INF/maven/org.example/${name}/pom.properties`,
    content: `groupId=org.example\nartifactId=${name}\nversion=1.0\n`,
  };
}

function read(jar: Uint8Array) {
  const found = new FoundPackages();
  const entry: LayerEntry = {
    index: 0,
    path: "/app/app.jar",
    type: "file",
    mode: 0o644,
    size: jar.length,
    capability: undefined,
  };
  const reader = new JarReading(found, new FoundSboms()).reader(entry);
  for (let at = 0; at < jar.length; at += 1_000) reader.push(jar.subarray(at, at + 1_000), at);
  reader.end();
  const { lists, unread } = found.facts();
  return {
    names: lists.flatMap(({ packages }) => packages.map(({ name }) => name)),
    unread: unread.map(({ inside = "", why }) => `${inside} ${why}`.trim()),
    lists,
  };
}

/** A jar nested so many times. */
function nested(depth: number): Buffer {
  const inner = [pom(`level-${depth}`), CLASS];
  if (depth === 1) return zipOf(inner);
  return zipOf([...inner, { name: "lib/in.jar", content: nested(depth - 1) }]);
}

test("jars nested 20 deep are read as deep as LIMITS.packedDepth, and the next is named", () => {
  const { names, unread } = read(nested(20));
  expect(names).toEqual(Array.from({ length: LIMITS.packedDepth }, (_, at) => `level-${20 - at}`));
  expect(unread).toEqual([
    `${Array.from({ length: LIMITS.packedDepth }, () => "lib/in.jar").join("!/")} too-long`,
  ]);
});

describe("a jar whose directory and headers disagree", () => {
  test.each<readonly [string, readonly ZipEntry[]]>([
    ["leaves a member out", [CLASS, { ...pom("hidden"), unlisted: true }]],
    ["calls a member otherwise", [CLASS, { ...pom("hidden"), listedAs: "META-INF/x" }]],
    ["calls another member so", [{ ...CLASS, listedAs: pom("other").name }, pom("hidden")]],
  ])("%s: what stands there is stated, and the jar is one that cannot be believed", (_, members) => {
    const { names, unread } = read(zipOf(members));
    expect(names).toEqual(["hidden"]);
    expect(unread).toEqual(["damaged"]);
  });
});

test("what says what a jar is, and cannot be read, is named", () => {
  const manifest = { name: "META-INF/MANIFEST.MF", content: "Implementation-Version: 1\n" };
  expect(read(zipOf([manifest, { ...pom("a"), encrypted: true }])).unread).toEqual([
    `${pom("a").name} damaged`,
  ]);
  expect(read(zipOf([manifest, { ...pom("a"), method: 99 }])).unread).toEqual([`${pom("a").name} damaged`]);
  const long = { ...manifest, content: Buffer.alloc(LIMITS.packageFileBytes + 1, "x") };
  expect(read(zipOf([long])).unread).toEqual(["META-INF/MANIFEST.MF too-long"]);
});

test("what has the name of a jar and is none is said to be damaged; an archive of another kind is not", () => {
  const text = Buffer.from("no archive, of some length, that is");
  expect(read(text)).toMatchObject({ names: [], unread: ["damaged"] });
  expect(read(zipOf([pom("a"), { name: "lib/b.jar", content: text }]))).toMatchObject({
    names: ["a"],
    unread: ["lib/b.jar damaged"],
  });
  const rar = Buffer.concat([Buffer.from("Rar!\x1a\x07\x01\0", "latin1"), Buffer.alloc(100)]);
  expect(read(zipOf([pom("a"), { name: "lib/b.rar", content: rar }]))).toMatchObject({
    names: ["a"],
    unread: [],
  });
});

test("the licences of a manifest are those of a jar that is one thing", () => {
  const manifest = {
    name: "META-INF/MANIFEST.MF",
    content:
      'Bundle-License: "Apache-2.0";link="https://x.example.org/a;b",\r\n  MIT\r\nBundle-Version: 2.0\r\n',
  };
  const licenses = (entries: readonly ZipEntry[]) =>
    read(zipOf(entries)).lists.map(({ packages: [one] }) => one?.licenses);
  expect(licenses([manifest])).toEqual([["Apache-2.0", "MIT"]]);
  expect(licenses([manifest, pom("a")])).toEqual([["Apache-2.0", "MIT"]]);
  expect(licenses([manifest, pom("a"), pom("b")])).toEqual([undefined]);
});

test("a jar that is cut, or has a bit turned, states as much, or is said to be damaged", () => {
  const jar = zipOf([pom("a"), { name: "lib/b.jar", content: zipOf([pom("b"), CLASS]), method: 0 }, CLASS]);
  const whole = read(jar).names.length;
  const hidesNothing = (bytes: Uint8Array) => {
    const { names, unread } = read(bytes);
    return unread.length > 0 || names.length >= whole;
  };
  fc.assert(
    fc.property(fc.nat(jar.length - 1), fc.nat(7), (at, bit) => {
      const turned = Buffer.from(jar);
      turned[at] = (turned[at] ?? 0) ^ (1 << bit);
      expect(hidesNothing(jar.subarray(0, at))).toBe(true);
      expect(hidesNothing(turned)).toBe(true);
    }),
    { numRuns: 500 },
  );
});
