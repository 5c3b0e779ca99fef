import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shellCommands } from "./parse-commands.ts";

/** Each command with the conditions before it: `x if [ a ]`, `y unless [ a ]`. */
function outline(script: string): readonly string[] {
  return shellCommands(script).map(({ words, conditions }) =>
    [
      words.join(" "),
      ...conditions.map((one) => `${one.holds ? "if" : "unless"} ${one.words.join(" ")}`),
    ].join(" "),
  );
}

describe("the conditions under which a command runs", () => {
  test.each([
    ["a; b\nc", ["a", "b", "c"]],
    ["if t; then a; fi; b", ["t", "a if t", "b"]],
    ["if t\nthen a\nelse b\nfi", ["t", "a if t", "b unless t"]],
    [
      "if t; then a; elif u; then b; else c; fi",
      ["t", "a if t", "u", "b unless t if u", "c unless t unless u"],
    ],
    ["if t && u; then a; fi", ["t", "u if t", "a if t && u"]],
    ["if ! t; then a; fi", ["t", "a if ! t"]],
    ["t && a || b; c", ["t", "a if t", "b if t unless a", "c"]],
    ["t &&\na\nb", ["t", "a if t", "b"]],
    ["t | a | b", ["t", "a", "b"]],
    ["while t; do a; done; b", ["t", "a if t", "b"]],
    ["for x in 1 2; do a; done", ["a"]],
    [
      'case "$1" in\n x|y) a;;\n *) b\nesac\nc',
      ["a if case $1 x y", "b unless case $1 x y if case $1 *", "c"],
    ],
    ["case $1\nin (x) a;; esac", ["a if case $1 x"]],
    ["{ a; }; ( b ); c", ["a", "b", "c"]],
    ["t || { a; b; }; c", ["t", "a unless t", "b unless t", "c"]],
    ["f() { a; }\nfunction g { b; }\nfunction h() { c; }", ["a", "b", "c"]],
    ["if t; then if u; then a; fi fi; b", ["t", "u if t", "a if t if u", "b"]],
    ["[[ a && b > c ]] && d", ["[[ a && b > c ]]", "d if [[ a && b > c ]]"]],
    ["until t; do a; done; b", ["t", "a unless t", "b"]],
    ["! t | u && a", ["t", "u", "a if ! u"]],
    ["if t | u; then a; fi", ["t", "u", "a if t u"]],
    ["if ! (t && u); then a; fi", ["t", "u if t", "a if !"]],
    [
      "case $1 in @(x|y)|z) a;; w) b;; esac",
      ["a if case $1 @(x|y) z", "b unless case $1 @(x|y) z if case $1 w"],
    ],
    [
      "case $1 in x) a;& y) b;;& z) c; esac",
      [
        "a if case $1 x",
        "b unless case $1 x if case $1 y",
        "c unless case $1 x unless case $1 y if case $1 z",
      ],
    ],
    ["done; fi; }; a", ["a"]],
  ])("%j", (script, expected) => {
    expect(outline(script)).toEqual(expected);
  });
});

describe("what holds behind a way out", () => {
  test.each([
    ["if t; then exit 0; fi; a", "a unless t"],
    ["if t; then return; fi; a", "a unless t"],
    ["if t; then exec x; fi; a", "a unless t"],
    ["if t; then b; else exit; fi; a", "a if t"],
    ["t || exit 0; a", "a if t"],
    ["t || { b; exit 0; }; a", "a if t"],
    ["t || ( b; exit 0 ); a", "a"],
    ["t && exit 0 | b; a", "a"],
    ["if t; then exit 0; elif u; then exit 0; fi; a", "a unless t unless u"],
    ["case $1 in x) exec y;; esac; a", "a unless case $1 x"],
    ["if t; then exit 1; fi; a", "a"],
    ["t || exit 1; a", "a"],
    ["f() { t || return 0; }; a", "a"],
    ["exec >/dev/null; a", "a"],
    ["if t; then exec >x; fi; a", "a"],
  ])("%j", (script, expected) => {
    expect(outline(script).at(-1)).toBe(expected);
  });
});

