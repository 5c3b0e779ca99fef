/** Object in a JSON file. @throws SyntaxError, or Error if the file contains another value */
export function jsonObject(bytes: Buffer): Readonly<Record<string, unknown>> {
  const text = bytes.toString("utf8");
  const value: unknown = JSON.parse(text.startsWith("\ufeff") ? text.slice(1) : text);
  if (!isObject(value)) throw new Error("no JSON object");
  return value;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value if it is a non-empty text; otherwise undefined. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
