import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { streamTar, walkTar } from "../../../test/fixtures/walk-tar.ts";
import { LIMITS } from "../../contract/limits.ts";
import { type TarEntry, writeEntryHeader, writePaxRecord, writeTar } from "./write.ts";

function codeOf(tar: Uint8Array): unknown {
  try {
    return walkTar(tar).map(({ path }) => path);
  } catch (error) {
    return error instanceof Error && "code" in error ? error.code : error;
  }
}

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
    xattrs: fc.record({ "security.capability": fc.uint8Array({ maxLength: 24 }) }),
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
        const seen = walkTar(tar, chunkSize);
        expect(seen).toEqual(walkTar(tar));
        expect(streamTar(tar, chunkSize)).toEqual(seen);
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
            // An empty record is none.
            Buffer.from(xattrs?.["security.capability"] ?? "").toString("hex") || undefined,
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
    expect(walkTar(tar, chunkSize, 1).map(({ content }) => content)).toEqual(["x", "y"]);
    expect(walkTar(tar, chunkSize, 0).map(({ content }) => content)).toEqual([undefined, undefined]);
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

  function extension(flag: string, bytes: Uint8Array, path = "extension"): Buffer {
    const header = Buffer.from(writeEntryHeader({ path }, bytes.length));
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
    const records = writePaxRecord("path", Buffer.from("global"));
    for (const name of ["pax_global_header", "././@PaxHeader", "/tmp/GlobalHead.312.1"]) {
      const tar = Buffer.concat([extension("g", records, name), file, end]);
      expect(codeOf(tar)).toEqual(["short"]);
    }
  });

  test("global PAX headers that delete something, or take an extension away, are refused", () => {
    const records = writePaxRecord("comment", Buffer.from("c"));
    for (const name of ["etc/passwd", ".wh.short", "short", "etc/pax_global_header", ""]) {
      expect(codeOf(Buffer.concat([extension("g", records, name), file, end]))).toBe("tar-global");
    }
    const global = extension("g", records, "pax_global_header");
    for (const before of [
      extension("x", writePaxRecord("path", Buffer.from("decoy"))),
      extension("L", Buffer.from("decoy\0")),
    ]) {
      expect(codeOf(Buffer.concat([before, global, file, end]))).toBe("tar-global");
    }
  });

  test("attributes by which overlayfs hides or moves files are refused, others are not", () => {
    const attributed = (name: string) =>
      codeOf(
        Buffer.concat([extension("x", writePaxRecord(`SCHILY.xattr.${name}`, Buffer.from("y"))), file, end]),
      );
    for (const name of ["opaque", "redirect", "metacopy", "whiteout", "whiteouts"]) {
      expect(attributed(`trusted.overlay.${name}`)).toBe("tar-overlay");
    }
    for (const name of ["trusted.overlay.origin", "user.overlay.impure", "user.mime_type", "security.ima"]) {
      expect(attributed(name)).toEqual(["short"]);
    }
  });

  test("an empty long name is none", () => {
    const pax = extension("x", writePaxRecord("path", Buffer.from("pax")));
    for (const name of ["", "\0"]) {
      expect(codeOf(Buffer.concat([extension("L", Buffer.from(name)), file, end]))).toEqual(["short"]);
      expect(codeOf(Buffer.concat([extension("L", Buffer.from(name)), pax, file, end]))).toEqual(["pax"]);
    }
  });

  const sparse = (records: Readonly<Record<string, string>>) =>
    extension(
      "x",
      Buffer.concat(
        Object.entries(records).map(([name, value]) =>
          writePaxRecord(`GNU.sparse.${name}`, Buffer.from(value)),
        ),
      ),
    );

  test.each([
    ["a name alone", { name: "decoy" }],
    ["an unknown version", { major: "5", minor: "0", realsize: "5", name: "decoy" }],
    ["an unknown version with a map", { major: "5", map: "0,5", numblocks: "1", size: "5" }],
    ["two sizes", { major: "1", minor: "0", realsize: "5", size: "9" }],
    ["a map and a version", { major: "1", minor: "0", realsize: "5", map: "0,5" }],
    ["a map without a size", { map: "0,5", numblocks: "1" }],
    ["a count of blocks that is not the map's", { map: "0,5", numblocks: "2", size: "5" }],
    ["a map without a count", { map: "0,5", size: "5" }],
  ])("sparse files otherwise than GNU tar writes them are refused: %s", (_, records) => {
    expect(codeOf(Buffer.concat([sparse(records), file, end]))).toBe("tar-sparse");
  });

  test("what is no file is not sparse", () => {
    const link = writeEntryHeader({ path: "l", type: "symlink", link: "t" }, 0);
    const records = { map: "0,0", numblocks: "1", size: "4", name: "decoy" };
    expect(codeOf(Buffer.concat([sparse(records), link, end]))).toBe("tar-sparse");
  });

  test("the name of a sparse file wins over a GNU long name", () => {
    const records = { map: "0,0", numblocks: "1", size: "4", name: "sparse" };
    const tar = Buffer.concat([extension("L", Buffer.from("long\0")), sparse(records), file, end]);
    expect(codeOf(tar)).toEqual(["sparse"]);
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
      walkTar(Buffer.concat([one, new Uint8Array(4_096), two])).map(({ path, afterEnd }) => [path, afterEnd]),
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
