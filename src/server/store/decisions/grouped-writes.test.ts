import { expect, test } from "vitest";
import { groupedWrites } from "./grouped-writes.ts";

/** Writes that the test ends one by one. */
function held() {
  const groups: string[][] = [];
  const ends: { readonly resolve: () => void; readonly reject: (error: Error) => void }[] = [];
  const writes = groupedWrites<string>((items) => {
    groups.push([...items]);
    return new Promise((resolve, reject) => ends.push({ resolve, reject }));
  });
  return { groups, ends, writes };
}

test("one write is under way at a time, and what comes meanwhile is the next group, in its order", async () => {
  const { groups, ends, writes } = held();
  const answered: string[] = [];
  const written = ["a", "b", "c"].map((item) => writes.write(item, 1).then(() => answered.push(item)));
  expect(groups).toEqual([["a"]]);
  ends[0]?.resolve();
  await written[0];
  expect([groups, answered]).toEqual([[["a"], ["b", "c"]], ["a"]]);
  ends[1]?.resolve();
  await Promise.all(written);
  await writes.idle();
  expect(answered).toEqual(["a", "b", "c"]);
});

test("a failed write fails its group alone", async () => {
  const { ends, writes } = held();
  const [first, second] = [writes.write("a", 1), writes.write("b", 1)];
  ends[0]?.reject(new Error("gone"));
  await expect(first).rejects.toThrow("gone");
  ends[1]?.resolve();
  await expect(second).resolves.toBeUndefined();
});

test("a group is bounded in items and in bytes, and a large item goes alone", async () => {
  const { groups, ends, writes } = held();
  void writes.write("first", 1);
  for (let index = 0; index < 1_001; index++) void writes.write("small", 1);
  for (const bytes of [3_000_000, 2_000_000, 9_000_000]) void writes.write("large", bytes);
  for (let index = 0; index < 6; index++) {
    ends[index]?.resolve();
    await new Promise(setImmediate);
  }
  expect(groups.map(({ length }) => length)).toEqual([1, 1_000, 2, 1, 1]);
});

test("what waits is bounded: the rest is refused at once", async () => {
  const { writes } = held();
  for (let index = 0; index <= 20_000; index++) void writes.write("a", 1);
  await expect(writes.write("b", 1)).rejects.toMatchObject({ code: "store-overloaded", exit: 69 });
});
