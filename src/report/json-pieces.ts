import { jsonText } from "./escape.ts";

/** The members of an object, without its braces, so many levels deep. */
export function jsonMembers(members: object, depth: number): string {
  const [opening, closing] = ["{\n  ", "\n}"];
  return shifted(`  ${jsonText(members).slice(opening.length, -closing.length)}`, depth - 1);
}

/** A list whose items come one by one; its opening bracket is written already. */
export class JsonItems {
  #isEmpty = true;
  readonly #depth: number;

  /** @param depth of the items */
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

/** Line breaks stand between the members only: in strings JSON writes them out. */
function shifted(text: string, depth: number): string {
  return `${margin(depth)}${text.replaceAll("\n", `\n${margin(depth)}`)}`;
}

function margin(depth: number): string {
  return "  ".repeat(depth);
}
