import { execFileSync } from "node:child_process";
import {
  closeSync,
  ftruncateSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { LIMITS } from "../../contract/limits.ts";
import type { TarMember } from "./member.ts";
import { TarWalker } from "./walk.ts";
import { type TarEntry, writeEntryHeader, writePaxRecord, writeTar } from "./write.ts";

interface Seen extends TarMember {
  readonly content?: string;
}

/** What a visitor sees that wants `wanted` bytes of each file. */
function walk(tar: Uint8Array, chunkSize = tar.length, wanted = 1e6): readonly Seen[] {
  const seen: Seen[] = [];
  const walker = new TarWalker({
    member(member) {
      seen.push(member);
      return wanted;
    },
    body: (member, bytes) =>
      seen.splice(-1, 1, { ...member, content: Buffer.from(bytes).toString("latin1") }),
  });
  for (let at = 0; at < tar.length; at += chunkSize) walker.push(tar.subarray(at, at + chunkSize));
  walker.end();
  return seen;
}

function codeOf(tar: Uint8Array): unknown {
  try {
    return walk(tar).map(({ path }) => path);
  } catch (error) {
    return error instanceof Error && "code" in error ? error.code : error;
  }
}

const folder = mkdtempSync(join(tmpdir(), "douane-tar-"));
afterAll(() => rmSync(folder, { recursive: true }));

const LONG = `${"directory/".repeat(3)}${"n".repeat(140)}`;
const tree = join(folder, "tree");
mkdirSync(join(tree, "directory/directory/directory"), { recursive: true });
writeFileSync(join(tree, "empty"), "");
writeFileSync(join(tree, "text"), "some text\n", { mode: 0o640 });
writeFileSync(join(tree, "blocks"), "x".repeat(1_024));
writeFileSync(join(tree, LONG), "long");
writeFileSync(join(tree, "accents é"), "é");
linkSync(join(tree, "text"), join(tree, "zz hard link"));
symlinkSync("text", join(tree, "symlink"));
symlinkSync("t".repeat(120), join(tree, "symlink to a long name"));
execFileSync("mkfifo", [join(tree, "fifo")]);
writeSparse(join(tree, "sparse"), 60);
writeSparse(join(tree, "sparse with few segments"), 2);

/** Data of 3 bytes every 64 KiB, then a hole. */
function writeSparse(file: string, segments: number): void {
  const fd = openSync(file, "w");
  for (let segment = 0; segment < segments; segment++) writeSync(fd, "dat", segment * 65_536);
  ftruncateSync(fd, segments * 65_536 + 4_000);
  closeSync(fd);
}

describe("archives of GNU tar are read as the files that went in", () => {
  const sparse = ["--sparse", "--hole-detection=raw"];
  test.each([
    ["gnu", ["--format=gnu"]],
    ["gnu, sparse", ["--format=gnu", ...sparse]],
    ["pax", ["--format=pax"]],
    ["pax, sparse 0.0", ["--format=pax", "--sparse-version=0.0", ...sparse]],
    ["pax, sparse 0.1", ["--format=pax", "--sparse-version=0.1", ...sparse]],
    ["pax, sparse 1.0", ["--format=pax", "--sparse-version=1.0", ...sparse]],
    ["ustar", ["--format=ustar", "--exclude=n*", "--exclude=symlink to*"]],
    ["v7", ["--format=v7", "--exclude=n*", "--exclude=symlink to*", "--exclude=fifo"]],
  ])("%s", (_, options) => {
    const tar = execFileSync("tar", ["-C", tree, "--sort=name", ...options, "-cf", "-", "."], {
      maxBuffer: 64e6,
    });
    const members = walk(tar, 5_000, 1e8);
    expect(members.length).toBeGreaterThan(9);
    for (const member of members) expectToBeTheFile(member);
  });

  function expectToBeTheFile({ path, type, mode, uid, gid, size, link, content = "" }: Seen): void {
    const file = join(tree, path);
    const stat = lstatSync(file);
    const isFile = type === "file";
    expect([path, mode, uid, gid, size, link, content]).toEqual([
      path,
      stat.mode & 0o7777,
      stat.uid,
      stat.gid,
      isFile ? stat.size : 0,
      type === "symlink" ? readlinkSync(file) : type === "hardlink" ? otherName(file) : "",
      isFile ? readFileSync(file, "latin1") : "",
    ]);
  }

  /** The name under which the archive has the file: the first of the two. */
  function otherName(file: string): string {
    const other = readdirSync(tree).find((name) => lstatSync(join(tree, name)).ino === lstatSync(file).ino);
    return `./${other}`;
  }
});

describe("our archives are unpacked by GNU tar as they were meant", () => {
  test("names, links, modes, large numbers", () => {
    const out = join(folder, "out");
    mkdirSync(out);
    const entries: TarEntry[] = [
      { path: "d/", type: "directory", mode: 0o751 },
      { path: "d/file", content: "content", mode: 0o604, mtime: 1_000 },
      { path: `d/${"n".repeat(200)}`, content: "long" },
      { path: "d/é", content: "accent" },
      { path: "d/hard", hardLink: "d/file" },
      { path: "d/soft", type: "symlink", link: "s".repeat(150) },
      { path: "d/fifo", type: "fifo" },
      { path: "d/large uid", content: "", uid: 3_000_000 },
    ];
    execFileSync("tar", ["-C", out, "--no-same-owner", "-xpf", "-"], { input: writeTar(entries) });
    expect(lstatSync(join(out, "d")).mode & 0o7777).toBe(0o751);
    expect(readFileSync(join(out, "d/hard"), "utf8")).toBe("content");
    expect(lstatSync(join(out, "d/file"))).toMatchObject({ mode: 0o100604, nlink: 2, mtimeMs: 1_000_000 });
    expect(readFileSync(join(out, `d/${"n".repeat(200)}`), "utf8")).toBe("long");
    expect(readFileSync(join(out, "d/é"), "utf8")).toBe("accent");
    expect(readlinkSync(join(out, "d/soft"))).toBe("s".repeat(150));
    expect(lstatSync(join(out, "d/fifo")).isFIFO()).toBe(true);
  });
});

const name = fc
  .string({ unit: "binary", minLength: 1, maxLength: 150 })
  .map((text) => text.replaceAll("\0", "-"));
const entry: fc.Arbitrary<TarEntry> = fc.record(
  {
    path: name,
    mode: fc.integer({ min: 0, max: 0o7777 }),
    uid: fc.integer({ min: 0, max: 2 ** 40 }),
    gid: fc.integer({ min: 0, max: 2 ** 31 }),
    content: fc.uint8Array({ maxLength: 1_500 }),
    xattrs: fc.record({ "security.capability": fc.uint8Array({ minLength: 1, maxLength: 24 }) }),
  },
  { requiredKeys: ["path"] },
);

test("what is written is read, however the bytes are cut", () => {
  fc.assert(
    fc.property(
      fc.array(entry, { maxLength: 6 }),
      fc.integer({ min: 1, max: 3_000 }),
      (entries, chunkSize) => {
        const tar = writeTar(entries);
        const seen = walk(tar, chunkSize);
        expect(seen).toEqual(walk(tar));
        expect(
          seen.map(({ path, mode, uid, gid, size, capability, content }) => [
            path,
            mode,
            uid,
            gid,
            size,
            capability,
            content,
          ]),
        ).toEqual(
          entries.map(({ path, mode = 0o644, uid = 0, gid = 0, content = "", xattrs }) => [
            path.toWellFormed(),
            mode,
            uid,
            gid,
            content.length,
            xattrs && Buffer.from(xattrs["security.capability"] ?? "").toString("hex"),
            content.length === 0 ? undefined : Buffer.from(content).toString("latin1"),
          ]),
        );
      },
    ),
    { numRuns: 60 },
  );
});

test("a visitor gets as many bytes as it wants, and the next entry is found", () => {
  const tar = writeTar([
    { path: "a", content: "x".repeat(2_000) },
    { path: "b", content: "yz" },
  ]);
  for (const chunkSize of [1, 511, 512, 513, 10_000]) {
    expect(walk(tar, chunkSize, 1).map(({ content }) => content)).toEqual(["x", "y"]);
    expect(walk(tar, chunkSize, 0).map(({ content }) => content)).toEqual([undefined, undefined]);
  }
});

test("random bytes, and random damage, end in an error or a result", () => {
  const sound = writeTar([
    { path: "a", content: "x" },
    { path: "b".repeat(200), content: "y".repeat(900) },
  ]);
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 2_000 }),
      fc.nat(sound.length - 1),
      fc.nat(255),
      (noise, at, byte) => {
        const damaged = Buffer.from(sound);
        damaged[at] = byte;
        for (const tar of [noise, damaged, Buffer.concat([sound, noise])]) expect(codeOf(tar)).toBeDefined();
      },
    ),
  );
});

