import type { ExpandedText } from "../contract/dockerfile-facts.ts";
import { InvalidInputError } from "../contract/error.ts";
import { LIMITS } from "../contract/limits.ts";
import type { Escape } from "./lines.ts";

/** Value of a variable: null if it is certainly unset, undefined if unknown. */
export type Lookup = (name: string) => ExpandedText | null | undefined;

export interface Expanded extends ExpandedText {
  /** Set if BuildKit refuses the word, for an unclosed `${` or an unknown operator. */
  readonly broken?: true;
}

interface Reader {
  readonly text: string;
  at: number;
  readonly lookup: Lookup;
  readonly escape: Escape;
  readonly unknown: Set<string>;
  broken: boolean;
  depth: number;
}

const NAME = /[A-Za-z_]\w*|[0-9]/y;
const BRACED = /\{([A-Za-z_]\w*|[0-9])(:?[-+?]|##?|%%?|\/\/?)?/y;
const DEPTH = 20;

/**
 * Removes quotes and replaces variables as BuildKit does in a word
 * (https://github.com/moby/buildkit/blob/master/frontend/dockerfile/shell/lex.go). Throws
 * InvalidInputError beyond LIMITS.dockerfileValueCharacters.
 */
export function expand(text: string, lookup: Lookup, escape: Escape): Expanded {
  const reader: Reader = { text, at: 0, lookup, escape, unknown: new Set(), broken: false, depth: 0 };
  const value = readUntil(reader, "");
  const expanded = { value, unknown: [...reader.unknown] };
  return reader.broken ? { ...expanded, broken: true } : expanded;
}

/** Text up to this unquoted character, exclusive, or to the end of the word if `end` is empty. */
function readUntil(reader: Reader, end: string): string {
  const parts: string[] = [];
  let quoted = false;
  let length = 0;
  while (reader.at < reader.text.length) {
    const character = reader.text.charAt(reader.at);
    if (!quoted && character === end) break;
    reader.at += 1;
    if (character === '"') {
      quoted = !quoted;
      continue;
    }
    const part = readPart(reader, character, quoted);
    length += part.length;
    if (length > LIMITS.dockerfileValueCharacters) throw tooLong();
    parts.push(part);
  }
  if (quoted) reader.broken = true;
  return parts.join("");
}

/** Expansion of the part that begins with the character just read. */
function readPart(reader: Reader, character: string, quoted: boolean): string {
  const { text, escape } = reader;
  if (character === "$") return readVariable(reader);
  if (character === "'" && !quoted) return readLiteral(reader);
  if (character !== escape) return character;
  const next = text.charAt(reader.at);
  reader.at += 1;
  return quoted && next !== '"' && next !== "$" && next !== escape ? escape + next : next;
}

/** Reads the rest of a single-quoted string. */
function readLiteral(reader: Reader): string {
  const close = reader.text.indexOf("'", reader.at);
  if (close === -1) reader.broken = true;
  const end = close === -1 ? reader.text.length : close;
  const literal = reader.text.slice(reader.at, end);
  reader.at = end + 1;
  return literal;
}

function readVariable(reader: Reader): string {
  const { text } = reader;
  NAME.lastIndex = reader.at;
  const plain = NAME.exec(text)?.[0];
  if (plain !== undefined) {
    reader.at += plain.length;
    return valueOf(reader, plain, `$${plain}`);
  }
  if (text.charAt(reader.at) !== "{") return "$";
  BRACED.lastIndex = reader.at;
  const [head, name, operator] = BRACED.exec(text) ?? [];
  const start = reader.at - 1;
  reader.depth += 1;
  if (head === undefined || name === undefined || reader.depth > DEPTH) return broken(reader);
  reader.at += head.length;
  const before = new Set(reader.unknown);
  const word = operator === undefined ? "" : readUntil(reader, "}");
  if (text.charAt(reader.at) !== "}") return broken(reader);
  reader.at += 1;
  reader.depth -= 1;
  return modified(reader, { name, operator, word, written: text.slice(start, reader.at), before });
}

interface Substitution {
  readonly name: string;
  readonly operator: string | undefined;
  readonly word: string;
  readonly written: string;
  /** Unknown variables that were met before the operator's word. */
  readonly before: ReadonlySet<string>;
}

function modified(reader: Reader, { name, operator, word, written, before }: Substitution): string {
  const found = reader.lookup(name);
  if (operator === undefined) return valueOf(reader, name, written);
  const kind = operator.at(-1);
  const given = found !== null && (operator.startsWith(":") ? found?.value !== "" : true);
  if (found === undefined || (given && kind !== "+" && found !== null && found.unknown.length > 0)) {
    return unknown(reader, name, written);
  }
  // The word of `${A:-word}` counts only if it is used.
  const used = kind === "-" ? !given : kind === "+" && given;
  if (!used) for (const one of reader.unknown) if (!before.has(one)) reader.unknown.delete(one);
  if (kind === "-") return given ? (found?.value ?? "") : word;
  if (kind === "+") return given ? word : "";
  if (kind === "?") return given ? (found?.value ?? "") : broken(reader);
  // Pattern removal (`${name#pattern}`) is not evaluated.
  return found === null || found.value === "" ? "" : unknown(reader, name, written);
}

function valueOf(reader: Reader, name: string, written: string): string {
  const found = reader.lookup(name);
  if (found === null) return "";
  if (found === undefined) return unknown(reader, name, written);
  for (const one of found.unknown) reader.unknown.add(one);
  return found.value;
}

function unknown(reader: Reader, name: string, written: string): string {
  reader.unknown.add(name);
  return written;
}

function broken(reader: Reader): string {
  reader.broken = true;
  reader.at = reader.text.length;
  return "";
}

function tooLong(): InvalidInputError {
  const limit = String(LIMITS.dockerfileValueCharacters);
  return new InvalidInputError("dockerfile-value", {
    fr: `une valeur du Dockerfile dépasse ${limit} caractères une fois ses variables remplacées (borne dockerfileValueCharacters)`,
    en: `a value of the Dockerfile exceeds ${limit} characters once its variables are replaced (bound dockerfileValueCharacters)`,
  });
}
