import { expect, test } from "vitest";
import { KeptFile } from "./kept-file.ts";
import { Pages, pageSize } from "./pages.ts";

test.each([512, 1_024, 4_096, 32_768, 65_536])("%i bytes are the size of a page", (size) => {
  expect(pageSize(size)).toBe(size);
});

test.each([0, 1, 256, 511, 513, 768, 65_535, 65_537, 131_072, -4_096])("%i bytes are none", (size) => {
  expect(() => pageSize(size)).toThrow("no size of a page");
});

/** A file of three pages of 512 bytes, filled with their numbers. */
function pages(): Pages {
  const file = new KeptFile(3 * 512);
  for (let page = 0; page < 3; page++) file.push(Buffer.alloc(512, page), page * 512);
  file.end();
  return new Pages(file, 512);
}

test("a page is taken once, and looked at as often as one likes", () => {
  const all = pages();
  expect([all.look(2)[0], all.look(2)[511], all.take(2)[0]]).toEqual([2, 2, 2]);
  expect(() => all.take(2)).toThrow("page 2 is part of two things");
  expect(all.look(2)[0]).toBe(2);
  expect(() => all.take(3)).toThrow("beyond the end");
});

test("as many pages are expected as the file has", () => {
  expect(() => pages().expect(3)).not.toThrow();
  expect(() => pages().expect(4)).toThrow("pages are missing");
});

test("content of several pages is as long as the file at most, and its buffer is used again", () => {
  const all = pages();
  expect(() => all.content(3 * 512 + 1)).toThrow("longer than the file");
  const whole = all.content(3 * 512);
  expect(whole).toHaveLength(3 * 512);
  const part = all.content(7);
  expect([part.length, part.buffer === whole.buffer]).toEqual([7, true]);
});
