/** Options after which an interpreter takes its program as text. */
const TEXT_AFTER: ReadonlyMap<string, readonly string[]> = new Map([
  ["node", ["-e", "--eval", "-p", "--print"]],
  ["bun", ["-e", "--eval"]],
  ["python", ["-c"]],
  ["perl", ["-e", "-E"]],
  ["ruby", ["-e"]],
  ["php", ["-r"]],
  ["lua", ["-e"]],
]);

/** A statement that tests nothing: `pass`, `exit 0`, `process.exit()`, `print("ok")`, `import sys`, `1`. */
const STATEMENT =
  /^(?:pass|import (?:sys|os|time)|(?:process\.|sys\.|os\._)?exit(?: ?\(? ?\d* ?\)?)?|(?:print|puts|echo|console\.log|process\.stdout\.write) ?\(? ?(?:"[^"]*"|'[^']*'|\d*) ?\)?|\d+|true|True|"[^"]*"|'[^']*')?$/;

/** Whether the command gives an interpreter a text that tests nothing: `node -e "process.exit(0)"`. */
export function isConstantCode(name: string, words: readonly string[]): boolean {
  const options = TEXT_AFTER.get(name) ?? [];
  const at = words.findIndex((word) => options.includes(word));
  const text = at === -1 ? undefined : words[at + 1];
  if (text === undefined || text.length > LONGEST) return false;
  return text.split(/[;\n]/).every((statement) => STATEMENT.test(statement.trim()));
}

/** Maximum number of characters of a text that is looked at. */
const LONGEST = 200;
