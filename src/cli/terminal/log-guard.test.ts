import { expect, test } from "vitest";
import { guardedStreams, LogGuard, runsInPipeline } from "./log-guard.ts";

const guard = (...pieces: readonly string[]): string => {
  const log = new LogGuard();
  return pieces.map((piece) => log.guard(piece)).join("");
};

test.each([
  ["::add-mask::x\n", "\\u003a:add-mask::x\n"],
  [`a\n${" ".repeat(200)}::set-env name=A::b`, `a\n${" ".repeat(200)}\\u003a:set-env name=A::b`],
  ["\u00a0\t::error::x", "\u00a0\t\\u003a:error::x"],
  ["a\r::error::x", "a\\u000d::error::x"],
  ["a\r\n::error::x\r\n", "a\r\n\\u003a:error::x\r\n"],
  ["a ##[error]b", "a \\u0023#[error]b"],
  ["a ##vso[task.setvariable x=y]", "a \\u0023#vso[task.setvariable x=y]"],
  ["+##teamcity[buildStop]", "+\\u0023#teamcity[buildStop]"],
  ["section_start:1:a\r\u001b[0Kb", "section_start:1:a\\u000d\\u001b[0Kb"],
  ["\u001b]8;;http://x\u0007a\u009b2J", "\\u001b]8;;http://x\\u0007a\\u009b2J"],
])("a runner's command %j → %j", (text, shown) => {
  expect(guard(text)).toBe(shown);
});

test.each([
  "listens on ::\n",
  "::1\n",
  "[::]:8080",
  "a ::error::x",
  "## Heading\n### [link](x)",
  "\u001b[1;32mok\u001b[0m\ttab\r\n",
  "+::added::",
  "\\u0023#[error]",
  "é 🎉",
])("trap: %j stays", (text) => {
  expect(guard(text)).toBe(text);
});

test.each([
  [":", ":add-mask::x"],
  ["  ", "::add-mask::x"],
  ["::", "add-mask::x"],
  [" ".repeat(500), "::add-mask::x"],
  ["a ##", "[error]"],
  ["a #", "#[error]"],
  ["a ##vso", "[x]"],
  ["\n", ":", ":e", "rror::x"],
])("in pieces: %j", (...pieces) => {
  const text = guard(...pieces);
  expect(text).not.toMatch(/^\s*::[a-z]|##[a-z]*\[/im);
  expect(text.length).toBeGreaterThan(pieces.join("").length);
});

test("a line that began with something else is no command, however long", () => {
  expect(guard(`x${" ".repeat(100)}`, "::error::x")).toBe(`x${" ".repeat(100)}::error::x`);
});

test.each<[Record<string, string>, boolean]>([
  [{}, false],
  [{ CI: "" }, false],
  [{ CI: "False" }, false],
  [{ CI: "true" }, true],
  [{ TF_BUILD: "True" }, true],
  [{ TEAMCITY_VERSION: "2026.1" }, true],
])("a pipeline's job: %j → %s", (env, expected) => {
  expect(runsInPipeline(env)).toBe(expected);
});

test.each<[string, { isTTY: boolean; isFile?: boolean }, Record<string, string>, readonly boolean[]]>([
  ["a log outside a pipeline", { isTTY: false }, {}, [true, false, false]],
  ["a pipeline's log", { isTTY: false }, { CI: "1" }, [true, true, false]],
  ["a file", { isTTY: false, isFile: true }, { CI: "1" }, [false, false, false]],
  ["a terminal", { isTTY: true }, { CI: "1" }, [false, false, false]],
])("%s: text, data, commands", async (_, kind, env, changed) => {
  const said: string[] = [];
  const output = { ...kind, write: async (text: string) => void said.push(text) };
  const context = { env, stdout: output, stderr: output };
  const { stdout } = guardedStreams(context as unknown as Parameters<typeof guardedStreams>[0]);
  await stdout.write("::a::\n");
  await (stdout.writeData?.("::a::\n") ?? stdout.write("::a::\n"));
  await (stdout.writeCommands?.("::a::\n") ?? stdout.write("::a::\n"));
  expect(said.map((text) => text !== "::a::\n")).toEqual(changed);
});
