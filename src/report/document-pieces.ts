import { jsonText } from "./escape.ts";

/** Elements of a long list per piece. */
const AT_ONCE = 500;

/**
 * The text of jsonText() in pieces, for an object whose lists may be long: a document of 100,000 packages is
 * 70 MB of text, which need not be in memory at once.
 */
export function* documentPieces(document: object): Generator<string> {
  let separator = "{\n  ";
  for (const [key, value] of Object.entries(document)) {
    yield `${separator}${jsonText(key)}: `;
    separator = ",\n  ";
    if (Array.isArray(value) && value.length > AT_ONCE) yield* listPieces(value);
    else yield indented(jsonText(value));
  }
  yield "\n}";
}

function* listPieces(list: readonly unknown[]): Generator<string> {
  for (let at = 0; at < list.length; at += AT_ONCE) {
    // Without the brackets, whose lines are those of the whole list.
    const elements = jsonText(list.slice(at, at + AT_ONCE)).slice(1, -2);
    yield `${at === 0 ? "[" : ","}${indented(elements)}`;
  }
  yield "\n  ]";
}

function indented(text: string): string {
  return text.replaceAll("\n", "\n  ");
}
