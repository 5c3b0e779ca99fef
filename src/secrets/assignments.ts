/** One `name = value` of a settings file, with the position of the value in the text. */
export interface Assignment {
  readonly name: string;
  /** Value without quotes. */
  readonly value: string;
  /** Line number, from 1. */
  readonly line: number;
  /** Offsets of the value in the text. */
  readonly start: number;
  readonly end: number;
}

/** A line with an assignment in dotenv, properties, YAML or JSON: `export A=b`, `a.b: c`, `"a": "c",`. */
const LINE =
  /^[ \t]{0,200}(?:-[ \t]{1,10})?(?:export[ \t]{1,10})?["']?([A-Za-z_][\w.-]{0,199}?)["']?[ \t]{0,50}[=:][ \t]{0,50}/;

/** The assignments of a text, line by line; comments and lines of another form are left out. */
export function assignments(text: string): readonly Assignment[] {
  const found: Assignment[] = [];
  let begin = 0;
  let line = 0;
  for (const raw of text.split("\n")) {
    line += 1;
    const head = LINE.exec(raw);
    if (head?.[1] !== undefined) {
      const [start, end] = valueRange(raw, head[0].length);
      found.push({
        name: head[1],
        value: raw.slice(start, end),
        line,
        start: begin + start,
        end: begin + end,
      });
    }
    begin += raw.length + 1;
  }
  return found;
}

/**
 * Range of the value: inside quotes, otherwise up to a comment (` #`), a closing comma or the end of the
 * line.
 */
function valueRange(line: string, from: number): [number, number] {
  const quote = line[from];
  if (quote === '"' || quote === "'") {
    const close = line.indexOf(quote, from + 1);
    return [from + 1, close < 0 ? line.trimEnd().length : close];
  }
  const comment = line.indexOf(" #", from);
  const value = line.slice(from, comment < 0 ? undefined : comment).replace(/,?\s{0,100}$/, "");
  return [from, from + value.length];
}
