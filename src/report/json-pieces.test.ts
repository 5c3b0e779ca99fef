import { expect, test } from "vitest";
import { JsonItems, jsonMembers } from "./json-pieces.ts";

const ITEMS = [{ a: "one\ntwo", b: [] }, { c: { d: [1, { e: null }] } }, {}];

test.each([0, 1, 3])("%i items that come one by one are what JSON.stringify() writes at once", (count) => {
  const [about, items] = [{ name: "x\u202ey", list: [1, 2] }, ITEMS.slice(0, count)];
  const list = new JsonItems(3);
  const text = [
    `{\n${jsonMembers(about, 1)},\n  "deeper": {\n${jsonMembers(about, 2)},\n    "items": [`,
    ...items.map((item) => list.item(item)),
    `${list.end()}\n  }\n}`,
  ].join("");
  const whole = JSON.stringify({ ...about, deeper: { ...about, items } }, undefined, 2);
  expect(text).toBe(whole.replaceAll("\u202e", "\\u202e"));
});
