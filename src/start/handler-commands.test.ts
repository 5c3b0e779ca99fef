import { expect, test } from "vitest";
import { handlerCommands, innermost } from "./handler-commands.ts";

test("a program is the one command, as it stands and without any condition", () => {
  expect(handlerCommands(["timeout", "5", "curl", "-f", "localhost"])).toEqual([
    {
      assignments: [],
      words: ["curl", "-f", "localhost"],
      written: "curl -f localhost",
      redirections: [],
      conditions: [],
      tested: false,
      operator: "",
      line: 1,
    },
  ]);
});

test("the text of a shell is read, behind its wrappers too", () => {
  const words = (command: readonly string[]) => handlerCommands(command).map((one) => one.words);
  expect(words(["sh", "-c", "a b; c"])).toEqual([["a", "b"], ["c"]]);
  expect(words(["timeout", "5", "nice", "sh", "-c", "a && b"])).toEqual([["a"], ["b"]]);
});

test("wrappers lead to the program at their end", () => {
  expect(innermost(["tini", "--", "timeout", "5", "app", "x"])).toEqual(["app", "x"]);
  expect(innermost(["app"])).toEqual(["app"]);
  expect(innermost([])).toEqual([]);
});
