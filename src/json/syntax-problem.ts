/**
 * Message of a SyntaxError of JSON.parse() without the part of the text that the message quotes: a file that is not
 * JSON may be a token or a key.
 */
export function syntaxProblem(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [said = ""] = message.split(/,? ?(?:\.\.\.)?"/, 1);
  return said === "" ? "no JSON value" : said;
}
