// A JSON document that container engines read, too. Their parser, Go's encoding/json, and JSON.parse differ
// in two places where both accept the text, so this parser refuses both: - equal keys: Go merges objects
// field by field, and arrays element by element; JSON.parse keeps the last value; - an escape of half a
// surrogate pair: Go reads U+FFFD, JSON.parse the half.

import { InvalidInputError } from "../contract/error.ts";
import { quoted } from "../contract/shown.ts";
import { type CountedJson, parseCounted } from "./parse-json.ts";
import { repeatedKey } from "./repeated-key.ts";

/**
 * Parses an index, a manifest, a config or another JSON document of an image.
 *
 * @param what name of the document in messages: `manifest.json`, a digest
 * @throws InvalidInputError json-too-deep, json-invalid, duplicate-key, json-surrogate
 */
export function parseDocument(bytes: Uint8Array, what: string): unknown {
  const { value, members } = parseCounted(bytes, what);
  const seen = seenIn(value);
  if (seen.members !== members) throw duplicate(what, repeatedKey(bytes));
  if (!seen.isWellFormed) throw halfSurrogate(what);
  return value;
}

/** First key that occurs twice in one object of the text; undefined if every key is unique. */
export function repeatedKeyOf(bytes: Uint8Array, { value, members }: CountedJson): string | undefined {
  return seenIn(value).members === members ? undefined : repeatedKey(bytes);
}

/** Properties of a parsed value. */
export interface Seen {
  /** Members of all objects. */
  members: number;
  /** Whether no string, as key or value, contains half a surrogate pair. */
  isWellFormed: boolean;
}

export function seenIn(value: unknown): Readonly<Seen> {
  return walk(value, { members: 0, isWellFormed: true });
}

function walk(value: unknown, seen: Seen): Seen {
  if (typeof value === "string") {
    if (!value.isWellFormed()) seen.isWellFormed = false;
  } else if (Array.isArray(value)) {
    for (const item of value) walk(item, seen);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, child] of Object.entries(value)) {
      seen.members++;
      walk(key, seen);
      walk(child, seen);
    }
  }
  return seen;
}

function duplicate(what: string, key: string): InvalidInputError {
  return new InvalidInputError("duplicate-key", {
    fr: `${what} : la clé ${quoted(key)} figure deux fois dans le même objet JSON. Les moteurs de conteneurs fusionneraient les deux valeurs, d'autres outils ne liraient que la dernière : l'image jugée ne serait pas celle qui s'exécute. Elle est refusée ; la reconstruire avec un outil qui n'écrit chaque clé qu'une fois.`,
    en: `${what}: the key ${quoted(key)} stands twice in one JSON object. Container engines would merge both values, other tools would read the last alone: the image judged would not be the one that runs. It is refused; rebuild it with a tool that writes each key once.`,
  });
}

function halfSurrogate(what: string): InvalidInputError {
  return new InvalidInputError("json-surrogate", {
    fr: `${what} : un texte contient un demi-caractère Unicode (\\ud800 à \\udfff, sans son autre moitié), que les moteurs de conteneurs remplacent et que d'autres outils gardent. L'image est refusée : la reconstruire avec un texte en UTF-8 valide.`,
    en: `${what}: a text holds half a Unicode character (\\ud800 to \\udfff without its other half), which container engines replace and other tools keep. The image is refused: rebuild it with text that is valid UTF-8.`,
  });
}
