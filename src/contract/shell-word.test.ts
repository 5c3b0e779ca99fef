import { expect, test } from "vitest";
import { pathWord, shellWord } from "./shell-word.ts";

test.each([
  ["deploy/web-1.yaml", "deploy/web-1.yaml"],
  ["A=b,c:%d@e+f", "A=b,c:%d@e+f"],
  ["--only", "--only"],
  ["", "''"],
  ["a b", "'a b'"],
  ["$(touch x)", "'$(touch x)'"],
  ["`touch x`", "'`touch x`'"],
  ["it's", "'it'\\''s'"],
  ["a;b", "'a;b'"],
  ["~root", "'~root'"],
  ["=ls", "'=ls'"],
  ["{a,b}*?!#", "'{a,b}*?!#'"],
  ["é", "'é'"],
])("%j is the word %s", (word, expected) => {
  expect(shellWord(word)).toBe(expected);
});

test.each([
  ["deploy", "deploy"],
  ["-", "-"],
  ["--post-renderer=./x", "./--post-renderer=./x"],
  ["-rf $(x)", "'./-rf $(x)'"],
  ["a\nb\u001b[31m", "'a\\u000ab\\u001b[31m'"],
])("the path %j is the word %s", (path, expected) => {
  expect(pathWord(path)).toBe(expected);
});
