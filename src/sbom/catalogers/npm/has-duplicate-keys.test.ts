import { expect, test } from "vitest";
import { hasDuplicateKeys } from "./has-duplicate-keys.ts";

const KEYS = new Set(["name", "version"]);

test.each([
  ['{"name":"a","name":"b"}', true],
  ['{"version":"1","x":2,"version":"2"}', true],
  ['{ "name"\t:\r\n "a" , "name" : "b" }', true],
  ['{"name":"a","name":1}', true],
  ['{"name":1,"name":2}', true],
  ['{"name":{"a":1},"name":"a"}', true],
  [String.raw`{"name":"a","n\u0061me":"b"}`, true],
  [String.raw`{"name":"a\"b","name":"a\"c"}`, true],
  ['{"x":{"y":[1]},"name":"a","name":"b"}', true],
  ['{"name":"a","name":"a"}', false],
  ['{"name":"a","version":"b"}', false],
  ['{"other":"a","other":"b"}', false],
  ['{"name":"a","x":{"name":"b"}}', false],
  ['{"name":"a","x":[{"name":"b"}]}', false],
  ['{"name":"a","x":"name","y":"name"}', false],
  ['{"name":"a","x":"\\"name\\":"}', false],
  ['{"x":["name","name"]}', false],
  ['["name","name"]', false],
  ['"name"', false],
  ["{}", false],
])("%s has two values of a key: %s", (text, expected) => {
  expect(hasDuplicateKeys(text, KEYS)).toBe(expected);
});
