// Go's encoding/json, with which runtimes read these documents, accepts keys in any case, and the last of
// them counts: {"User":"1000","user":"0"} runs as root, while a reader that knows only "User" reads 1000.
// Other spellings of known keys are therefore refused.

import { InvalidInputError } from "../contract/error.ts";
import { quoted } from "../contract/shown.ts";

/** Known field names of an object, each with the known fields of the objects (or arrays of objects) in it. */
export interface Spelling {
  readonly [key: string]: Spelling;
}

/** Field without known fields in it. */
export const LEAF: Spelling = {};

/**
 * @throws InvalidInputError ambiguous-key
 */
export function verifySpelling(value: unknown, spelling: Spelling, what: string): void {
  if (Array.isArray(value)) {
    for (const item of value) verifySpelling(item, spelling, what);
    return;
  }
  if (typeof value !== "object" || value === null || spelling === LEAF) return;
  const names = new Map(Object.keys(spelling).map((name) => [fold(name), name]));
  for (const [key, child] of Object.entries(value)) {
    const name = names.get(fold(key));
    if (name === undefined) continue;
    if (name !== key) throw ambiguous(what, key, name);
    verifySpelling(child, spelling[name] ?? LEAF, what);
  }
}

/** The key in lower case, by Unicode's simple folding as in Go: the Kelvin sign is a k, the long s an s. */
export function fold(key: string): string {
  return key.toUpperCase().toLowerCase();
}

function ambiguous(what: string, key: string, name: string): InvalidInputError {
  return new InvalidInputError("ambiguous-key", {
    fr: `${what} : le champ ${quoted(key)} devrait s'écrire « ${name} » ; les moteurs de conteneurs le liraient, d'autres outils non. L'image est refusée : la reconstruire avec un outil qui respecte la spécification OCI.`,
    en: `${what}: the field ${quoted(key)} should be written "${name}"; container engines would read it, other tools would not. The image is refused: rebuild it with a tool that follows the OCI specification.`,
  });
}
