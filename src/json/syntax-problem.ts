/**
 * What JSON.parse() found wrong, without the part of the text that its message quotes: a file that is no JSON
 * may be a token or a key.
 */
export function syntaxProblem(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [said = ""] = message.split(/,? ?(?:\.\.\.)?"/, 1);
  return said === "" ? "no JSON value" : said;
}