describe("extensions", () => {
  const file = writeEntryHeader({ path: "short", content: "" }, 0);
  const end = new Uint8Array(1_024);

  function extension(flag: string, bytes: Uint8Array): Buffer {
    const header = Buffer.from(writeEntryHeader({ path: "extension" }, bytes.length));
    header.write(flag, 156, "latin1");
    header.fill(" ", 148, 156);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
    return Buffer.concat([header, bytes, new Uint8Array((512 - (bytes.length % 512)) % 512)]);
  }

  test("a GNU long name wins over a PAX path", () => {
    const tar = Buffer.concat([
      extension("L", Buffer.from("gnu\0")),
      extension("x", writePaxRecord("path", Buffer.from("pax"))),
      file,
      end,
    ]);
    expect(codeOf(tar)).toEqual(["gnu"]);
  });

  test("global PAX records change nothing, as unpackers have it", () => {
    const tar = Buffer.concat([extension("g", writePaxRecord("path", Buffer.from("global"))), file, end]);
    expect(codeOf(tar)).toEqual(["short"]);
  });

  test("of more than 1 MiB are refused, in one or in several", () => {
    const half = extension("x", writePaxRecord("comment", new Uint8Array(600_000)));
    const whole = extension("x", writePaxRecord("comment", new Uint8Array(LIMITS.tarExtensionBytes)));
    expect(codeOf(Buffer.concat([whole, file, end]))).toBe("tar-extension-limit");
    expect(codeOf(Buffer.concat([half, half, file, end]))).toBe("tar-extension-limit");
    expect(codeOf(Buffer.concat([half, file, half, file, end]))).toEqual(["short", "short"]);
  });

  test("without an entry behind them are a truncated archive", () => {
    expect(codeOf(extension("L", Buffer.from("name")))).toBe("tar-truncated");
  });

  test("an unknown type of entry is refused", () => {
    expect(codeOf(Buffer.concat([extension("V", new Uint8Array()), end]))).toBe("tar-type");
  });

  test("a sparse map that does not fit its file is refused", () => {
    for (const map of ["0,600,100,5", "10,5,0,5", "0,5,3,5", "0", "0,x", "0,99"]) {
      const records = Buffer.concat([
        writePaxRecord("GNU.sparse.map", Buffer.from(map)),
        writePaxRecord("GNU.sparse.size", Buffer.from("100")),
      ]);
      const tar = Buffer.concat([extension("x", records), writeTar([{ path: "s", content: "0123456789" }])]);
      expect([map, codeOf(tar)]).toEqual([map, "tar-sparse"]);
    }
  });

  test("a path of more than 4,096 bytes is refused", () => {
    expect(codeOf(writeTar([{ path: "é".repeat(2_049) }]))).toBe("tar-path-limit");
    expect(codeOf(writeTar([{ path: "é".repeat(2_048) }]))).toHaveLength(1);
  });
});

