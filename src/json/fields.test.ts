import { expect, test } from "vitest";
import {
  fieldsOf,
  isFields,
  numberOf,
  objectsAt,
  objectsOf,
  stringOf,
  textAt,
  textOf,
  textsAt,
  textsOf,
} from "./fields.ts";

test("a value of another type is absent", () => {
  for (const other of [null, undefined, 7, true]) {
    expect(isFields(other)).toBe(false);
    expect(fieldsOf(other)).toEqual({});
    expect([objectsOf(other), textsOf(other)]).toEqual([[], []]);
    expect([stringOf(other), textOf(other)]).toEqual(["", undefined]);
  }
  expect([isFields([]), isFields({})]).toEqual([false, true]);
  expect(fieldsOf({ a: 1 })).toEqual({ a: 1 });
  expect(objectsOf([{ a: 1 }, 7, [], { b: 2 }])).toEqual([{ a: 1 }, { b: 2 }]);
  expect(textsOf(["a", "", 7, "b"])).toEqual(["a", "b"]);
  expect([numberOf(0), numberOf("0"), numberOf(Number.NaN), numberOf(Number.POSITIVE_INFINITY)]).toEqual([
    0,
    undefined,
    undefined,
    undefined,
  ]);
});

test("an empty text is a text, and says nothing", () => {
  expect([stringOf(""), stringOf("a"), textOf(""), textOf("a")]).toEqual(["", "a", undefined, "a"]);
});

test("a field is read as its value is, and one text as a list of one", () => {
  const fields = { text: "a", empty: "", list: ["a", "", 7, { b: 1 }] };
  expect([textAt(fields, "text"), textAt(fields, "empty"), textAt(fields, "none")]).toEqual([
    "a",
    undefined,
    undefined,
  ]);
  expect([textsAt(fields, "text"), textsAt(fields, "list"), textsAt(fields, "empty")]).toEqual([
    ["a"],
    ["a"],
    [],
  ]);
  expect([objectsAt(fields, "list"), objectsAt(fields, "text")]).toEqual([[{ b: 1 }], []]);
});
