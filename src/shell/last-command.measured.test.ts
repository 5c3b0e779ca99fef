import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { EXECUTES, lastCommand, SHAPES } from "./last-command.ts";

const folder = mkdtempSync(join(tmpdir(), "last-command-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Prints its own process number. */
const PROGRAM = "/usr/bin/readlink /proc/self";
const SHELLS: Readonly<Record<string, readonly [string, ...string[]]>> = { busybox: ["busybox", "sh"] };
const SCRIPTS: Readonly<Record<string, string>> = {
  plain: "node x",
  "an expansion": "node x $NOTHING",
  "a trap that handles nothing": "trap - TERM; node x",
  "a pipeline before it": "echo a | cat > /dev/null; node x",
  "a loop before it": "for i in 1; do true; done; node x",
  "an else": "if false; then true; else node x; fi",
  "a subshell": "( true; node x )",
  "a group with redirections": "{ node x; } > /dev/null",
  "a function": "f() { node x; }; f",
  "an exit behind it": "node x; exit $?",
  "a fallback behind it": "node x || exit 1",
  "a negation": "! node x",
  eval: "eval 'node x'",
  command: "command node x",
  "a case": "case a in b) true;; *) node x;; esac",
  "a variable and a list": "A=1; B=2 node x",
  "a list and redirections": "true; node x > /dev/null",
  ...SHAPES,
};

/** Whether the program took the place of its shell. */
function isReplaced(shell: string, script: string): boolean {
  const out = join(folder, "out");
  rmSync(out, { force: true });
  const text = script.replace("node x", PROGRAM).replace("/dev/null", out);
  const [command, ...args] = SHELLS[shell] ?? [shell];
  const { pid, stdout } = spawnSync(command, [...args, "-c", text], { encoding: "utf8", cwd: folder });
  const said = /^\d+$/m.test(stdout) ? stdout : readFileSync(out, "utf8");
  return Number(said.trim()) === pid;
}

describe.each(Object.keys(EXECUTES))("%s", (shell) => {
  test.each(Object.entries(SCRIPTS))("does with %s what the table says", (_, script) => {
    const said = lastCommand(script, shell);
    const expected = isReplaced(shell, script) ? ["exec", "perhaps"] : ["fork"];
    expect(expected).toContain(said);
  });

  test("is replaced by exec", () => {
    expect(isReplaced(shell, "true; exec node x")).toBe(true);
    expect(lastCommand("true; exec node x", shell)).toBeUndefined();
  });
});
