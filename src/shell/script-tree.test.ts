import { expect, test } from "vitest";
import type { ShellList, ShellNode } from "./script-nodes.ts";
import { shellTree } from "./script-tree.ts";

/** The tree as a text, each construct in brackets. */
function shown(list: ShellList): string {
  return list
    .map(({ parts, background }) => {
      const text = parts.map(({ operator, pipeline }) => {
        const nodes = pipeline.nodes.map(node).join(" | ");
        return `${operator}${pipeline.negated ? "!" : ""}${nodes}`;
      });
      return `${text.join(" ")}${background ? " &" : ""}`;
    })
    .join("; ");
}

function node(one: ShellNode): string {
  switch (one.kind) {
    case "simple":
      return [
        ...one.assignments,
        ...one.words,
        ...one.redirections.map(({ operator, target }) => `${operator}${target}`),
      ].join(" ");
    case "group":
      return one.subshell ? `(${shown(one.body)})` : `{${shown(one.body)}}`;
    case "if": {
      const branches = one.branches.map(({ test: tested, body }) => `[${shown(tested)} → ${shown(body)}]`);
      return `if${branches.join("")}[${shown(one.otherwise)}]`;
    }
    case "loop":
      return `${one.isUntil ? "until" : "loop"}[${shown(one.test)}][${shown(one.body)}]`;
    case "case":
      return `case ${one.subject}${one.branches.map(({ patterns, body }) => `[${patterns.join("|")} → ${shown(body)}]`).join("")}`;
    case "function":
      return `${one.name}()${node(one.body)}`;
    default:
      return `<${node(one.node)} ${one.redirections.map(({ operator, target }) => operator + target).join(" ")}>`;
  }
}

test.each([
  ["", ""],
  ["a b; c\nd &", "a b; c; d &"],
  ["a && b || c", "a &&b ||c"],
  ["a &&\n\n b | c |& d", "a &&b | c | d"],
  ["! a | b; ! ! c", "!a | b; c"],
  ["(a; b) && { c; d; }", "(a; b) &&{c; d}"],
  ["if a; then b; elif c; then d; else e; fi", "if[a → b][c → d][e]"],
  ["if a; then b; fi > f", "<if[a → b][] >f>"],
  ["while a; do b; done; until c; do d; done", "loop[a][b]; until[c][d]"],
  ["for i in 1 2; do a $i; done < f", "<loop[][a $i] <f>"],
  ["case $1 in\n a|b) c;; (d) e;;\n esac; f", "case $1[a|b → c][d → e]; f"],
  ["case x in *) a; esac", "case x[* → a]"],
  ["f() { a; }; function g { b; }; function h() (c)", "f(){a}; g(){b}; h()(c)"],
  ["A=1 B=(x y) c > f 2>&1", "A=1 B=(x y) c >f 2>&1"],
  ["[[ a && b ]] || c", "[[ a && b ]] ||c"],
  ["[[ a\nb", "[[ a; b"],
  ["a <", "a"],
  ["fi; a; ) b; ;; c", "a; b; c"],
  ["a; done", "a"],
  ["&& a", "a"],
  ["if a; then b", "if[a → b][]"],
  ["case", "case "],
  ["case x in a", "case x[a → ]"],
  ["case x in @(a|b)|c) d;; e) f;; esac; g", "case x[@(a|b)|c → d][e → f]; g"],
  ["function", "()"],
  ["for", "loop[][]"],
  ["A=(x", "A=(x)"],
  ["a (b)", "a()b"],
  ["a b (c)", "a b; (c)"],
])("%j → %s", (script, tree) => {
  expect(shown(shellTree(script))).toBe(tree);
});
