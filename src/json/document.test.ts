import fc from "fast-check";
import { expect, test } from "vitest";
import { parseDocument } from "./document.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

test.each([
  ["the top", '{"config":{"User":"1000"},"config":{"Entrypoint":["/bin/evil"]}}', "config"],
  ["an object", '{"config":{"User":"0","Cmd":["a"],"User":"1000"}}', "User"],
  ["an object of an array", '{"layers":[{"digest":"a"},{"digest":"b","digest":"c"}]}', "digest"],
  ["an array of arrays", '[[{"a":1,"a":1}]]', "a"],
  ["a label", '{"config":{"Labels":{"x":"1","x":"2"}}}', "x"],
  ["a field that nobody reads", '{"z":{"q":{},"q":{}}}', "q"],
  ["keys written with an escape", '{"User":"1000","\\u0055ser":"0"}', "User"],
  ["keys written with an escaped slash", '{"a/b":1,"a\\/b":2}', "a/b"],
  ["keys written with an escaped pair", '{"\u{1F600}":1,"\\ud83d\\ude00":2}', "\u{1F600}"],
  ["empty keys", '{"":1,"":2}', ""],
  ["keys that are numbers", '{"1":1,"1":2}', "1"],
  ["__proto__", '{"__proto__":{},"__proto__":{}}', "__proto__"],
  ["a space before the colon", '{"a" :1,"a"\n:2}', "a"],
  ["a key with a quote in it", '{"a\\"":1,"a\\"":2}', 'a\\"'],
])("a key that stands twice in one object is refused: %s", (_, text, key) => {
  expect(() => parseDocument(bytes(text), "sha256:x")).toThrow(
    expect.objectContaining({ code: "duplicate-key", message: expect.stringContaining(`"${key}"`) }),
  );
});

test.each([
  ["one key in several objects", '[{"a":1},{"a":{"a":{"a":2}}},{"b":[{"a":3},{"a":4}]}]'],
  ["keys of different case", '{"Labels":{"a":1,"A":2}}'],
  ["colons and braces in strings", '{"a":"b:c","d":"{\\"a\\":1,\\"a\\":2}","e":":"}'],
  ["values that are equal to keys", '{"a":"a","b":["a","a","b"]}'],
  ["__proto__ beside another", '{"__proto__":{"__proto__":1},"constructor":{}}'],
  ["an emoji written as a pair of escapes", '{"author":"\\ud83d\\ude00"}'],
])("what stands once is read: %s", (_, text) => {
  expect(parseDocument(bytes(text), "x")).toEqual(JSON.parse(text));
});

test.each([['{"config":{"Entrypoint":["/bin/\\udc80"]}}'], ['{"\\ud800":1}'], ['["\\ude00\\ud83d"]']])(
  "half a surrogate pair, which Go replaces, is refused: %s",
  (text) => {
    expect(() => parseDocument(bytes(text), "x")).toThrow(
      expect.objectContaining({ code: "json-surrogate" }),
    );
  },
);

/** JSON text of any value, with `again` written a second time in its first object. */
const written = fc
  .tuple(fc.jsonValue({ maxDepth: 6 }), fc.string({ unit: "grapheme" }), fc.jsonValue({ maxDepth: 3 }))
  .map(([value, key, other]) => {
    const member = `${JSON.stringify(key)}:${JSON.stringify(other)}`;
    return {
      once: `{"deep":[{${member}}]}`,
      twice: `[${JSON.stringify(value)},{${member},"z z":{},${member}}]`,
    };
  });

test("any key is found when it repeats, and only then", () => {
  fc.assert(
    fc.property(written, ({ once, twice }) => {
      expect(parseDocument(bytes(once), "x")).toEqual(JSON.parse(once));
      expect(() => parseDocument(bytes(twice), "x")).toThrow(/stands twice/);
    }),
  );
});
