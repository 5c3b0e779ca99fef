import { expect, test } from "vitest";
import { Batches } from "./batches.ts";

async function batches(size: number, pieces: readonly string[]): Promise<readonly string[]> {
  const delivered: string[] = [];
  const all = new Batches(size, async (bytes) => {
    delivered.push(Buffer.from(bytes).toString());
  });
  for (const piece of pieces) await all.add(piece);
  await all.flush();
  return delivered;
}

test("small pieces go together, and the last without waiting", async () => {
  expect(await batches(18, ["abcd", "efgh", "ijkl"])).toEqual(["abcdefgh", "ijkl"]);
});

test("a piece that is larger than a batch goes in several", async () => {
  const text = "0123456789".repeat(10);
  const delivered = await batches(12, [text]);
  expect(delivered.length).toBeGreaterThan(8);
  expect(delivered.join("")).toBe(text);
});

test("no character is divided", async () => {
  for (const text of ["a😀".repeat(50), "😀".repeat(50), "é→".repeat(50)]) {
    expect((await batches(13, [text, text])).join("")).toBe(text + text);
  }
});

test("of nothing there is one empty batch", async () => {
  expect(await batches(12, [])).toEqual([""]);
});
