// The text between two nodes holds white space, comments and punctuation only.

/** Offset of the next character that is neither white space nor in a comment. */
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

/** Offset after the colon that follows a key; -1 if none follows. */
export function skipColon(text: string, keyEnd: number): number {
  const at = skipBlank(text, keyEnd);
  return text[at] === ":" ? at + 1 : -1;
}

/**
 * Offset of the bracket or brace that closes a flow collection.
 *
 * @param from end of the collection's last member
 */
export function closingBracket(text: string, from: number): number {
  let at = skipBlank(text, from);
  while (at < text.length && text[at] !== "]" && text[at] !== "}") at = skipBlank(text, at + 1);
  return at;
}

/** Start of the line that contains an offset. */
export function lineStart(text: string, at: number): number {
  return text.lastIndexOf("\n", at - 1) + 1;
}

/** Offset of the line break that ends the line, or of the end of the text. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

/** Start of the line after a node; a block scalar already ends there. */
export function nextLine(text: string, end: number): number {
  return text[end - 1] === "\n" ? end : Math.min(lineEnd(text, end) + 1, text.length);
}

/**
 * White space between the line's start and an offset (tabs occur in flow collections); undefined if there are
 * other characters.
 */
export function indentationBefore(text: string, at: number): string | undefined {
  const prefix = text.slice(lineStart(text, at), at);
  return /^[ \t]*$/.test(prefix) ? prefix : undefined;
}
