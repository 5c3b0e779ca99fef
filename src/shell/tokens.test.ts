import fc from "fast-check";
import { expect, test } from "vitest";
import { shellTokens } from "./tokens.ts";

function texts(script: string): readonly string[] {
  return shellTokens(script).map(({ text }) => text);
}

test.each([
  ["a b  c", ["a", "b", "c"]],
  ["a 'b c' \"d e\" f\\ g", ["a", "b c", "d e", "f g"]],
  ["a\"b\"'c'd", ["abcd"]],
  ["a # comment\nb#c", ["a", "\n", "b#c"]],
  ["a \\\n b", ["a", "b"]],
  ["a&&b||c;d&e|f", ["a", "&&", "b", "||", "c", ";", "d", "&", "e", "|", "f"]],
  ["a >b 2>>c <d 2>&1 &>e", ["a", ">", "b", "2>>", "c", "<", "d", "2>&", "1", "&>", "e"]],
  ["[ \"$(id -u)\" = '0' ]", ["[", "$(id -u)", "=", "0", "]"]],
  ['echo "a $(echo ")" | cat) b" c', ["echo", 'a $(echo ")" | cat) b', "c"]],
  ['echo "${x:-"a b"}" $y$z ${w}', ["echo", '${x:-"a b"}', "$y$z", "${w}"]],
  ["a `b c` d", ["a", "`b c`", "d"]],
  ["echo $((1+(2))) x", ["echo", "$((1+(2)))", "x"]],
  ['a "\\"b\\$" $', ["a", '"b$', "$"]],
  ["a 'it\\' b", ["a", "it\\", "b"]],
  ["a '' \"\"", ["a", "", ""]],
  ["a 'unclosed", ["a", "unclosed"]],
  ['a "unclosed', ["a", "unclosed"]],
  ["a '", ["a", ""]],
  ['a "', ["a", ""]],
  ["a $(unclosed", ["a", "$(unclosed"]],
  ["a \\", ["a", ""]],
  ["a\u00a0b c", ["a\u00a0b", "c"]],
  ["\u00a0", ["\u00a0"]],
])("%j is read as %j", (script, expected) => {
  expect(texts(script)).toEqual(expected);
});

test("bodies of here-documents are left out, and lines still count", () => {
  const tokens = shellTokens("cat <<EOF >f <<-'END'\nsudo x\nEOF\n\tsu\n\tEND\nlast");
  expect(tokens.map(({ text }) => text)).toEqual(["cat", "<<", "EOF", ">", "f", "<<-", "END", "\n", "last"]);
  expect(tokens.at(-1)?.line).toBe(6);
});

test("a here-document that is not closed runs to the end", () => {
  expect(texts("cat <<EOF\nsudo x\nsu")).toEqual(["cat", "<<", "EOF", "\n"]);
});

test("lines count through quotes and continued lines", () => {
  expect(shellTokens("a 'x\ny' \\\nb\nc").map(({ line }) => line)).toEqual([1, 1, 3, 3, 4]);
});

test("only words without quotes are bare", () => {
  const bare = shellTokens("if 'if' \\if").map((token) => token.kind === "word" && token.bare);
  expect(bare).toEqual([true, false, false]);
});

test("any text ends, in time that grows with its length", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...Array.from("ab \n\t'\"`$({})\\;&|<>#-\u00a0\r")) }),
      (script) => {
        expect(shellTokens(script).length).toBeLessThanOrEqual(script.length);
      },
    ),
  );
  // Quadratic time would run into the test's time limit.
  expect(shellTokens('"$('.repeat(300_000))).toHaveLength(1);
  expect(shellTokens("<<E\n".repeat(2_000)).length).toBeGreaterThan(2);
});
