import { expect, test } from "vitest";
import { freeIds } from "./free-ids.ts";

test.each([
  ["nobody has any", [""], [""], 100_000],
  ["the usual range is another's", ["ada:100000:65536\n", ""], [""], 165_536],
  ["only its gids are another's", ["", "ada:100000:65536\n"], [""], 165_536],
  ["several have some, in any order", ["bob:165536:65536\nada:100000:65536\n"], [""], 231_072],
  ["there is room between", ["ada:100000:65536\nbob:300000:65536\n"], [""], 165_536],
  ["there is too little room between", ["ada:100000:65536\nbob:200000:65536\n"], [""], 265_536],
  ["a range begins within the usual one", ["ada:120000:10\n"], [""], 120_010],
  ["an account of a directory has an id within", [""], ["eve:x:130000:130000::/home/eve:/bin/sh\n"], 130_001],
  ["lines are none", ["# none\nada\nada:x:y\n"], ["+::::::\n"], 100_000],
])("where %s the free range begins at %4$s", (_, delegated, accounts, first) => {
  expect(freeIds(delegated, accounts)).toEqual({ first, last: first + 65_535 });
});
