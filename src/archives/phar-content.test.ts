import { describe, expect, test } from "vitest";
import { openedFile } from "../../test/fixtures/opened-content.ts";
import { pharOf, STUB } from "../../test/fixtures/phar.ts";
import { zipOf } from "../../test/fixtures/zip.ts";

const FILES = { "index.php": "<?php run();", "config/app.php": "<?php return [];", empty: "" };
const FOUND = { "index.php": FILES["index.php"], "config/app.php": FILES["config/app.php"] };

describe.each([0, 1, 7, 64 * 1024])("in pieces of %i bytes", (piece) => {
  test.each<[string, string, Buffer, object]>([
    ["a tool", "/usr/local/bin/tool", pharOf(FILES), { "": STUB, ...FOUND }],
    ["its members deflated", "/app/tool", pharOf(FILES, { packing: "deflate" }), { "": STUB, ...FILES }],
    [
      "one without a first line, by its name",
      "/app/tool.phar",
      pharOf(FILES, { stub: "<?php __HALT_COMPILER(); ?>\r\n" }),
      { "": "<?php __HALT_COMPILER(); ?>\r\n", ...FOUND },
    ],
    [
      "a program that ends at once",
      "/app/tool.phar",
      pharOf(FILES, { stub: "<?php __HALT_COMPILER();" }),
      { "": "<?php __HALT_COMPILER();", ...FOUND },
    ],
    [
      "one whose program is long",
      "/app/x",
      pharOf(FILES, { stub: `#!/usr/bin/php\n${"// x\n".repeat(9_000)}<?php __HALT_COMPILER(); ?>` }),
      FOUND,
    ],
  ])("%s is opened", (_, path, bytes, contents) => {
    const opened = openedFile(bytes, path, piece);
    expect(opened.contents).toMatchObject(contents);
    expect(opened.unread).toEqual({});
  });
});

test("members that bzip2 packs are named", () => {
  expect(openedFile(pharOf(FILES, { packing: "bzip2" }), "/app/x").unread).toEqual({
    "index.php": "bzip2",
    "config/app.php": "bzip2",
    empty: "bzip2",
  });
});

describe("damaged is", () => {
  const whole = pharOf(FILES);
  const list = Buffer.byteLength(STUB) + 4;
  const changed = (at: number, value: number) => {
    const bytes = Buffer.from(whole);
    bytes.writeUInt32LE(value, at);
    return bytes;
  };

  test.each<[string, Buffer]>([
    ["a content that is cut", whole.subarray(0, -20)],
    ["a list that is cut", whole.subarray(0, list + 30)],
    ["an alias beyond the list", changed(list + 10, 0xffff)],
    ["a name beyond the list", changed(list + 18, 0xffff)],
    [
      "deflated members that are none",
      Buffer.concat([pharOf(FILES, { packing: "deflate" }).subarray(0, -60), Buffer.alloc(60, 0xff)]),
    ],
  ])("%s", (_, bytes) => {
    expect(Object.values(openedFile(bytes, "/app/x").unread)).toEqual(["damaged"]);
  });

  test("a list beyond the bound is said", () => {
    expect(openedFile(changed(list - 4, 0x1000_0000), "/app/x").unread).toEqual({ "": "too-much" });
  });
});

describe("trap", () => {
  test.each([
    [
      "a program that keeps data of its own",
      "/app/x",
      "#!/usr/bin/php\n<?php run(__COMPILER_HALT_OFFSET__); __HALT_COMPILER();data of the program\n",
    ],
    ["a program that names the word", "/app/x.phar", "<?php // __HALT_COMPILER();\necho 1;\n"],
    [
      "a program of PHP under another name",
      "/app/x.php",
      pharOf(FILES, { stub: "<?php __HALT_COMPILER(); ?>\n" }).toString("latin1"),
    ],
  ])("%s", (_, path, text) => {
    expect(openedFile(Buffer.from(text, "latin1"), path)).toEqual({ contents: { "": text }, unread: {} });
  });

  test("a zip behind a program of PHP is a zip", () => {
    const stub = "#!/usr/bin/php\n<?php\n";
    const zip = zipOf([{ name: "a.txt", content: "in a" }], stub);
    expect(openedFile(zip, "/app/x").contents).toEqual({ "": stub, "a.txt": "in a" });
  });
});
