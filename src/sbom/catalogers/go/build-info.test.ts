import { describe, expect, test } from "vitest";
import { BuildInfoSearch } from "./build-info.ts";

const MAGIC = Buffer.from("\xff Go buildinf:", "latin1");

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  const length: number[] = [];
  for (let rest = bytes.length; ; rest >>= 7) {
    length.push(rest < 128 ? rest : (rest & 127) | 128);
    if (rest < 128) return Buffer.concat([Buffer.from(length), bytes]);
  }
}

/** Build information as Go's linker writes it since 1.18. */
function buildInfo(version: string, lines: readonly string[]): Buffer {
  const header = Buffer.concat([MAGIC, Buffer.from([8, 2]), Buffer.alloc(16)]);
  const sentinel = "s".repeat(16);
  return Buffer.concat([header, text(version), text(`${sentinel}${lines.join("\n")}\n${sentinel}`)]);
}

function found(program: Buffer, pieceBytes = program.length) {
  const search = new BuildInfoSearch();
  for (let at = 0; at < program.length; at += pieceBytes) search.push(program.subarray(at, at + pieceBytes));
  return search.end();
}

const INFO = buildInfo("go1.24.4 X:nodwarf5", [
  "path\texample.org/cmd/web",
  "mod\texample.org/web\t(devel)\t",
  "dep\tgolang.org/x/net\tv0.40.0\th1:abc=",
  "dep\tgithub.com/old/fork\tv1.0.0\th1:abc=",
  "=>\tgithub.com/new/fork\tv1.0.1\th1:def=",
  "dep\texample.org/lib\tv0.0.0\t",
  "=>\t../lib\t\t",
  "build\t-compiler=gc",
]);
const PACKAGES = [
  { type: "golang", name: "stdlib", version: "1.24.4" },
  { type: "golang", namespace: "example.org", name: "web", version: "(devel)" },
  { type: "golang", namespace: "golang.org/x", name: "net", version: "v0.40.0" },
  { type: "golang", namespace: "github.com/new", name: "fork", version: "v1.0.1" },
  { type: "golang", namespace: "example.org", name: "lib", version: "" },
];

describe("build information of a Go program", () => {
  test.each([1, 13, 64, 5_000])("is found in pieces of %s bytes", (pieceBytes) => {
    const program = Buffer.concat([Buffer.alloc(4_096, "x"), INFO, Buffer.alloc(40_000, "y")]);
    expect(found(program, pieceBytes)).toEqual({ packages: PACKAGES, isUnread: false });
  });

  test.each([13, 64, 100_000])(
    "of several programs in one file counts, all of them, in pieces of %s bytes",
    (pieceBytes) => {
      const other = buildInfo("go1.20.1", ["mod\texample.org/other\tv1.0.0\t"]);
      const program = Buffer.concat([Buffer.alloc(4_096, "x"), INFO]);
      const padded = Buffer.concat([
        program,
        Buffer.alloc(48 - (program.length % 16)),
        other,
        Buffer.alloc(9_000),
      ]);
      expect(found(padded, pieceBytes)).toEqual({
        packages: [
          ...PACKAGES,
          { type: "golang", name: "stdlib", version: "1.20.1" },
          { type: "golang", namespace: "example.org", name: "other", version: "v1.0.0" },
        ],
        isUnread: false,
      });
    },
  );

  test("is not read on for ever: more programs than anybody puts into one file leave it unread", () => {
    const one = buildInfo("go1.20.1", ["mod\ta.b/c\tv1.0.0\t"]);
    const padded = Buffer.concat([one, Buffer.alloc(16 - (one.length % 16))]);
    const seen = found(Buffer.concat(Array.from({ length: 201 }, () => padded)));
    expect(seen?.isUnread).toBe(true);
    expect(found(Buffer.concat(Array.from({ length: 199 }, () => padded)))?.isUnread).toBe(false);
  });

  test("is not the text of a program that looks for it in others", () => {
    const mention = Buffer.concat([MAGIC, Buffer.from("not a valid header at all, really")]);
    const padded = Buffer.concat([mention, Buffer.alloc(48 - (mention.length % 16), 0)]);
    const aligned = Buffer.concat([padded, Buffer.alloc((16 - (padded.length % 16)) % 16)]);
    expect(found(Buffer.concat([aligned, INFO]))?.packages).toEqual(PACKAGES);
    expect(found(Buffer.concat([Buffer.alloc(3), INFO]))).toBeUndefined();
    expect(found(Buffer.from("\x7fELF and nothing else"))).toBeUndefined();
  });

  test.each([64, 1_000, 1_100, 5_000, 100_000])(
    "is found behind what only begins like it, in pieces of %i bytes",
    (pieceBytes) => {
      const padding = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(16 - (bytes.length % 16))]);
      const header = Buffer.concat([MAGIC, Buffer.from([8, 2]), Buffer.alloc(16)]);
      const lookalikes = [
        Buffer.concat([header, text("no version"), text("x".repeat(60))]),
        Buffer.concat([header, text("go1.20")]),
        Buffer.concat([header, Buffer.from([255, 255, 255, 255, 255])]),
      ];
      for (const one of lookalikes) {
        const program = Buffer.concat([padding(one), Buffer.alloc(3_200), INFO, Buffer.alloc(3_200)]);
        expect(found(program, pieceBytes)?.packages.slice(-PACKAGES.length)).toEqual(PACKAGES);
      }
    },
  );

  test("of the form before Go 1.18 is said not to be read", () => {
    const old = Buffer.concat([MAGIC, Buffer.from([8, 0]), Buffer.alloc(16, 1), Buffer.alloc(100)]);
    expect(found(old)).toEqual({ packages: [], isUnread: true });
  });

  test("that ends in the middle gives nothing, however long it says that it is", () => {
    expect(found(INFO.subarray(0, 60))).toBeUndefined();
    const endless = Buffer.concat([
      MAGIC,
      Buffer.from([8, 2]),
      Buffer.alloc(16),
      Buffer.from([255, 255, 255, 255, 255]),
    ]);
    expect(found(endless)).toBeUndefined();
  });

  test("of a development version of Go states no version of its library", () => {
    const [stdlib] = found(buildInfo("devel go1.26-0123abc", []))?.packages ?? [];
    expect(stdlib).toEqual({ type: "golang", name: "stdlib", version: "" });
  });
});
