import { expect, test } from "vitest";
import { scanFile } from "./scan.ts";
import { swapText } from "./swap-text.ts";

/**
 * A swap file that `vim -r` can read: a block with the file's name, then pages whose lines end with a NUL.
 */
function swap(...lines: readonly string[]): Buffer {
  const head = Buffer.alloc(4096);
  head.write("b0VIM 9.1\0\0\0\0");
  const page = Buffer.alloc(4096);
  page.write("ad\0\0");
  const text = Buffer.from(`${lines.join("\0")}\0`);
  text.copy(page, page.length - text.length);
  return Buffer.concat([head, page]);
}

test.each([
  ["/app/.config.yml.swp", "/app/config.yml"],
  ["/app/..env.swp", "/app/.env"],
  ["/app/.settings.py.swo", "/app/settings.py"],
])("the lines of %s are those of %s", (path, original) => {
  const read = swapText(path, swap("a", "b"));
  expect(read?.path).toBe(original);
  expect(read?.text.toString()).toContain("\na\nb\n");
});

test("another binary file is none", () => {
  expect(swapText("/app/.env.swp", Buffer.from("b0VI\0"))).toBeUndefined();
  expect(swapText("/app/.env.swp", Buffer.alloc(0))).toBeUndefined();
});

test("a secret in the lines is found, a placeholder is not", () => {
  const kinds = (...lines: readonly string[]) =>
    scanFile("/app/..env.swp", swap(...lines)).map(({ kind }) => kind);
  expect(kinds("PORT=3000", "DB_PASSWORD=Hiver2024!x")).toEqual(["named-secret"]);
  expect(kinds("PORT=3000", "DB_PASSWORD=changeme")).toEqual([]);
});