test("the commands of a function's body say so, the innermost one's of several", () => {
  const script = "f() { a; g() ( b ); }\nfunction h { c; }\nfunction i() { d; }\nf; (e); { k; }";
  const within = shellCommands(script).map(({ words, within: name }) => [words[0], name]);
  expect(within).toEqual([
    ["a", "f"],
    ["b", "g"],
    ["c", "h"],
    ["d", "i"],
    ["f", undefined],
    ["e", undefined],
    ["k", undefined],
  ]);
});

test("an array is one word, of a declaration, too: none of its words is a command or a function", () => {
  const script = "local a=1 b=(sudo x) c=() d\nA=(sudo\n y) B=()\ne=() f\ng() h";
  expect(shellCommands(script)).toMatchObject([
    { words: ["local", "a=1", "b=(sudo x)", "c=()", "d"], written: "local a=1 b=(sudo x) c=() d" },
    { words: [], assignments: ["A=(sudo y)", "B=()"] },
    { words: ["f"], assignments: ["e=()"] },
    { words: ["h"], within: "g" },
  ]);
});

test("a command before a group, and one that is negated with a group, belong to nobody else", () => {
  const [read, made] = shellCommands("read -a x < <(make y)");
  expect([read?.words, made?.words]).toEqual([
    ["read", "-a", "x"],
    ["make", "y"],
  ]);
  const script = "if ! { a || b; }; then c; fi";
  expect(shellCommands(script).map(({ words, tested }) => [words[0], tested])).toEqual([
    ["a", true],
    ["b", true],
    ["c", false],
  ]);
});

test("assignments, redirections and operators belong to their command", () => {
  expect(
    shellCommands("A=1 B=(x y) C[0]=2 cmd D=3 >f 2>&1 &\n! x\ny || z\nif w; then\nv\nfi > g"),
  ).toMatchObject([
    {
      assignments: ["A=1", "B=(x y)", "C[0]=2"],
      words: ["cmd", "D=3"],
      redirections: [
        { operator: ">", target: "f" },
        { operator: "2>&", target: "1" },
      ],
      tested: false,
      operator: "&",
      line: 1,
    },
    { words: ["x"], tested: true, line: 2 },
    { words: ["y"], tested: true, operator: "||", line: 3 },
    { words: ["z"], tested: false, operator: ";" },
    { words: ["w"], tested: true, line: 4 },
    { words: ["v"], tested: false, line: 5 },
    { words: [], redirections: [{ operator: ">", target: "g" }], line: 6 },
  ]);
});

test.each([
  "case",
  "case x",
  "for",
  "for x in",
  "function",
  "A=(",
  "a >",
  "a > ;",
  "diff <(a) <(b)",
  "((x++))",
  "esac )",
  "if",
  "t &&",
  "f()",
  "f() ( a",
  "until",
  "case x in (",
])("the torso %j is read without an error", (script) => {
  expect(shellCommands(script).length).toBeLessThan(6);
});

test("any text of shell words ends without an error", () => {
  const word = fc.constantFrom(
    ..."if then elif else fi for do done case in esac { } ( ) ; ;; & && || | ! > >> x=1 exit exec [[ ]] a 'b' \n".split(
      " ",
    ),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 40 }), (words) => {
      expect(shellCommands(words.join(" ")).length).toBeLessThanOrEqual(words.length);
    }),
  );
});

test("a script with more conditions than any honest one is refused by the name of the bound", () => {
  const script = `${"if t; then ".repeat(90)}${"a; ".repeat(600)}`;
  expect(() => shellCommands(script)).toThrow("shellConditions");
  expect(shellCommands(`${"if t; then ".repeat(90)}${"a; ".repeat(60)}`)).toHaveLength(150);
});
