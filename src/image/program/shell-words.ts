/**
 * The commands that a shell script hands its process over to, as words without their quotes:
 * `exec gosu app "$@"` gives `gosu app $@`. A static reading, line by line: what a condition
 * guards is seen, what an expansion computes is not.
 */
export function execCommands(script: string): readonly (readonly string[])[] {
  const lines = script.replaceAll(/\\\r?\n/g, " ").split("\n");
  return lines.flatMap((line) => {
    if (!line.includes("exec")) return [];
    return simpleCommands(line).flatMap((words) => afterExec(words));
  });
}

/** Words per simple command of one line; operators, redirections and comments end a command. */
export function simpleCommands(line: string): readonly (readonly string[])[] {
  const commands: string[][] = [[]];
  for (const [token] of line.matchAll(TOKEN)) {
    if (token.startsWith("#")) break;
    if (/^[\s]/.test(token)) continue;
    if (/^[;&|()<>]/.test(token)) commands.push([]);
    else commands.at(-1)?.push(unquote(token));
  }
  return commands.filter((words) => words.length > 0);
}

/** White space, operators, or a word of quoted and plain pieces. */
const TOKEN = /\s+|[;&|()<>]+|(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s;&|()<>"'\\])+|["'\\]/g;

function unquote(word: string): string {
  return word.replaceAll(
    /"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/g,
    (_, double?: string, single?: string, escaped?: string) =>
      double?.replaceAll(/\\(["\\$`])/g, "$1") ?? single ?? escaped ?? "",
  );
}

/** Keywords before which a command may stand: `then exec x`, `VAR=1 exec x`. */
const BEFORE = /^(?:then|else|do|\{|!|[A-Za-z_]\w*=.*)$/;

function afterExec(words: readonly string[]): readonly (readonly string[])[] {
  const at = words.findIndex((word) => !BEFORE.test(word));
  if (words[at] !== "exec") return [];
  const rest = words.slice(at + 1);
  // `exec 3>&1` changes the shell's files and starts nothing.
  const command = rest[0] === "-a" ? rest.slice(2) : rest.slice(rest[0] === "--" ? 1 : 0);
  return command.length === 0 || /^\d+$/.test(command[0] ?? "") ? [] : [command];
}
