import { appendFileSync, mkdirSync, renameSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { WriteEvent } from "../../contract/trial-events.ts";
import { addedLines, noteEnds } from "./file-ends.ts";

const WRITE: WriteEvent = {
  kind: "write",
  area: "/data",
  path: "/data/out",
  type: "file",
  change: "modified",
  bytes: 9,
  grew: 9,
};

/** Text appended to `out` by `act`. @param start previous content; absent: the file did not exist */
function added(start: string | Buffer | undefined, act: (file: string) => void): string | undefined {
  const directory = temporaryDirectory();
  const file = join(directory, "out");
  if (start !== undefined) writeFileSync(file, start);
  const noted = noteEnds(directory);
  act(file);
  return addedLines(noted, directory, "/out", WRITE).added;
}

const UTF16 = Buffer.from("line one\n", "utf16le");

test.each<[string, string | Buffer | undefined, (file: string) => void, string | undefined]>([
  ["lines", "one\n", (file) => appendFileSync(file, "two\nthree\n"), "two\nthree\n"],
  ["lines of a new file", undefined, (file) => writeFileSync(file, "one\n"), "one\n"],
  ["lines in UTF-16", UTF16, (file) => appendFileSync(file, UTF16), "line one\n"],
  [
    "lines in UTF-16, the other way round",
    Buffer.from(UTF16).swap16(),
    (file) => appendFileSync(file, Buffer.from(UTF16).swap16()),
    "line one\n",
  ],
  ["nothing", "one\n", () => {}, undefined],
  ["part of a line", "one\n", (file) => appendFileSync(file, "two"), undefined],
  ["the rest of a line", "one", (file) => appendFileSync(file, " two\n"), undefined],
  ["bytes", "one\n", (file) => appendFileSync(file, Buffer.from([1, 0, 2, 0x0a])), undefined],
  ["empty lines", "one\n", (file) => appendFileSync(file, "\n\n"), undefined],
  [
    "lines of another file in its place",
    "one\n",
    (file) => {
      writeFileSync(`${file}.tmp`, "one\ntwo\n");
      renameSync(`${file}.tmp`, file);
    },
    undefined,
  ],
  ["less than it had", "one\ntwo\n", (file) => truncateSync(file, 4), undefined],
])("a file gets %s", (_, start, act, expected) => {
  expect(added(start, act)).toBe(expected);
});

test("a log that was allocated in advance grows in front of its NULs", () => {
  const full = Buffer.alloc(8_192);
  full.write("one\n");
  const more = Buffer.from(full);
  more.write("two\nthree\n", 4);
  expect(added(full, (file) => writeFileSync(file, more, { flag: "r+" }))).toBe("two\nthree\n");
});

test("a log of fixed size is written to somewhere within it", () => {
  const ring = Buffer.alloc(4_096);
  ring.write("2026-11-29T12:00:00Z GET /\n", 2_000);
  const more = Buffer.from(ring);
  more.write("2026-11-29T12:00:01Z GET /a\n", 300);
  const write = (file: string) => writeFileSync(file, more, { flag: "r+" });
  expect(added(ring, write)).toBe("2026-11-29T12:00:01Z GET /a\n");
  const grown = Buffer.concat([more, Buffer.alloc(4_096)]);
  expect(added(ring, (file) => writeFileSync(file, grown, { flag: "r+" }))).toBeUndefined();
  const large = Buffer.alloc(LIMITS.trialFixedFileBytes + 1);
  expect(added(large, (file) => writeFileSync(file, more, { flag: "r+" }))).toBe(undefined);
});

test("of files of fixed size no more is kept than LIMITS.trialFixedFilesBytes", () => {
  const directory = temporaryDirectory();
  const each = LIMITS.trialFixedFileBytes;
  const count = LIMITS.trialFixedFilesBytes / each;
  for (let index = 0; index <= count; index++) writeFileSync(join(directory, `${index}`), Buffer.alloc(each));
  const kept = [...noteEnds(directory).ends.values()].filter(({ content }) => content !== undefined);
  expect(kept).toHaveLength(count);
});

test("files of fixed size are kept up to LIMITS.trialFixedFilesBytes together", () => {
  const directory = temporaryDirectory();
  const most = LIMITS.trialFixedFilesBytes / LIMITS.trialFixedFileBytes;
  for (let at = 0; at <= most; at += 1) {
    writeFileSync(join(directory, `${at}`), "");
    truncateSync(join(directory, `${at}`), LIMITS.trialFixedFileBytes);
  }
  const kept = [...noteEnds(directory).ends.values()].filter(({ content }) => content !== undefined);
  expect(kept.length).toBe(most);
});

test("of many lines the first whole ones are kept", () => {
  const line = `${"x".repeat(99)}\n`;
  const sample = added("", (file) => appendFileSync(file, line.repeat(2_000))) ?? "";
  expect(sample.length).toBe(1_000);
  expect(sample.length).toBeLessThanOrEqual(LIMITS.trialAddedSampleBytes);
});

test("what was not noted says nothing, nor does a directory or a deleted file", () => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, "out"), "one\n");
  expect(addedLines(undefined, directory, "/out", WRITE)).toEqual({});
  const cut = { ends: new Map(), complete: false };
  expect(addedLines(cut, directory, "/out", WRITE)).toEqual({});
  const noted = { ends: new Map(), complete: true };
  expect(addedLines(noted, directory, "/out", { ...WRITE, change: "deleted" })).toEqual({});
  expect(addedLines(noted, directory, "/out", { ...WRITE, type: "directory" })).toEqual({});
  expect(addedLines(noted, directory, "/missing", WRITE)).toEqual({});
});

test("no link is followed, neither to a file nor to a directory", () => {
  const [directory, other] = [temporaryDirectory(), temporaryDirectory()];
  writeFileSync(join(other, "secret"), "one\n");
  mkdirSync(join(directory, "below"));
  writeFileSync(join(directory, "below", "own"), "one\n");
  symlinkSync(other, join(directory, "linked"));
  symlinkSync(join(other, "secret"), join(directory, "file"));
  const { ends, complete } = noteEnds(directory);
  expect([[...ends.keys()], complete]).toEqual([["/below/own"], true]);
});

test("more entries than are looked at leave it open", () => {
  const directory = temporaryDirectory();
  for (let at = 0; at < 2_001; at += 1) mkdirSync(join(directory, `${at}`));
  expect(noteEnds(directory).complete).toBe(false);
});

test("of what was added, a line that ends beyond the bound trialAddedBytes shows nothing", () => {
  const line = (length: number) => `${"x".repeat(length - 1)}\n`;
  const seen = (length: number) => added("one\n", (file) => appendFileSync(file, line(length)));
  expect(seen(LIMITS.trialAddedBytes + 1)).toBeUndefined();
  expect(added("one\n", (file) => appendFileSync(file, `two\n${line(LIMITS.trialAddedBytes)}`))).toBe(
    "two\n",
  );
});
