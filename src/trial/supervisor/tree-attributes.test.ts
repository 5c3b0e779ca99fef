import { chmodSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { readSnapshot, type TreeEntry } from "./file-snapshot.ts";
import { attributes } from "./tree-attributes.ts";

const LONG_AGO = new Date("2020-01-01");

function entry(act: (file: string) => void): TreeEntry | undefined {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, "f"), "x");
  act(join(directory, "f"));
  return readSnapshot(directory).entries.get("/f");
}

test("permissions and owner are told, and a time that no writing set", () => {
  const began = Date.now();
  const owner = `${process.getuid?.()}:${process.getgid?.()}`;
  const plain = entry((file) => chmodSync(file, 0o605));
  expect(attributes(undefined, plain, began)).toEqual({ attributes: `605 ${owner}` });
  const old = entry((file) => {
    chmodSync(file, 0o600);
    utimesSync(file, LONG_AGO, LONG_AGO);
  });
  expect(attributes(undefined, old, began)).toEqual({ attributes: `600 ${owner} ${LONG_AGO.getTime()}` });
  // Unchanged since before.
  expect(attributes(old, old, began)).toEqual({ attributes: `600 ${owner}` });
});

test("a link has none, nor has what is not there any more", () => {
  const directory = temporaryDirectory();
  symlinkSync("x", join(directory, "l"));
  expect(attributes(undefined, readSnapshot(directory).entries.get("/l"), Date.now())).toEqual({});
  expect(attributes(undefined, undefined, Date.now())).toEqual({});
});
