import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sizeOf } from "./sizes-asked.ts";

let directory = "";
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "douane-sizes-"));
  mkdirSync(join(directory, "upper", "app", "data"), { recursive: true });
  writeFileSync(join(directory, "upper", "app", "data", "visits"), "one\n");
  writeFileSync(join(directory, "outside"), "of the host\n");
  symlinkSync(directory, join(directory, "upper", "app", "link"));
  symlinkSync(join(directory, "outside"), join(directory, "upper", "app", "visits"));
});
afterAll(() => rmSync(directory, { recursive: true }));

test.each([
  ["a file", "/app/data/visits", 4],
  ["a directory", "/app/data", undefined],
  ["what is not there", "/app/other/visits", undefined],
  ["what a file would hold", "/app/data/visits/more", undefined],
  ["a link to a file", "/app/visits", undefined],
  ["a link on the way", "/app/link/outside", undefined],
])("%s", (_, path, bytes) => {
  expect(sizeOf(join(directory, "upper"), path)).toBe(bytes);
});
