import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { writeOutput } from "./write-output.ts";

const folder = mkdtempSync(join(tmpdir(), "douane-output-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a new file is written, an old one replaced, and no draft stays behind", async () => {
  const file = join(folder, "report.json");
  await writeOutput(file, "one");
  await writeOutput(file, "two");
  expect(readFileSync(file, "utf8")).toBe("two");
  expect(readdirSync(folder)).toEqual(["report.json"]);
});

test("through a link the file it names is replaced, not the link", async () => {
  const target = join(folder, "target.json");
  const link = join(folder, "link.json");
  writeFileSync(target, "old");
  symlinkSync(target, link);
  await writeOutput(link, "new");
  expect(readFileSync(target, "utf8")).toBe("new");
});

test("a device is written to, not replaced", async () => {
  await writeOutput("/dev/null", "gone");
  expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
});

test.each(["missing/report.json", "."])("%s cannot be written, and the error names it", async (name) => {
  await expect(writeOutput(join(folder, name), "text")).rejects.toMatchObject({
    code: "output-unwritable",
    exit: 69,
    text: { en: expect.stringContaining(folder) },
  });
});

test("the replaced file keeps its mode", async () => {
  const file = join(folder, "private.json");
  writeFileSync(file, "old");
  chmodSync(file, 0o600);
  await writeOutput(file, "new");
  expect(statSync(file).mode & 0o777).toBe(0o600);
});
