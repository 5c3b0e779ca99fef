// The text between two nodes holds white space, comments and punctuation only.

/** The next character that is neither white space nor in a comment. */
export function skipBlank(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    if (text[at] === "#") at = lineEnd(text, at);
    else if (!isBlank(text[at])) return at;
    else at += 1;
  }
  return at;
}

function isBlank(character: string | undefined): boolean {
  return character === " " || character === "\t" || character === "\n" || character === "\r";
}

/** Behind the colon that follows a key; -1 when none does. */
export function skipColon(text: string, keyEnd: number): number {
  const at = skipBlank(text, keyEnd);
  return text[at] === ":" ? at + 1 : -1;
}

/** The bracket or brace that closes a flow collection. @param from the end of its last member */
export function closingBracket(text: string, from: number): number {
  let at = skipBlank(text, from);
  while (at < text.length && text[at] !== "]" && text[at] !== "}") at = skipBlank(text, at + 1);
  return at;
}

/** Where the line begins on which an offset lies. */
export function lineStart(text: string, at: number): number {
  return text.lastIndexOf("\n", at - 1) + 1;
}

/** The line break that ends the line, or the end of the text. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

/** Behind the line on which a node ends: block scalars already end there. */
export function nextLine(text: string, end: number): number {
  return text[end - 1] === "\n" ? end : Math.min(lineEnd(text, end) + 1, text.length);
}

/** White space before an offset on its line, between brackets also tabs; undefined when something else stands there. */
export function indentationBefore(text: string, at: number): string | undefined {
  const prefix = text.slice(lineStart(text, at), at);
  return /^[ \t]*$/.test(prefix) ? prefix : undefined;
}
