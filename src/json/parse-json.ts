import { InvalidInputError } from "../contract/error.ts";
import { LIMITS } from "../contract/limits.ts";
import { syntaxProblem } from "./syntax-problem.ts";

/** Decoder that keeps a byte order mark, which is invalid in JSON, also for Go. */
const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Parses an untrusted JSON document. The caller bounds its size; nesting is bounded here, before the parser's
 * recursion can exhaust the stack. Of equal keys, the last counts. For documents that engines read, too, use
 * parseDocument().
 *
 * @param what name of the document in messages: `manifest.json`, a digest
 * @throws InvalidInputError json-too-deep, json-too-many, json-invalid
 */
export function parseJson(bytes: Uint8Array, what: string): unknown {
  return parseCounted(bytes, what).value;
}

/** Bound on the number of values in a document, with its name. */
export interface Most {
  readonly values: number;
  readonly bound: keyof typeof LIMITS;
}

const OF_AN_IMAGE: Most = { values: LIMITS.jsonValues, bound: "jsonValues" };

export interface CountedJson {
  readonly value: unknown;
  /** Number of `key: value` pairs in the text, at all depths; more than in the value if keys repeat. */
  readonly members: number;
}

/**
 * Same as parseJson(), also returning the number of members in the text.
 *
 * @param most bound on the number of values
 * @throws InvalidInputError json-too-deep, json-too-many, json-invalid
 */
export function parseCounted(bytes: Uint8Array, what: string, most: Most = OF_AN_IMAGE): CountedJson {
  const members = countMembers(bytes, what, most);
  try {
    return { value: JSON.parse(UTF8.decode(bytes)) as unknown, members };
  } catch (cause) {
    const reason = syntaxProblem(cause);
    throw new InvalidInputError(
      "json-invalid",
      {
        fr: `${what} : le document n'est pas du JSON valide (${reason}). Vérifier le fichier ou récupérer l'image à nouveau.`,
        en: `${what}: the document is not valid JSON (${reason}). Check the file, or fetch the image again.`,
      },
      { cause },
    );
  }
}

const QUOTE = 0x22;
const COLON = 0x3a;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;

/**
 * Members of all objects in a JSON text: outside strings, each colon follows a key, and each comma separates two
 * values.
 *
 * @param most bound on the number of values
 * @throws InvalidInputError json-too-deep, json-too-many
 */
export function countMembers(bytes: Uint8Array, what: string, most: Most): number {
  let depth = 0;
  let members = 0;
  let values = 0;
  let inString = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (inString && byte === BACKSLASH) at++;
    else if (byte === QUOTE) inString = !inString;
    else if (inString) continue;
    else if (byte === COLON) members++;
    else if (byte === COMMA) values++;
    else depth += nesting(byte);
    if (depth > LIMITS.jsonDepth) throw tooDeep(what);
    if (values > most.values) throw tooMany(what, most);
  }
  return members;
}

/** Change of depth: 1 for `[` and `{`, -1 for `]` and `}`. */
function nesting(byte: number | undefined): -1 | 0 | 1 {
  if (byte === 0x5b || byte === 0x7b) return 1;
  return byte === 0x5d || byte === 0x7d ? -1 : 0;
}

function tooDeep(what: string): InvalidInputError {
  return new InvalidInputError("json-too-deep", {
    fr: `${what} : le document JSON dépasse ${LIMITS.jsonDepth} niveaux d'imbrication (limite jsonDepth).`,
    en: `${what}: the JSON document nests deeper than ${LIMITS.jsonDepth} levels (limit jsonDepth).`,
  });
}

function tooMany(what: string, { values, bound }: Most): InvalidInputError {
  return new InvalidInputError("json-too-many", {
    fr: `${what} : le document JSON a plus de ${values} valeurs (limite ${bound}).`,
    en: `${what}: the JSON document has more than ${values} values (limit ${bound}).`,
  });
}
