import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { openedFile } from "../../test/fixtures/opened-content.ts";
import { zipOf } from "../../test/fixtures/zip.ts";
import { LIMITS } from "../contract/limits.ts";
import { writeTar } from "../image/tar/write.ts";
import { filePlace, type Place } from "./content/place.ts";
import { UnpackBudget } from "./content/unpack-budget.ts";
import { openings } from "./open-content.ts";

const LONG = "0123456789\n".repeat(60_000);
const TAR = writeTar([
  { path: "a", content: "in a" },
  { path: "d/", type: "directory" },
  { path: "d/long", content: LONG },
  { path: "empty", content: "" },
]);
const MEMBERS = [
  { name: "a.txt", content: "in a" },
  { name: "d/", content: "", method: 0 },
  { name: "stored", content: "as it is", method: 0 },
  { name: "long", content: LONG },
];
const ZIP = zipOf(MEMBERS);
const IN_TAR = { a: "in a", "d/long": LONG };
const IN_ZIP = { "a.txt": "in a", stored: "as it is", long: LONG };

/** Looks into a file, keeping nothing. */
function open(file: Uint8Array, found: (length: number) => void, unread: (reason: string) => void): void {
  const count = (bytes: Uint8Array): void => found(bytes.length);
  const content = { whole: count, push: count, end: () => undefined };
  const visitor = { content: () => content, unread: (_: Place, reason: string) => unread(reason) };
  openings(visitor, new UnpackBudget()).open(filePlace("/x")).whole(file);
}

function within(name: string, contents: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(contents).map(([key, text]) => [`${name}!/${key}`, text]));
}

const CASES: readonly (readonly [string, string, Uint8Array, Record<string, string>])[] = [
  ["a plain file", "/app/x", Buffer.from("text"), { "": "text" }],
  ["an empty file", "/app/x", Buffer.alloc(0), { "": "" }],
  ["gzip", "/app/x.conf.gz", gzipSync(LONG), { "x.conf": LONG }],
  ["gzip of several members", "/x.gz", Buffer.concat([gzipSync("a"), gzipSync("b")]), { x: "ab" }],
  ["gzip under any name", "/app/x.png", gzipSync("text"), { "x.png": "text" }],
  ["zstd", "/app/x.zst", zstdCompressSync(LONG), { x: LONG }],
  ["brotli, by its ending", "/app/x.js.br", brotliCompressSync(LONG), { "x.js": LONG }],
  ["tar", "/app/x.tar", TAR, IN_TAR],
  ["tar under any name", "/app/backup", TAR, IN_TAR],
  ["tar.gz", "/app/x.tar.gz", gzipSync(TAR), within("x.tar", IN_TAR)],
  ["tgz", "/app/x.tgz", gzipSync(TAR), within("x.tar", IN_TAR)],
  ["tar.zst", "/app/x.tar.zst", zstdCompressSync(TAR), within("x.tar", IN_TAR)],
  ["zip", "/app/x.jar", ZIP, IN_ZIP],
  [
    "zip whose sizes stand behind the contents",
    "/x.jar",
    zipOf(MEMBERS.map((member) => (member.method === 0 ? member : { ...member, streamed: true as const }))),
    IN_ZIP,
  ],
  [
    "a jar in a jar in a tar.gz",
    "/x.tgz",
    gzipSync(
      writeTar([{ path: "fat.jar", content: zipOf([{ name: "lib/in.jar", content: ZIP, method: 0 }]) }]),
    ),
    within("x.tar!/fat.jar!/lib/in.jar", IN_ZIP),
  ],
  [
    "two zips one behind the other",
    "/x",
    Buffer.concat([zipOf([MEMBERS[0] ?? { name: "", content: "" }]), ZIP]),
    IN_ZIP,
  ],
  [
    "a zip behind a script, its offsets counted from the script",
    "/app/run.jar",
    zipOf(MEMBERS, "#!/bin/sh\nexec java -jar $0\n"),
    { "": "#!/bin/sh\nexec java -jar $0\n", ...IN_ZIP },
  ],
  [
    "a script",
    "/app/run.sh",
    Buffer.from("#!/bin/sh\n# PK and more\n"),
    { "": "#!/bin/sh\n# PK and more\n" },
  ],
  ["a module of Java", "/java.base.jmod", zipOf(MEMBERS, "JM\x01\0"), { "": "JM\x01\0", ...IN_ZIP }],
  ["an empty zip", "/x.zip", zipOf([]), {}],
  [
    "an object of git",
    `/app/.git/objects/ab/${"0".repeat(38)}`,
    deflateSync("blob 4\0text"),
    { blob: "text" },
  ],
  [
    "what only mentions a tar",
    "/x.js",
    Buffer.from(`${"x".repeat(257)}ustar${"y".repeat(400)}`),
    { "": `${"x".repeat(257)}ustar${"y".repeat(400)}` },
  ],
  ["what only begins like bzip2", "/x", Buffer.from("BZh is a name"), { "": "BZh is a name" }],
  ["what only begins like zlib", "/x", Buffer.from("x^2 + y^2"), { "": "x^2 + y^2" }],
];

describe.each(CASES)("%s is looked into", (_, path, bytes, expected) => {
  test.each([0, 65_536, 700, 7])("in pieces of %s bytes", (piece) => {
    // Pieces of a few bytes are used only for short contents.
    const step = piece === 7 && bytes.length > 20_000 ? 65_537 : piece;
    const { contents, unread } = openedFile(bytes, path, step);
    expect(unread).toEqual({});
    expect(contents).toEqual(expected);
  });
});

