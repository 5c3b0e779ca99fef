import type { ShellCommand } from "./parse-commands.ts";

/** Built-ins: special and regular ones of POSIX, and those of bash. */
const BUILTINS = new Set(
  (
    ". : [ [[ (( alias bg break builtin cd command continue declare echo eval exit export false fg getopts hash " +
    "help jobs kill let local popd printf pushd pwd read readonly return set shift shopt source test times trap " +
    "true type typeset ulimit umask unalias unset wait"
  ).split(" "),
);

/** Whether the command is a built-in, so that it starts no program. */
export function isBuiltin(name: string): boolean {
  return BUILTINS.has(name);
}

/**
 * Commands of a script that start long-running programs: commands after `exec` or before `&`, and the last
 * command (if that is a function, the last command of its body). Earlier commands, functions and built-ins
 * are not included.
 */
export function programsIn(commands: readonly ShellCommand[]): ReadonlySet<ShellCommand> {
  const functions = new Set(commands.flatMap(({ within }) => within ?? []));
  const programs = commands.filter(({ words: [name = "", program], operator }) => {
    if (name === "exec") return program !== undefined;
    return operator === "&" && name !== "" && !BUILTINS.has(name) && !functions.has(name);
  });
  const last = lastProgram(commands, functions);
  return new Set(last === undefined ? programs : [...programs, last]);
}

function lastProgram(
  commands: readonly ShellCommand[],
  functions: ReadonlySet<string>,
): ShellCommand | undefined {
  const entered = new Set<string | undefined>();
  let body: string | undefined;
  while (!entered.has(body)) {
    entered.add(body);
    const last = commands.findLast(({ within, words }) => within === body && isProgram(words));
    const name = last?.words[0];
    if (name === undefined || !functions.has(name)) return last;
    body = name;
  }
  return undefined;
}

/** Whether the command starts a program: `exec 3>&1` only changes the shell's files. */
function isProgram([name = "", program]: readonly string[]): boolean {
  return name === "exec" ? program !== undefined : name !== "" && !BUILTINS.has(name);
}
