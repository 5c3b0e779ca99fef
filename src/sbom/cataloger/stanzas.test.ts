import { expect, test } from "vitest";
import { DamagedList } from "./cataloger.ts";
import { packagesOfStanzas, stanzas } from "./stanzas.ts";

function read(text: string): readonly Readonly<Record<string, string>>[] {
  return [...stanzas(text)].map((fields) => Object.fromEntries(fields));
}

test.each([
  ["A: 1\nB: 2\n\nA: 3\n", [{ A: "1", B: "2" }, { A: "3" }]],
  ["A: 1\r\nB:2\r\n\r\nA: 3", [{ A: "1", B: "2" }, { A: "3" }]],
  ["\n\n\nA: 1\n\n\n", [{ A: "1" }]],
  ["A: 1\n  more: text\n\tmore: text\nB: 2", [{ A: "1", B: "2" }]],
  ["A: 1\nA: 2\n", [{ A: "1" }]],
  ["A: x: y\n", [{ A: "x: y" }]],
  ["A:\n", [{ A: "" }]],
  [": 1\nno field\nA: 1", [{ A: "1" }]],
  ["", []],
])("%j has the paragraphs %j", (text, expected) => {
  expect(read(text)).toEqual(expected);
});

const packageOf = (fields: ReadonlyMap<string, string>) => {
  const name = fields.get("P");
  if (name === undefined) throw new Error(`no P beside ${[...fields.keys()].join()}`);
  return name === "gone" ? undefined : ({ type: "apk", name, version: "1" } as const);
};
const of = (...names: readonly string[]) => names.map((name) => ({ type: "apk", name, version: "1" }));

test("every paragraph is a package, but those that are not installed", () => {
  expect(packagesOfStanzas("P:a\n\nP:gone\n\nP:b\n", packageOf)).toEqual(of("a", "b"));
  expect(packagesOfStanzas(" \n", packageOf)).toEqual([]);
});

test.each([
  ["P:a\n\nX:1\n\nP:b\n\nY:1\n", "no P beside X", of("a", "b")],
  ["words only\n", "no paragraph", []],
])("damage of %j is told, and what is readable kept", (text, message, found) => {
  let error: unknown;
  try {
    packagesOfStanzas(text, packageOf);
  } catch (caught) {
    error = caught;
  }
  expect(error).toBeInstanceOf(DamagedList);
  expect(error).toMatchObject({ message, readable: found });
});
