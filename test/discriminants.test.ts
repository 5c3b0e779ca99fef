import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT, SOURCES } from "./fixtures/imports.ts";

/** Words that tell members of a union apart (ADR 0203): which member a value is, and how something ended. */
const WORDS: ReadonlySet<string> = new Set(["kind", "status"]);

/**
 * Stored formats, whose fields keep their names (evidence and verdicts, the cache of layers), and unions that
 * mirror another's field: an SBOM's stored state, an operation of JSON Patch (RFC 6902), a report's form.
 */
const OTHERS = [
  "src/contract/",
  "src/sbom/bundles/bundle.ts",
  "src/sbom/documents/read/sbom-document.ts",
  "src/fix/syntax/edit.ts",
  "src/attest/reports/format/scan-format.ts",
];

/** First field of a union's member, if it is a literal text; not of a type argument (`F | {…}`). */
const MEMBER = /(?<!<\w )\|\s*\(?\{\s*(?:\/\*\*[^*]*\*\/\s*)?readonly (\w+): "/g;

test.each([
  ['type A = { readonly is: "a" } | { readonly is: "b" };', ["is"]],
  [
    'type A =\n  /** A. */\n  | { readonly kind: "a" }\n  | {\n      readonly kind: "b";\n    };',
    ["kind", "kind"],
  ],
  ['type A = B | ({ readonly by: "c" } & C);', ["by"]],
  ['interface A {\n  readonly in: "a" | "b";\n}', []],
])("fields that tell members apart, of %j", (text, expected) => {
  expect(wordsIn(text)).toEqual(expected);
});

test("members of unions are told apart by kind or status", () => {
  const others = SOURCES.filter((file) => !OTHERS.some((place) => file.startsWith(place))).flatMap((file) =>
    wordsIn(readFileSync(join(ROOT, file), "utf8"))
      .filter((word) => !WORDS.has(word))
      .map((word) => `${file}: ${word}`),
  );
  expect(others).toEqual([]);
});

function wordsIn(text: string): readonly string[] {
  return [...text.matchAll(MEMBER)].map(([, word = ""]) => word);
}
