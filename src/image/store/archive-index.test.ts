import { execFileSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { file } from "../../../test/fixtures/archive.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { writeTar } from "../tar/write.ts";
import { indexArchive } from "./archive-index.ts";

const LONG = `${"long-name/".repeat(20)}file`;

function index(path: string) {
  const fd = openSync(path, "r");
  onTestFinished(() => closeSync(fd));
  return indexArchive({ fd, offset: 0, size: statSync(path).size });
}

/** Contents of the archive's files, read at the offsets of the index. */
function contents(path: string): Record<string, string> {
  const bytes = readFileSync(path);
  const files = [...index(path)].filter(([, { member }]) => member.type === "file");
  return Object.fromEntries(
    files.map(([name, { offset, member }]) => [
      name.slice(1),
      bytes.toString("utf8", offset, offset + member.size),
    ]),
  );
}

describe("an archive's files are found where they are", () => {
  function tree(): string {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, LONG, ".."), { recursive: true });
    writeFileSync(join(directory, LONG), "behind a long name");
    writeFileSync(join(directory, "empty"), "");
    writeFileSync(join(directory, "block"), "x".repeat(512));
    writeFileSync(join(directory, "more"), "y".repeat(1_300));
    return directory;
  }

  test.each(["gnu", "pax", "posix"])("GNU tar, --format=%s", (format) => {
    const path = join(temporaryDirectory(), "app.tar");
    execFileSync("tar", [`--format=${format}`, "-C", tree(), "-cf", path, "."]);
    expect(contents(path)).toEqual({
      [LONG]: "behind a long name",
      empty: "",
      block: "x".repeat(512),
      more: "y".repeat(1_300),
    });
  });

  test("a PAX header without a record before one", () => {
    const extension = Buffer.from(writeTar([{ path: "pax", content: "" }]).subarray(0, 512));
    extension.write("x", 156, "latin1");
    extension.fill(" ", 148, 156);
    const sum = extension.reduce((total, byte) => total + byte, 0);
    extension.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
    const path = file("pax.tar", Buffer.concat([extension, writeTar([{ path: "a", content: "1" }])]));
    expect(contents(path)).toEqual({ a: "1" });
  });

  test("those behind the archive's end are not", () => {
    const path = file(
      "two.tar",
      Buffer.concat(["a", "b"].map((name) => writeTar([{ path: name, content: name }]))),
    );
    expect(contents(path)).toEqual({ a: "a" });
  });
});

test("an archive that ends after its last file is whole, one that ends in it is not", () => {
  const path = file("app.tar", writeTar([{ path: "a", content: "x".repeat(700) }]));
  truncateSync(path, 512 + 700);
  expect(contents(path)).toEqual({ a: "x".repeat(700) });
  truncateSync(path, 512 + 699);
  expect(() => index(path)).toThrow(expect.objectContaining({ code: "file-truncated" }));
});

test("a lone block of zeros does not end it: Go's readers refuse it, too", () => {
  const tar = writeTar([{ path: "a" }]);
  const path = file("lone.tar", Buffer.concat([tar.subarray(0, 512), Buffer.alloc(512), tar]));
  expect(() => index(path)).toThrow(expect.objectContaining({ code: "tar-end" }));
});

test.each(["--sparse-version=0.0", "--sparse-version=0.1", "--sparse-version=1.0"])(
  "a sparse file has no place in it: %s",
  (version) => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, "holes"), "x");
    truncateSync(join(directory, "holes"), 1024 ** 2);
    const path = join(directory, "app.tar");
    const flags = ["--format=pax", "--sparse", "--hole-detection=raw", version];
    execFileSync("tar", [...flags, "-C", directory, "-cf", path, "holes"]);
    expect(() => index(path)).toThrow(expect.objectContaining({ code: "archive-sparse" }));
  },
);
