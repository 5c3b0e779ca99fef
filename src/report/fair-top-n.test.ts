import { expect, test } from "vitest";
import { FairTopN } from "./fair-top-n.ts";

test("the first of each list, then the second of each, so many", () => {
  const turns = new FairTopN<string>(4);
  for (const list of ["abc", "d", "ef", "g"]) {
    for (const [rank, item] of list.split("").entries()) turns.add(item, rank);
  }
  expect(turns.first).toEqual(["a", "d", "e", "g"]);
});

test("where there is room, all of them", () => {
  const turns = new FairTopN<string>(9);
  for (const list of ["abc", "de"]) {
    for (const [rank, item] of list.split("").entries()) turns.add(item, rank);
  }
  expect(turns.first).toEqual(["a", "d", "b", "e", "c"]);
});
