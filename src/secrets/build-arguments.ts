/** One build argument in a step of the history, with the position of its value in the text. */
export interface BuildArgument {
  readonly name: string;
  readonly value: string;
  /** Offsets of the value in the step's text. */
  readonly start: number;
  readonly end: number;
}

/**
 * Beginning of a step with two build arguments, `RUN |2 A=b C=d /bin/sh -c make`, by BuildKit; the classic
 * builder leaves out `RUN`.
 */
const COUNT = /^(?:RUN )?\|(\d{1,4}) /;
const NAME = /(?<= )[A-Za-z_]\w*(?==)/g;
/**
 * The shell's absolute path, which follows the arguments. Values may contain unquoted spaces, so the shell
 * ends the last value.
 */
const SHELL = / (?:\/\S{0,100}sh|cmd|powershell|pwsh)(?:\.exe)? /g;

/**
 * Build arguments recorded in a step of the history. Builders join `NAME=value` by spaces without quoting
 * (BuildKit: dockerfile2llb/convert.go, runCommandString), so a value ends where the next of the N names
 * begins. The last value ends at the shell or, without a shell, at a space.
 */
export function buildArguments(createdBy: string): readonly BuildArgument[] {
  const head = COUNT.exec(createdBy);
  if (head === null) return [];
  const begin = head[0].length;
  const end = endOfArguments(createdBy, begin);
  const names = [...createdBy.slice(begin - 1, end).matchAll(NAME)].slice(0, Number(head[1]));
  return names.map(({ 0: name, index }, position) => {
    const start = begin - 1 + index + name.length + 1;
    const next = names[position + 1];
    const stop = next === undefined ? lastStop(createdBy, start, end) : begin - 1 + next.index - 1;
    return { name, value: createdBy.slice(start, stop), start, end: stop };
  });
}

function endOfArguments(text: string, begin: number): number {
  SHELL.lastIndex = begin - 1;
  return SHELL.exec(text)?.index ?? text.length;
}

function lastStop(text: string, start: number, end: number): number {
  if (end < text.length) return end;
  const space = text.indexOf(" ", start);
  return space < 0 ? end : space;
}
