import { expect, test } from "vitest";
import { splitDocuments } from "./split.ts";

function sections(stream: string): readonly (readonly [number, string])[] {
  return [...splitDocuments(stream)].map(({ line, text }) => [line, text] as const);
}

test("a stream is split at its markers, each section knows its line", () => {
  expect(sections("a: 1\n---\nb: 2\n\n--- # c\nc: 3\n")).toEqual([
    [1, "a: 1\n"],
    [2, "---\nb: 2\n\n"],
    [5, "--- # c\nc: 3\n"],
  ]);
});

test.each([
  ["a marker at the very beginning opens the first section", "---\na: 1\n", 1],
  ["a marker may end in CRLF, or the stream", "a\r\n---\r\nb\n---", 3],
  ["four dashes are none", "a\n----\nb", 1],
  ["nor are indented ones", "a\n ---\nb", 1],
  ["directives belong to what follows", "%YAML 1.1\n---\na\n", 1],
  ["also behind a document, with comments between", "a\n...\n%YAML 1.1\n# b\n\n---\nc\n---\nd\n", 2],
  ["JSON objects may follow one another", '{"a": "}{"}\n{"b": "\\"{"} {}', 3],
  ["JSON may be followed by YAML", '{"a": {}}\n---\nb: 1\n', 2],
  ["flow YAML is left to the parser", "{a: b}\nc", 1],
  ["an empty stream is one empty section", "", 1],
])("%s", (_behaviour, stream, count) => {
  expect(sections(stream)).toHaveLength(count);
  expect(
    sections(stream)
      .map(([, text]) => text)
      .join(""),
  ).toBe(stream);
});

test.each([
  ["markers", "---\n"],
  ["directives", "%a\n---\n"],
  ["JSON objects", '{"a":"}"}'],
  ["comments behind directives", "%a\n# b\n---\n"],
])("a stream of nothing but %s costs no more than it is long", (_what, unit) => {
  const stream = unit.repeat(200_000);
  let length = 0;
  for (const { text } of splitDocuments(stream)) length += text.length;
  expect(length).toBe(stream.length);
});
