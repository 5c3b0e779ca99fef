import { describe, expect, test } from "vitest";
import { shellCommands } from "./parse-commands.ts";
import { ShellVariables } from "./variables.ts";

/** Possible values of a script's last command. */
function last(script: string, env: readonly string[] = [], isOpen = false): readonly string[] {
  const variables = new ShellVariables(env, isOpen);
  const commands = shellCommands(script);
  for (const command of commands) variables.assign(command, command.conditions.length === 0);
  return variables.commands(commands.at(-1)?.words ?? []).map((words) => words.join(" "));
}

describe("a command's name that is a variable's", () => {
  test.each([
    ["X='a b'\n$X c", ["a b c"]],
    ["X=a\nX=b\n$X", ["b"]],
    ["X=a\nif t; then X=b; fi\n$X", ["a", "b"]],
    ["if t; then X=b; fi\n$X c", ["c", "b c"]],
    ["X=a\nX+=b\n$X", ["ab"]],
    ['X=(a b)\nX+=(c)\n"${X[@]}"', ["a b c"]],
    ["X=a Y=$X-b\n${Y}", ["a-b"]],
    ["export X=a\n$X", ["a"]],
    ["export X\n$X c", ["c"]],
    ["${X:-a} b", ["a b"]],
    ["X=c\n${X:-a} b", ["c b"]],
    ["${X:-'a'} b", ["a b"]],
    ["${X:+a} b", ["b"]],
    ["X=c\n${X:+a} b", ["a b"]],
    ["exec $X a", ["exec a"]],
    ["X=a\nexec env B=c $X d", ["exec env B=c a d"]],
    ["X=a\n. $X b", [". a b"]],
    ["$(which a) b", ["a b"]],
    ["`command -v a 2>/dev/null` b", ["a b"]],
    ["$(dirname /x/y.sh)/a", ["/x/a"]],
    ["X=$X\n$X a", ["a"]],
    ["X=a\n$X$Y", ["a"]],
    ["a $X", ["a $X"]],
  ])("%j", (script, expected) => {
    expect(last(script)).toEqual(expected);
  });

  test.each([
    ["$(cat x) a", "$(cat x) a"],
    ["$(dirname x)/a", "$(dirname x)/a"],
    ["read X\n$X a", "$X a"],
    ["X=a\nread -r X\n$X", "$X"],
    ["X=$(cat x)/bin\n$X/a", "$(cat x)/bin/a"],
    ["${X##*/} a", "${X##*/} a"],
    [`X=${"a".repeat(5_000)}\n$X`, "$X"],
    [
      "X=a\nX=$X$X$X$X$X$X$X$X\nX=$X$X$X$X$X$X$X$X\nX=$X$X$X$X$X$X$X$X\nX=$X$X$X$X$X$X$X$X\nX=$X$X$X$X\n$X",
      "$X",
    ],
  ])("what nobody knows stands as written: %j", (script, expected) => {
    expect(last(script)).toEqual([expected]);
  });

  test("the environment is known, and what only the cluster knows is not", () => {
    expect(last("$X b", ["X=a"])).toEqual(["a b"]);
    expect(last("$X b", ["X=$(POD_NAME)"])).toEqual(["$X b"]);
    expect(last("$X b", ["X=a", "Y"], true)).toEqual(["a b"]);
    expect(last("$Z ${Z:-c} b", [], true)).toEqual(["$Z ${Z:-c} b"]);
    expect(last("${Z:-c} b", [], true)).toEqual(["${Z:-c} b"]);
    expect(last("if t; then Z=a; fi\n$Z", [], true)).toEqual(["$Z"]);
    expect(last("X+=a\n$X", [], true)).toEqual(["$X"]);
  });

  test("more than a few values are nobody's", () => {
    const many = Array.from({ length: 9 }, (_, index) => `if t${index}; then X=a${index}; fi`).join("\n");
    expect(last(`${many}\n$X`)).toEqual(["$X"]);
  });

  test("a variable that is its own name ends", () => {
    expect(last("X='$X'\n$X a")).toEqual(["a"]);
    const variables = new ShellVariables(["A=$A b"]);
    expect(variables.commands(["$A", "c"])[0]?.length).toBeLessThan(20);
    variables.forget("A");
    expect(variables.commands(["$A"])).toEqual([["$A"]]);
  });
});
