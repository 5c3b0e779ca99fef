/** `]` or `}` alone at the beginning of a line, what stands on the line before it, and the break between. */
const LONE_BRACKET = /(?:^|\n)[^\n#]*?(\r?\n)[ \t]*$/;

/**
 * js-yaml wants a closing bracket further to the right than its key; go-yaml, and with it
 * Kubernetes, takes it anywhere:
 *
 *     command: [
 *       "node", "server.js"
 *     ]
 *
 * The same text with the bracket drawn to the line before, every offset kept; undefined when it is
 * no such bracket, or when a comment might swallow it.
 */
export function drawBracketUp(text: string, bracket: number): string | undefined {
  if (text[bracket] !== "]" && text[bracket] !== "}") return undefined;
  const previous = text.lastIndexOf("\n", text.lastIndexOf("\n", bracket - 1) - 1);
  const lines = text.slice(Math.max(previous, 0), bracket);
  const [, lineBreak] = LONE_BRACKET.exec(lines) ?? [];
  if (lineBreak === undefined) return undefined;
  const at = Math.max(previous, 0) + lines.lastIndexOf(lineBreak);
  return text.slice(0, at) + " ".repeat(lineBreak.length) + text.slice(at + lineBreak.length);
}
