/** Token of code or JSON: a word, a text without its quotes, a sign, or the end of a line. */
export interface CodeToken {
  readonly kind: "word" | "text" | "sign";
  readonly value: string;
  /** Line number, from 1. */
  readonly line: number;
}

/** Languages whose comments begin with `#`; in other languages, `#` has another meaning. */
const HASHED = /\.(?:py|rb|php|exs?|hcl|json5?)$/i;
/** Languages in which `//` does not begin a comment. */
const UNSLASHED = /\.(?:py|rb|exs?)$/i;
/** Texts of one line, up to a bound; a longer text is not an address. */
const TEXT = /"(?:[^"\\\n]|\\.){0,500}"|'(?:[^'\\\n]|\\.){0,500}'|`(?:[^`\\\n]|\\.){0,500}`/y;
const WORD = /[A-Za-z_][\w.-]{0,120}/y;
const SIGN = /=>|===?|!==?|[<>]=|\|\|=?|\?\?=?|:=|::|[^\s\w]/y;

/**
 * Tokens of a text; a text across lines (`"""`) is left out, as comments are.
 *
 * @param path path whose ending identifies the language
 */
export function codeTokens(content: string, path: string): readonly CodeToken[] {
  const tokens: CodeToken[] = [];
  let line = 1;
  for (let at = 0; at < content.length; ) {
    const end = skipped(content, at, path);
    if (end > at) {
      line += lines(content, at, end);
      at = end;
      continue;
    }
    const [token, length] = tokenAt(content, at);
    if (token !== undefined) tokens.push({ ...token, line });
    if (content[at] === "\n") line += 1;
    at += length;
  }
  return tokens;
}

/** End of a comment or of a text across lines at this place; the place itself if there is none. */
function skipped(content: string, at: number, path: string): number {
  const two = content.slice(at, at + 2);
  const three = content.slice(at, at + 3);
  if (three === '"""' || three === "'''") return after(content, three, at + 3);
  if (two === "/*") return after(content, "*/", at + 2);
  const isComment = (two === "//" && !UNSLASHED.test(path)) || (two.startsWith("#") && HASHED.test(path));
  if (!isComment) return at;
  const end = content.indexOf("\n", at);
  return end < 0 ? content.length : end;
}

function after(content: string, closing: string, from: number): number {
  const end = content.indexOf(closing, from);
  return end < 0 ? content.length : end + closing.length;
}

function lines(content: string, from: number, to: number): number {
  let count = 0;
  for (let at = content.indexOf("\n", from); at >= 0 && at < to; at = content.indexOf("\n", at + 1))
    count += 1;
  return count;
}

function tokenAt(content: string, at: number): [Omit<CodeToken, "line"> | undefined, number] {
  if (content[at] === "\n") return [{ kind: "sign", value: "\n" }, 1];
  const text = matchAt(TEXT, content, at)?.[0];
  if (text !== undefined) return [{ kind: "text", value: text.slice(1, -1) }, text.length];
  const word = matchAt(WORD, content, at)?.[0];
  if (word !== undefined) return [{ kind: "word", value: word }, word.length];
  const sign = matchAt(SIGN, content, at)?.[0];
  return sign === undefined ? [undefined, 1] : [{ kind: "sign", value: sign }, sign.length];
}

function matchAt(pattern: RegExp, content: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(content) ?? undefined;
}
