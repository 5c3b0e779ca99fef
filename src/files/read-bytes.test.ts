import { linkSync, mkdirSync, readdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { temporaryDirectory } from "../../test/fixtures/temporary-directory.ts";
import { judgedRoot } from "./judged-root.ts";
import { namesIn } from "./list-folder.ts";
import { readBytes } from "./read-bytes.ts";
import { unreadable } from "./unreadable.ts";

/** A folder `clone` that is judged, and a file `secret` beside it. */
function clone(): { readonly clone: string; readonly outside: string } {
  const directory = temporaryDirectory();
  const path = join(directory, "clone");
  mkdirSync(join(path, "deploy"), { recursive: true });
  writeFileSync(join(path, "base"), "base");
  writeFileSync(join(directory, "secret"), "secret");
  return { clone: path, outside: join(directory, "secret") };
}

/** Result of reading: the text, or the reason of the refusal. */
function said(path: string, within: string | undefined, most = 100): string {
  try {
    const bytes = readBytes(path, { most, within });
    return bytes === undefined ? "longer" : Buffer.from(bytes).toString();
  } catch (error) {
    return unreadable(error).en;
  }
}

const OUTSIDE = /leads out of the folder/;
const NO_FILE = /not a regular file/;

describe("of a repository", () => {
  const cases: readonly (readonly [string, (path: string, outside: string) => void, RegExp])[] = [
    ["a file", (path) => writeFileSync(path, "text"), /^text$/],
    ["an empty file", (path) => writeFileSync(path, ""), /^$/],
    ["a file of just the bound", (path) => writeFileSync(path, "x".repeat(100)), /^x{100}$/],
    ["a file beyond the bound", (path) => writeFileSync(path, "x".repeat(101)), /^longer$/],
    ["a file of 1 TB without content", sparse, /^longer$/],
    ["a link within the repository", (path) => symlinkSync("../base", path), /^base$/],
    ["a link to a file elsewhere", (path, outside) => symlinkSync(outside, path), OUTSIDE],
    ["a link through ..", (path) => symlinkSync("../../secret", path), OUTSIDE],
    ["a link to /etc/hostname", (path) => symlinkSync("/etc/hostname", path), OUTSIDE],
    ["a link to a device without end", (path) => symlinkSync("/dev/zero", path), NO_FILE],
    ["a link to the terminal", (path) => symlinkSync("/dev/tty", path), NO_FILE],
    ["a link to the kernel's log", (path) => symlinkSync("/proc/kmsg", path), OUTSIDE],
    ["a link to the judge's variables", (path) => symlinkSync("/proc/self/environ", path), OUTSIDE],
    [
      "a link to the judge's input",
      (path) => symlinkSync("/proc/self/fd/0", path),
      /not a regular file|leads out/,
    ],
    ["a link to a folder", (path) => symlinkSync("../deploy", path), /this is a folder/],
    ["a link to itself", (path) => symlinkSync("file", path), /goes round in circles/],
    ["a link to nothing", (path) => symlinkSync("none", path), /no such file/],
    // Git stores no hard links; one from an archive may point to any file that the extractor could reach.
    ["a hard link", (path) => linkSync(join(path, "../../base"), path), /^base$/],
  ];

  test.each(cases)("%s", (_, make, expected) => {
    const { clone: root, outside } = clone();
    const path = join(root, "deploy", "file");
    make(path, outside);
    expect(said(path, judgedRoot(root))).toMatch(expected);
  });

  test("a socket", async () => {
    const { clone: root } = clone();
    const path = join(root, "s");
    const server = createServer();
    await new Promise<void>((resolve) => void server.listen(path, resolve));
    onTestFinished(() => void server.close());
    expect(said(path, judgedRoot(root))).toMatch(NO_FILE);
  });

  test("a folder on the way that leads elsewhere", () => {
    const { clone: root, outside } = clone();
    symlinkSync(join(outside, ".."), join(root, "up"));
    expect(said(join(root, "up", "secret"), judgedRoot(root))).toMatch(OUTSIDE);
  });
});

/** Read whole, it would not fit into memory. */
function sparse(path: string): void {
  writeFileSync(path, "");
  truncateSync(path, 1024 ** 4);
}

describe("of the user", () => {
  test("links are followed, devices are not read, but for what shells hand over", () => {
    const { clone: root, outside } = clone();
    symlinkSync(outside, join(root, "link"));
    expect(said(join(root, "link"), undefined)).toBe("secret");
    expect(said("/dev/zero", undefined)).toMatch(NO_FILE);
    expect(said("/dev/null", undefined)).toBe("");
  });
});

describe("the folder that is judged", () => {
  test("is that of the repository, or the one that was named", () => {
    const { clone: root } = clone();
    expect(judgedRoot(join(root, "deploy"))).toBe(join(root, "deploy"));
    mkdirSync(join(root, ".git"));
    expect(judgedRoot(join(root, "deploy"))).toBe(root);
  });

  test("is where links to it lead", () => {
    const { clone: root } = clone();
    symlinkSync("deploy", join(root, "current"));
    expect(judgedRoot(join(root, "current"))).toBe(join(root, "deploy"));
  });

  test("is listed as far as its bound (LIMITS.listedEntries, shortened)", () => {
    const { clone: root } = clone();
    expect(namesIn(root, 2)).toEqual(["base", "deploy"]);
    expect(namesIn(root, 2)).toEqual(readdirSync(root).sort());
    expect(() => namesIn(root, 1)).toThrow("too many entries");
  });
});
