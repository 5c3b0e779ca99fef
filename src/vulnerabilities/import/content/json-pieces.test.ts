import { expect, test } from "vitest";
import { JsonPieces } from "./json-pieces.ts";
import { Lines } from "./lines.ts";

/** Pieces as `key[]: text`, whatever the sizes of the chunks. */
function pieces(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  const read = (size: number) => {
    const found: string[] = [];
    const reader = new JsonPieces("a.json", (key, piece, isElement) => {
      found.push(`${key}${isElement ? "[]" : ""}: ${piece}`);
    });
    for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
    reader.end();
    return found;
  };
  const whole = read(bytes.length);
  for (const size of [1, 2, 3, 7]) expect(read(size)).toEqual(whole);
  return whole;
}

test.each([
  ["[]", []],
  ["{}", []],
  ['[1, {"a": [2]}, "x,y"]', ["[]: 1", '[]: {"a": [2]}', '[]: "x,y"']],
  ['{"a": 1, "b": {"c": [1, 2]}}', ["a: 1", 'b: {"c": [1, 2]}']],
  ['{"a": [1, {"b": 2}], "c": 3}', ["a[]: 1", 'a[]: {"b": 2}', "c: 3"]],
  ['{"a": [], "b": [[1, 2], 3]}', ["b[]: [1, 2]", "b[]: 3"]],
  ['{"a\\"]}": "}]\\\\", "b": "\\\\\\""}', ['a"]}: "}]\\\\"', 'b: "\\\\\\""']],
  ['{"é": "ü"}', ['é: "ü"']],
  [" \n[ 1 ,\n 2 ]\n ", ["[]: 1", "[]: 2"]],
  ['{"": 1}', [": 1"]],
])("%s has the pieces %j", (text, expected) => {
  expect(pieces(text)).toEqual(expected);
});

test.each(["", "[", "{", '{"a": [1}', '["a]', "[1]]", "[]{}", "[1] [2]", '{"a": "', "}"])(
  "%j is no whole document",
  (text) => {
    expect(() => pieces(text)).toThrow("its JSON is incomplete or invalid");
  },
);

test.each([
  ["a\nb\n", ["a", "b", ""]],
  ["a\nb", ["a", "b"]],
  ["\n\n", ["", "", ""]],
  ["", [""]],
  ["é\nü", ["é", "ü"]],
])("%j has the lines %j", (text, expected) => {
  const bytes = Buffer.from(text);
  for (const size of [1, 2, 5, 100]) {
    const found: string[] = [];
    const lines = new Lines("a", (line) => void found.push(line));
    for (let at = 0; at < bytes.length; at += size) lines.push(bytes.subarray(at, at + size));
    lines.end();
    expect(found).toEqual(expected);
  }
});