describe("a zip is believed only where its directory names what was met", () => {
  test.each<[string, Uint8Array]>([
    [
      "a member that the directory leaves out",
      zipOf([...MEMBERS, { name: "b", content: "b", unlisted: true }]),
    ],
    ["a member of another name there", zipOf([{ name: "a", content: "a", listedAs: "b" }])],
    ["no directory at all", ZIP.subarray(0, ZIP.indexOf("PK\x01\x02"))],
    ["a directory that is cut off", ZIP.subarray(0, -5)],
    [
      "what stands between members",
      Buffer.concat([
        ZIP.subarray(0, ZIP.indexOf("PK\x01\x02")),
        Buffer.from("hidden"),
        ZIP.subarray(ZIP.indexOf("PK\x01\x02")),
      ]),
    ],
    ["what follows the end", Buffer.concat([ZIP, Buffer.from("hidden, and long")])],
  ])("%s", (_, bytes) => {
    expect(openedFile(bytes, "/x.zip").unread).toEqual({ "": "damaged" });
    expect(openedFile(bytes, "/x.zip", 50).unread).toEqual({ "": "damaged" });
  });

  test("a content that is not as long as declared", () => {
    const bytes = Buffer.from(zipOf([{ name: "a", content: "text" }]));
    bytes.writeUInt32LE(5, 22);
    bytes.writeUInt32LE(5, bytes.indexOf("PK\x01\x02") + 24);
    expect(openedFile(bytes).unread).toEqual({ "": "damaged" });
  });
});

describe("what could not be looked into is named, and what lies beside it is read", () => {
  test.each<[string, string, Uint8Array]>([
    ["a package of Debian", "deb", Buffer.from("!<arch>\ndebian-binary   ")],
    ["xz that is cut off", "damaged", Buffer.from("\xfd7zXZ\0\0\x04", "latin1")],
    ["bzip2", "bzip2", Buffer.from("BZh91AY&SY")],
    ["7z", "7z", Buffer.from("7z\xbc\xaf\x27\x1c", "latin1")],
    ["a gzip that is cut off", "damaged", gzipSync(LONG).subarray(0, -20)],
    ["a gzip with something behind it", "damaged", Buffer.concat([gzipSync("a"), Buffer.from("hidden")])],
    ["a tar that is cut off", "damaged", TAR.subarray(0, 9_000)],
    [
      "a tar whose header is corrupt",
      "damaged",
      Buffer.concat([TAR.subarray(0, 1_024), Buffer.alloc(512, 1), TAR.subarray(1_536)]),
    ],
  ])("%s", (_, reason, bytes) => {
    const beside = writeTar([
      { path: "x", content: bytes },
      { path: "y", content: "text" },
    ]);
    const { contents, unread } = openedFile(beside);
    expect(unread).toEqual({ x: reason });
    expect(contents["y"]).toBe("text");
  });

  test("members that are encrypted, or packed in a way that nothing here knows", () => {
    const { contents, unread } = openedFile(
      zipOf([
        { name: "secret", content: "…", method: 0, encrypted: true },
        { name: "old", content: "…", method: 12 },
        { name: "a", content: "text" },
      ]),
    );
    expect(unread).toEqual({ secret: "encrypted", old: "method" });
    expect(contents).toEqual({ a: "text" });
  });

  test("what is nested deeper than the bound", () => {
    let bytes: Buffer = Buffer.from("text");
    for (let depth = 0; depth <= LIMITS.packedDepth; depth++) bytes = gzipSync(bytes);
    expect(Object.values(openedFile(bytes, "/x").unread)).toEqual(["too-deep"]);
  });

  test("what unpacks to more than the bound, in seconds and without holding it", () => {
    const block = gzipSync(Buffer.alloc(64 * 1024 ** 2));
    const bomb = writeTar([
      ...Array.from({ length: 66 }, (_, index) => ({ path: `${index}`, content: block })),
      { path: "after", content: gzipSync("text") },
    ]);
    let bytes = 0;
    const before = process.memoryUsage().rss;
    const unread: string[] = [];
    open(
      bomb,
      (length) => (bytes += length),
      (reason) => unread.push(reason),
    );
    expect(bytes).toBeLessThanOrEqual(LIMITS.packedBytesPerLayer);
    expect(new Set(unread)).toEqual(new Set(["too-much"]));
    expect(unread).toHaveLength(3);
    expect(process.memoryUsage().rss - before).toBeLessThan(100e6);
  });
});

test("a zip behind a program is read, or said where the program came in pieces", () => {
  const program = `\x7fELF${"x".repeat(2_000)}`;
  const bytes = zipOf([{ name: "a", content: "in a" }], program);
  expect(openedFile(bytes)).toEqual({ contents: { "": program, a: "in a" }, unread: {} });
  expect(openedFile(bytes, "/x", 700).unread).toEqual({ "": "appended" });
  expect(openedFile(bytes, "/x", 20).unread).toEqual({ "": "appended" });
});

test("what a visitor throws ends the reading: it is no fault of the archive", () => {
  const failure = new TypeError("a bug");
  const failing = () => {
    throw failure;
  };
  for (const bytes of [gzipSync("a"), ZIP, TAR]) expect(() => open(bytes, failing, failing)).toThrow(failure);
});
