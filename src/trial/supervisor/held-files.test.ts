import {
  closeSync,
  lutimesSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { type FileSnapshot, readSnapshot } from "./file-snapshot.ts";
import { HeldFiles, type Reread } from "./held-files.ts";

const [LONG_AGO, LATER] = [new Date("2020-01-01"), new Date("2020-01-02")];

/**
 * Rereads reported for one file after `act`. Times are set explicitly, since few file systems record every
 * read.
 */
function rereadBy(act: (file: string) => void, name = "id"): readonly Reread[] {
  const directory = temporaryDirectory();
  const file = join(directory, name);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, "one");
  utimesSync(file, LONG_AGO, LONG_AGO);
  const held = new HeldFiles(directory, readSnapshot(directory));
  act(file);
  const found = held.rereadIn(readSnapshot(directory));
  held.release();
  return found;
}

/** Sets the access time, as reading does. */
function readAt(file: string, time: Date): void {
  const descriptor = openSync(file, "r");
  readSync(descriptor, Buffer.alloc(8));
  closeSync(descriptor);
  utimesSync(file, time, LONG_AGO);
}

test.each([
  ["before the first request", new Date("2020-01-04"), {}],
  ["after it", new Date("2020-01-02T12:00:00Z"), { atWork: true }],
])("a file that was read, then written %s", (_, asked, seen) => {
  const directory = temporaryDirectory();
  const file = join(directory, "orders.pid");
  writeFileSync(file, "one");
  utimesSync(file, LONG_AGO, LONG_AGO);
  const held = new HeldFiles(directory, readSnapshot(directory));
  utimesSync(file, LATER, new Date("2020-01-03"));
  expect(held.rereadIn(readSnapshot(directory), BigInt(asked.getTime()) * 1_000_000n)).toEqual([
    { path: "/orders.pid", bytes: 3, changed: true, ...seen },
  ]);
  held.release();
});

test.each<[string, (file: string) => void, readonly Reread[]]>([
  ["nothing", () => {}, []],
  ["read", (file) => readAt(file, LATER), [{ path: "/id", bytes: 3 }]],
  ["written anew, not read", (file) => utimesSync(file, LONG_AGO, LATER), []],
  [
    "read, and long after written",
    (file) => utimesSync(file, LATER, new Date("2020-01-03")),
    [{ path: "/id", bytes: 3, changed: true }],
  ],
  [
    "read and written within one tick",
    (file) => utimesSync(file, LATER, LATER),
    [{ path: "/id", bytes: 3, changed: true, unordered: true }],
  ],
  [
    "read last, whatever was before it",
    (file) => utimesSync(file, new Date("2020-01-03"), LATER),
    [{ path: "/id", bytes: 3, changed: true, unordered: true }],
  ],
  [
    "read, then replaced by another file",
    (file) => {
      readAt(file, LATER);
      writeFileSync(`${file}.tmp`, "four");
      renameSync(`${file}.tmp`, file);
    },
    [{ path: "/id", bytes: 4, changed: true }],
  ],
  [
    "replaced, and not read",
    (file) => {
      writeFileSync(`${file}.tmp`, "four");
      renameSync(`${file}.tmp`, file);
    },
    [],
  ],
  [
    "read, then removed",
    (file) => {
      readAt(file, LATER);
      rmSync(file);
    },
    [{ path: "/id", bytes: 3, changed: true }],
  ],
  ["removed, and not read", (file) => rmSync(file), []],
])("a file that was kept and is %s", (_, act, expected) => {
  expect(rereadBy(act)).toEqual(expected);
});

test("a process's file is told of as others are, a file that was empty is not", () => {
  expect(rereadBy((file) => readAt(file, LATER), "app.pid")).toEqual([{ path: "/app.pid", bytes: 3 }]);
  const replaced = rereadBy((file) => {
    readFileSync(file);
    utimesSync(file, LATER, LONG_AGO);
    rmSync(file);
  }, "app.pid");
  expect(replaced).toEqual([{ path: "/app.pid", bytes: 3, changed: true }]);
  const directory = temporaryDirectory();
  writeFileSync(join(directory, "marker"), "");
  utimesSync(join(directory, "marker"), LONG_AGO, LONG_AGO);
  const held = new HeldFiles(directory, readSnapshot(directory));
  utimesSync(join(directory, "marker"), LATER, LONG_AGO);
  expect(held.rereadIn(readSnapshot(directory))).toEqual([]);
  held.release();
});

test("a link that was followed is told, and whether another is in its place", () => {
  const directory = temporaryDirectory();
  const link = join(directory, "current");
  symlinkSync("one", link);
  lutimesSync(link, LONG_AGO, LONG_AGO);
  const held = new HeldFiles(directory, readSnapshot(directory));
  expect(held.rereadIn(readSnapshot(directory))).toEqual([]);
  lutimesSync(link, LATER, LONG_AGO);
  const read = { path: "/current", type: "symlink", bytes: 0 };
  expect(held.rereadIn(readSnapshot(directory))).toEqual([read]);
  rmSync(link);
  symlinkSync("two", link);
  expect(held.rereadIn(readSnapshot(directory))).toEqual([{ ...read, changed: true }]);
  held.release();
});

test("a directory that was listed is told, where a name of before is still in it", () => {
  const directory = temporaryDirectory();
  for (const name of ["used", "unused", "emptied"]) mkdirSync(join(directory, name));
  for (const name of ["used/a", "unused/a", "emptied/a"]) writeFileSync(join(directory, name), "");
  const [at, left] = [(name: string) => join(directory, name), settled(directory)];
  const held = new HeldFiles(directory, left);
  rmSync(at("emptied/a"));
  for (const name of ["used", "emptied"]) utimesSync(at(name), LATER, LONG_AGO);
  utimesSync(directory, LATER, LONG_AGO);
  expect(held.listedIn(readSnapshot(directory))).toEqual([
    { path: "/", type: "directory", bytes: 0 },
    { path: "/used", type: "directory", bytes: 0 },
  ]);
  held.release();
});

/** Times of before, since looking at a directory is reading it, too. */
function settled(directory: string): FileSnapshot {
  for (const name of ["used", "unused", "emptied"]) utimesSync(join(directory, name), LONG_AGO, LONG_AGO);
  utimesSync(directory, LONG_AGO, LONG_AGO);
  const tree = readSnapshot(directory);
  for (const name of ["used", "unused", "emptied"]) utimesSync(join(directory, name), LONG_AGO, LONG_AGO);
  utimesSync(directory, LONG_AGO, LONG_AGO);
  return tree;
}