describe("the end", () => {
  const one = writeTar([{ path: "one", content: "1" }]);
  const two = writeTar([{ path: "two", content: "2" }]);

  test("entries behind it are marked: no unpacker sees them", () => {
    expect(
      walk(Buffer.concat([one, new Uint8Array(4_096), two])).map(({ path, afterEnd }) => [path, afterEnd]),
    ).toEqual([
      ["one", false],
      ["two", true],
    ]);
  });

  test("may be missing, and the padding of the last file, as for Go's reader", () => {
    expect(codeOf(one.subarray(0, 1_024))).toEqual(["one"]);
    expect(codeOf(one.subarray(0, 513))).toEqual(["one"]);
    expect(codeOf(new Uint8Array())).toEqual([]);
  });

  test("inside a header or a file is a truncated archive", () => {
    for (const length of [1, 300, 512]) expect(codeOf(one.subarray(0, length))).toBe("tar-truncated");
    expect(codeOf(Buffer.concat([one.subarray(0, 1_024), Buffer.from("x")]))).toBe("tar-truncated");
  });

  test("a lone block of zeros before an entry is refused", () => {
    expect(codeOf(Buffer.concat([one.subarray(0, 1_536), two]))).toBe("tar-end");
  });

  test("what follows it must be a tar, or zeros", () => {
    expect(codeOf(Buffer.concat([one, Buffer.alloc(512, "x")]))).toBe("tar-number");
    expect(codeOf(Buffer.concat([one, new Uint8Array(100)]))).toEqual(["one"]);
  });
});
