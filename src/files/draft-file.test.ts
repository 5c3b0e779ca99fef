import fs, {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { temporaryDirectory } from "../../test/fixtures/temporary-directory.ts";
import { createFile, DraftFile, replaceByCopy, replaceFile, writeStream } from "./draft-file.ts";
import { WriteFailure } from "./write-failure.ts";

/** A file system on which hard links fail with a code. */
function withoutLinks(code: string): void {
  const original = linkSync;
  fs.linkSync = () => {
    throw Object.assign(new Error(code), { code, syscall: "link" });
  };
  syncBuiltinESMExports();
  onTestFinished(() => {
    fs.linkSync = original;
    syncBuiltinESMExports();
  });
}

describe("a draft", () => {
  test("has its name when it is complete, and replaces what had it", () => {
    const folder = temporaryDirectory();
    const target = join(folder, "a");
    writeFileSync(target, "old");
    const file = new DraftFile(target, { mode: 0o600 });
    file.write(Buffer.from("n"));
    file.write(Buffer.from("ew"));
    expect(readFileSync(target, "utf8")).toBe("old");
    file.replace();
    expect([readFileSync(target, "utf8"), statSync(target).mode & 0o777, readdirSync(folder)]).toEqual([
      "new",
      0o600,
      ["a"],
    ]);
  });

  test("is gone after discard(), a second time, too", () => {
    const folder = temporaryDirectory();
    const file = new DraftFile(join(folder, "a"));
    file.write(Buffer.from("x"));
    file.discard();
    file.discard();
    expect(readdirSync(folder)).toEqual([]);
    expect(() => file.write(Buffer.from("y"))).toThrow("is closed");
  });

  test("that is suspended is continued later", () => {
    const path = join(temporaryDirectory(), "a");
    for (const text of ["one ", "two"]) {
      const file = new DraftFile(path, { draft: path, continues: true });
      file.write(Buffer.from(text));
      file.suspend();
      file.suspend();
    }
    expect(readFileSync(path, "utf8")).toBe("one two");
  });

  test("names its file, or what the user called it, when it cannot be written", () => {
    const target = join(temporaryDirectory(), "none", "a");
    expect(() => new DraftFile(target)).toThrow(WriteFailure);
    expect(() => replaceFile(target, "x", { name: "mine" })).toThrow('"mine" could not be written: ');
  });
});

describe("a new file", () => {
  test("is written unless something has its name", () => {
    const target = join(temporaryDirectory(), "a");
    expect([createFile(target, "one"), createFile(target, "two")]).toEqual([true, false]);
    expect(readFileSync(target, "utf8")).toBe("one");
  });

  test("does not replace one that came meanwhile", () => {
    const folder = temporaryDirectory();
    const file = new DraftFile(join(folder, "a"));
    writeFileSync(join(folder, "a"), "other");
    expect([file.create(), readdirSync(folder), readFileSync(join(folder, "a"), "utf8")]).toEqual([
      false,
      ["a"],
      "other",
    ]);
  });

  test.each(["EPERM", "EOPNOTSUPP"])("is made without hard links (%s), too", (code) => {
    withoutLinks(code);
    const folder = temporaryDirectory();
    const [one, two] = [new DraftFile(join(folder, "a")), new DraftFile(join(folder, "a"))];
    expect([one.create(), two.create(), readdirSync(folder)]).toEqual([true, false, ["a"]]);
  });

  test("is not made if linking fails for another reason", () => {
    withoutLinks("EIO");
    const folder = temporaryDirectory();
    expect(() => createFile(join(folder, "a"), "x")).toThrow("(EIO)");
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("a copy and a stream", () => {
  test("are whole", async () => {
    const folder = temporaryDirectory();
    writeFileSync(join(folder, "a"), "text");
    replaceByCopy(join(folder, "a"), join(folder, "b"));
    const pieces = (async function* () {
      yield Buffer.from("te");
      yield Buffer.from("xt");
    })();
    await writeStream(join(folder, "c"), pieces);
    expect(["b", "c"].map((name) => readFileSync(join(folder, name), "utf8"))).toEqual(["text", "text"]);
  });

  test("leave nothing if they fail", async () => {
    const folder = temporaryDirectory();
    mkdirSync(join(folder, "taken", "in"), { recursive: true });
    writeFileSync(join(folder, "a"), "text");
    expect(() => replaceByCopy(join(folder, "a"), join(folder, "taken"))).toThrow(WriteFailure);
    const broken = (async function* () {
      yield Buffer.from("te");
      throw new Error("the source broke");
    })();
    await expect(writeStream(join(folder, "c"), broken)).rejects.toThrow("the source broke");
    expect(readdirSync(folder).toSorted()).toEqual(["a", "taken"]);
    expect(existsSync(join(folder, "taken", "in"))).toBe(true);
  });
});
