import { expect, test } from "vitest";
import { syntaxProblem } from "./syntax-problem.ts";

test.each<[string, string]>([
  ["hunter2-Zq", "Unexpected token 'h'"],
  ["glpat-Zk9qXw7LmPt3RvB2Qx5c", "Unexpected token 'g'"],
  [
    '{"a": 1, "b": 2, "c": [1, 2, 3], glpat-Zk9qXw7LmPt3RvB2Qx5c',
    "Expected double-quoted property name in JSON at position 33 (line 1 column 34)",
  ],
  ['{"first": "second", "third": glpat-Zk9qXw7LmPt3RvB2Qx5c}', "Unexpected token 'g'"],
  ['"hunter2-Zq', "Unterminated string in JSON at position 11 (line 1 column 12)"],
  ["{", "Expected property name or '}' in JSON at position 1 (line 1 column 2)"],
  ["", "Unexpected end of JSON input"],
  ["undefined", "no JSON value"],
])("%s", (text, said) => {
  let seen: unknown;
  try {
    JSON.parse(text);
  } catch (error) {
    seen = error;
  }
  expect(syntaxProblem(seen)).toBe(said);
});

test("another value than an error", () => {
  expect(syntaxProblem("odd")).toBe("odd");
});
