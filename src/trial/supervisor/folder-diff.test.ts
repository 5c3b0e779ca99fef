import { execFileSync } from "node:child_process";
import { appendFileSync, chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { LIMITS } from "../../contract/limits.ts";
import { EMPTY_SNAPSHOT, readSnapshot } from "./file-snapshot.ts";
import { changesIn } from "./folder-diff.ts";
import { sizeInLayers } from "./layer-lookup.ts";

const nothing = (): undefined => undefined;

/** Changes of a folder caused by `act`. */
function changes(directory: string, act: () => void): ReturnType<typeof changesIn> {
  const before = readSnapshot(directory);
  act();
  return changesIn("/data", { directory, before, after: readSnapshot(directory) }, nothing);
}

test("a tree of more entries than are looked at (trialWalkEntries, shortened) is cut, and says so", () => {
  const directory = temporaryDirectory();
  for (const name of ["a", "b", "c"]) writeFileSync(join(directory, name), "");
  const seen = [3, 2].map((most) => readSnapshot(directory, most));
  expect(seen.map(({ entries, cut }) => [entries.size, cut])).toEqual([
    [3, false],
    [2, true],
  ]);
});

test("a tree of longer paths than are looked at (trialWalkCharacters) is cut, and says so", () => {
  const directory = temporaryDirectory();
  const deep = join(directory, ...Array.from({ length: 18 }, () => "d".repeat(200)));
  mkdirSync(deep, { recursive: true });
  const files = Math.ceil(LIMITS.trialWalkCharacters / (18 * 200)) + 100;
  for (let at = 0; at < files; at++) writeFileSync(join(deep, `${at}`), "");
  const after = readSnapshot(directory);
  expect(after.cut).toBe(true);
  expect(after.entries.size).toBeLessThan(files);
  const { writes, cut } = changesIn("/", { directory, before: EMPTY_SNAPSHOT, after }, nothing);
  expect([writes.length, cut]).toEqual([LIMITS.trialWrites, true]);
});

test("what grew, what is new and what is gone are told apart", () => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, "app.log"), "one\n");
  writeFileSync(join(directory, "old"), "x");
  const { writes, cut } = changes(directory, () => {
    appendFileSync(join(directory, "app.log"), "two\n");
    mkdirSync(join(directory, "sub"));
    writeFileSync(join(directory, "sub", "state.bin"), Buffer.from([0, 1, 2]));
    symlinkSync("/etc/passwd", join(directory, "link"));
    rmSync(join(directory, "old"));
  });
  expect(cut).toBe(false);
  expect(writes).toEqual([
    {
      kind: "write",
      area: "/data",
      path: "/data/app.log",
      type: "file",
      change: "modified",
      bytes: 8,
      grew: 4,
      sample: "one\ntwo\n",
    },
    {
      kind: "write",
      area: "/data",
      path: "/data/link",
      type: "symlink",
      change: "created",
      bytes: 0,
      grew: 0,
    },
    {
      kind: "write",
      area: "/data",
      path: "/data/sub/state.bin",
      type: "file",
      change: "created",
      bytes: 3,
      grew: 3,
      magic: "000102",
    },
    { kind: "write", area: "/data", path: "/data/old", type: "file", change: "deleted", bytes: 0, grew: 0 },
  ]);
});

test("a directory shows only when nothing in it does", () => {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, "sub"));
  const { writes } = changes(directory, () => {
    writeFileSync(join(directory, "sub", "short-lived"), "");
    rmSync(join(directory, "sub", "short-lived"));
  });
  expect(writes).toMatchObject([{ path: "/data/sub", type: "directory", change: "modified" }]);
});

test("other permissions are a change, reading is none", () => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, "file"), "");
  expect(changes(directory, () => {}).writes).toEqual([]);
  expect(changes(directory, () => chmodSync(join(directory, "file"), 0o600)).writes).toMatchObject([
    { path: "/data/file", change: "modified", grew: 0 },
  ]);
});

test("of a link only the link is looked at", () => {
  const directory = temporaryDirectory();
  symlinkSync("/etc", join(directory, "etc"));
  expect([...readSnapshot(directory).entries.keys()]).toEqual(["/etc"]);
});

test("of a text that is cut, even within a character, the whole lines at its beginning are kept", () => {
  const directory = temporaryDirectory();
  const { writes } = changes(directory, () => {
    writeFileSync(join(directory, "long"), `first\nx${"é".repeat(LIMITS.trialFileSampleBytes)}`);
  });
  expect(writes[0]).toMatchObject({ path: "/data/long", sample: "first\n" });
  expect(writes[0]?.magic).toBeUndefined();
});

test("beyond the bound it is said that there is more", () => {
  const directory = temporaryDirectory();
  const { writes, cut } = changes(directory, () => {
    for (let index = 0; index <= LIMITS.trialWrites; index += 1)
      writeFileSync(join(directory, `${index}`), "");
  });
  expect([writes.length, cut]).toEqual([LIMITS.trialWrites, true]);
});

test("what the image holds at a path is its topmost layer's, and no link leads to the host", () => {
  const [top, bottom] = [temporaryDirectory(), temporaryDirectory()];
  for (const layer of [top, bottom]) mkdirSync(join(layer, "data"));
  writeFileSync(join(bottom, "data", "both"), "123");
  writeFileSync(join(top, "data", "both"), "1");
  writeFileSync(join(bottom, "data", "one"), "12");
  symlinkSync("/etc", join(top, "etc"));
  const size = (path: string): number | undefined => sizeInLayers([top, bottom], path);
  expect([size("/data/both"), size("/data/one"), size("/data/none"), size("/etc/passwd")]).toEqual([
    1,
    2,
    undefined,
    undefined,
  ]);
});

test("a file of the image that was written is modified, and grew by what was added", () => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, "app.log"), "12345");
  const { writes } = changesIn(
    "/",
    { directory, before: EMPTY_SNAPSHOT, after: readSnapshot(directory) },
    () => 3,
  );
  expect(writes).toMatchObject([{ path: "/app.log", change: "modified", bytes: 5, grew: 2 }]);
});

test("what came and went in the directory itself shows there", () => {
  const directory = temporaryDirectory();
  const { writes } = changes(directory, () => {
    writeFileSync(join(directory, "short-lived"), "");
    rmSync(join(directory, "short-lived"));
  });
  expect(writes).toMatchObject([{ path: "/data", type: "directory", change: "modified" }]);
});

test("a name that is no text is a name", () => {
  const directory = temporaryDirectory();
  const { writes, cut } = changes(directory, () => {
    writeFileSync(Buffer.from(`${directory}/caf\xe9.log`, "latin1"), "one\n");
  });
  expect(cut).toBe(false);
  expect(writes).toMatchObject([{ path: "/data/caf\udce9.log", sample: "one\n" }]);
});

test("Latin-1 is text, too", () => {
  const directory = temporaryDirectory();
  const { writes } = changes(directory, () => {
    writeFileSync(join(directory, "app.log"), Buffer.from("démarré\n", "latin1"));
  });
  expect(writes).toMatchObject([{ sample: "démarré\n" }]);
});

test("who makes paths that are too long to be looked at leaves more than is seen", () => {
  const directory = temporaryDirectory();
  const name = "d".repeat(200);
  const deep = `for _ in $(seq 25); do mkdir ${name} && cd -P ${name} || exit 1; done`;
  const { writes, cut } = changes(directory, () => {
    execFileSync("/bin/sh", ["-c", deep], { cwd: directory });
  });
  execFileSync("rm", ["-rf", "--", join(directory, name)]);
  expect([writes.length, cut]).toEqual([1, true]);
});
