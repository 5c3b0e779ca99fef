import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { openedFile } from "../../../test/fixtures/opened-content.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { LIMITS } from "../../contract/limits.ts";

/** A repository of git's own making, with a file that changes by a line. */
function repository() {
  const directory = temporaryDirectory();
  const git = (...words: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...words], {
      cwd: directory,
      env: { PATH: process.env["PATH"], HOME: directory, GIT_CONFIG_NOSYSTEM: "1" },
      stdio: "ignore",
    });
  git("init", ".");
  const lines = Array.from({ length: 2_000 }, (_, index) => `line ${index * 7919}\n`).join("");
  for (const secret of ["first", "second", "third"]) {
    writeFileSync(join(directory, "file"), `${lines}secret: the ${secret} one ${"x".repeat(300)}\n`);
    git("add", "file");
    git("commit", "-m", `message of the ${secret}`);
  }
  const objects = join(directory, ".git", "objects");
  const files = () =>
    readdirSync(objects, { recursive: true, encoding: "utf8" }).map((name) => join(objects, name));
  return { git, files };
}

test("what git keeps is read: each object by itself, and in a pack, differences by what they add", () => {
  const { git, files } = repository();
  const loose = files().filter((path) => /\/[0-9a-f]{38}$/.test(path));
  const read = loose.map((path) => openedFile(readFileSync(path), path));
  expect(read.flatMap(({ unread }) => Object.values(unread))).toEqual([]);
  const all = read.flatMap(({ contents }) => Object.values(contents)).join("");
  git("gc", "--aggressive");
  const pack = readFileSync(files().find((path) => path.endsWith(".pack")) ?? "");
  for (const piece of [0, 1_000, 13]) {
    const { contents, unread } = openedFile(pack, "/app/x", piece);
    expect(unread).toEqual({});
    expect(Object.keys(contents).some((name) => name.includes("delta"))).toBe(true);
    const packed = Object.values(contents).join("");
    for (const text of [all, packed]) {
      for (const one of ["first", "second", "third"]) expect(text).toContain(one);
      expect(text).toContain("message of the second");
    }
  }
  expect(openedFile(pack.subarray(0, -30), "/x").unread).toEqual({ "": "damaged" });
});

test("a difference longer than is kept is not looked into, and is told", () => {
  // An object stored as a difference from another; its length is not read.
  const head = Buffer.concat([
    Buffer.from("PACK"),
    Buffer.of(0, 0, 0, 2, 0, 0, 0, 1, 0x70),
    Buffer.alloc(20),
  ]);
  const pack = (length: number) => Buffer.concat([head, deflateSync(Buffer.alloc(length)), Buffer.alloc(20)]);
  expect(Object.values(openedFile(pack(LIMITS.gitDeltaBytes + 1)).unread)).toEqual(["too-much"]);
  expect(Object.values(openedFile(pack(LIMITS.gitDeltaBytes)).unread)).not.toContain("too-much");
});
