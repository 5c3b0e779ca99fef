import { type Document, isMap, isNode, LineCounter, parseDocument, type YAMLError } from "yaml";
import type { Text } from "../../contract/text.ts";
import { settingsError } from "./settings-error.ts";

/** Lines and columns count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A YAML document, and where each of its values and keys stands. */
export interface YamlFile {
  readonly value: unknown;
  positionOf(path: readonly PropertyKey[]): Position;
  positionOfKey(path: readonly PropertyKey[], key: string): Position;
}

/** More than any settings file needs; an alias of aliases grows exponentially. */
const MAX_ALIASES = 20;
const START: Position = { line: 1, column: 1 };

/** YAML 1.2, core schema; a UsageError `settings-invalid` names the place. An empty file is an empty mapping. */
export function parseYaml(text: string, file: string): YamlFile {
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, {
      version: "1.2",
      schema: "core",
      uniqueKeys: true,
      prettyErrors: false,
      lineCounter: lines,
    });
    const [error] = document.errors;
    if (error !== undefined) {
      throw settingsError(file, positionAt(lines, error.pos[0]), describe(error), { cause: error });
    }
    return {
      value: document.toJS({ maxAliasCount: MAX_ALIASES }) ?? {},
      positionOf: (path) => positionOfNode(lines, nearestNode(document, path)),
      positionOfKey: (path, key) => positionOfNode(lines, keyNode(document.getIn(path, true), key)),
    };
  } catch (error) {
    // Too many aliases, or nesting beyond the stack: yaml throws instead of noting an error.
    if (error instanceof ReferenceError || error instanceof RangeError) {
      throw settingsError(file, START, TOO_COMPLEX, { cause: error });
    }
    throw error;
  }
}

/** The value at the path; for one that is missing, what it is missing from. */
function nearestNode(document: Document, path: readonly PropertyKey[]): unknown {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (node !== undefined) return node;
  }
  return document.contents;
}

function keyNode(node: unknown, key: string): unknown {
  const pair = isMap(node) ? node.items.find((item) => String(item.key) === key) : undefined;
  return pair?.key;
}

function positionOfNode(lines: LineCounter, node: unknown): Position {
  const offset = isNode(node) ? node.range?.[0] : undefined;
  return offset === undefined ? START : positionAt(lines, offset);
}

function positionAt(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

const TOO_COMPLEX: Text = {
  fr: "YAML trop imbriqué, ou trop d'alias",
  en: "YAML nested too deeply, or with too many aliases",
};

function describe({ code, message }: YAMLError): Text {
  switch (code) {
    case "DUPLICATE_KEY":
      return { fr: "cette clé est déjà définie", en: "this key is already set" };
    case "TAB_AS_INDENT":
      return {
        fr: "une tabulation ne peut pas servir d'indentation en YAML",
        en: "YAML cannot be indented with tabs",
      };
    case "MULTIPLE_DOCS":
      return { fr: "un seul document YAML est attendu", en: "one YAML document is expected" };
    default:
      return { fr: `YAML invalide (${code} : ${message})`, en: `invalid YAML (${code}: ${message})` };
  }
}
