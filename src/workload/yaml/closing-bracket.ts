/** `]` or `}` alone at the start of a line, with the previous line and the break between them. */
const LONE_BRACKET = /(?:^|\n)[^\n#]*?(\r?\n)[ \t]*$/;

/**
 * Moves a closing bracket to the previous line, since js-yaml requires it to be indented more than its key;
 * go-yaml, and so Kubernetes, accepts it anywhere:
 *
 * command: [ "node", "server.js" ]
 *
 * All offsets stay the same. Undefined if it is not such a bracket, or a comment might swallow it.
 */
export function hoistBracket(text: string, bracket: number): string | undefined {
  if (text[bracket] !== "]" && text[bracket] !== "}") return undefined;
  const previous = text.lastIndexOf("\n", text.lastIndexOf("\n", bracket - 1) - 1);
  const lines = text.slice(Math.max(previous, 0), bracket);
  const [, lineBreak] = LONE_BRACKET.exec(lines) ?? [];
  if (lineBreak === undefined) return undefined;
  const at = Math.max(previous, 0) + lines.lastIndexOf(lineBreak);
  return text.slice(0, at) + " ".repeat(lineBreak.length) + text.slice(at + lineBreak.length);
}
