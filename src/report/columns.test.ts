import { expect, test } from "vitest";
import { columns } from "./columns.ts";

test("columns are as wide as their widest cell, numbers at the right, nothing behind the last", () => {
  const rows = [
    ["name", "count", "layers"],
    ["npm", "2", "3"],
    ["équipe", "1,000", ""],
  ];
  expect(columns(rows, [1])).toEqual(["name    count  layers", "npm         2  3", "équipe  1,000"]);
});

test("wide characters take two columns", () => {
  expect(
    columns([
      ["漢字", "a"],
      ["abc", "b"],
    ]),
  ).toEqual(["漢字  a", "abc   b"]);
});

test("no rows are no lines", () => {
  expect(columns([])).toEqual([]);
});
