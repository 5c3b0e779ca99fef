import { jsonText } from "./escape.ts";

/** Members of an object without its braces, indented by `depth` levels. */
export function jsonMembers(members: object, depth: number): string {
  const [opening, closing] = ["{\n  ", "\n}"];
  return shifted(`  ${jsonText(members).slice(opening.length, -closing.length)}`, depth - 1);
}

/** A list written item by item; the caller has written its opening bracket. */
export class JsonItems {
  #isEmpty = true;
  readonly #depth: number;

  /** @param depth depth of the items in the document */
  constructor(depth: number) {
    this.#depth = depth;
  }

  item(value: object): string {
    const before = this.#isEmpty ? "\n" : ",\n";
    this.#isEmpty = false;
    return `${before}${shifted(jsonText(value), this.#depth)}`;
  }

  end(): string {
    return this.#isEmpty ? "]" : `\n${margin(this.#depth - 1)}]`;
  }
}

/** Indents JSON text. Its line breaks are only between members, since JSON escapes them in strings. */
function shifted(text: string, depth: number): string {
  return `${margin(depth)}${text.replaceAll("\n", `\n${margin(depth)}`)}`;
}

function margin(depth: number): string {
  return "  ".repeat(depth);
}
