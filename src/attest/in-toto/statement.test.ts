import { expect, test } from "vitest";
import { predicateOf, subjectDigests } from "./statement.ts";

const HEX = "0123456789abcdef".repeat(4);

const V1 = "https://in-toto.io/Statement/v1";

test.each<[string, Readonly<Record<string, unknown>>, object]>([
  ["version 1", { _type: V1, predicate: { a: 1 } }, { a: 1 }],
  ["version 0.1", { _type: "https://in-toto.io/Statement/v0.1", predicate: { a: 1 } }, { a: 1 }],
  ["a statement without one", { _type: V1 }, {}],
  ["a statement whose predicate is a list", { _type: V1, predicate: [1] }, {}],
])("the predicate of %s", (_, document, predicate) => {
  expect(predicateOf(document)).toEqual(predicate);
});

test.each([
  ["of another type", { _type: "https://in-toto.io/Link/v1", predicate: { a: 1 } }],
  ["without a type", { predicate: { a: 1 } }],
])("a document %s is no statement, and stays", (_, document) => {
  expect(predicateOf(document)).toBe(document);
});

test.each<[string, unknown, readonly string[]]>([
  ["a subject", { subject: [{ name: "a", digest: { sha256: HEX } }] }, [`sha256:${HEX}`]],
  [
    "several",
    { subject: [{ digest: { sha256: HEX } }, { digest: { sha256: "f".repeat(64) } }] },
    [`sha256:${HEX}`, `sha256:${"f".repeat(64)}`],
  ],
  ["upper case", { subject: [{ digest: { sha256: HEX.toUpperCase() } }] }, []],
  ["a digest cut short", { subject: [{ digest: { sha256: HEX.slice(1) } }] }, []],
  ["another algorithm", { subject: [{ digest: { sha512: HEX + HEX } }] }, []],
  ["null in the list", { subject: [null, { digest: null }] }, []],
  ["no list", { subject: { digest: { sha256: HEX } } }, []],
  ["no object", [{ subject: [] }], []],
])("%s gives its digests", (_, document, digests) => {
  expect(subjectDigests(document)).toEqual(digests);
});
