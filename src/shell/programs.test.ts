import { expect, test } from "vitest";
import { shellCommands } from "./parse-commands.ts";
import { programsIn } from "./programs.ts";

function programs(script: string): readonly string[] {
  return [...programsIn(shellCommands(script))].map(({ words }) => words.join(" "));
}

test.each<[string, string[]]>([
  ["migrate\nexec app", ["exec app"]],
  ["migrate; app x", ["app x"]],
  ["worker & app", ["worker", "app"]],
  ["if a; then exec b; else exec c; fi", ["exec b", "exec c"]],
  ["app; exit $?", ["app"]],
  ["server &\nwait", ["server"]],
  ["main() { a; exec b; }\nmain", ["exec b"]],
  ["main() { a; b; }\nmain", ["b"]],
  ["start() { b; }\nmain() { a; start; }\nmain x", ["b"]],
  ["helper() { a; }\nb", ["b"]],
  ["f() { a; }\nf &\n: &\n> x &", ["a"]],
])("%j starts %j", (script, expected) => {
  expect(programs(script)).toEqual(expected);
});

test.each(["exec 3>&1", "exec > /dev/null\nset -e", "echo exec node", "A=1", "", "f() { f; }\nf"])(
  "%j starts nothing that goes on running",
  (script) => {
    expect(programs(script)).toEqual([]);
  },
);
