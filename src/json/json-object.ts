import { type Fields, isFields } from "./fields.ts";

/** Object in a JSON file. @throws SyntaxError, or Error if the file contains another value */
export function jsonObject(bytes: Buffer): Fields {
  const text = bytes.toString("utf8");
  const value: unknown = JSON.parse(text.startsWith("\ufeff") ? text.slice(1) : text);
  if (!isFields(value)) throw new Error("no JSON object");
  return value;
}
