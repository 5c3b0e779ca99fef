import { DouaneError } from "../../../contract/error.ts";
import { LIMITS } from "../../../contract/limits.ts";
import { quoted } from "../../../contract/shown.ts";
import { seenIn } from "../../../json/document.ts";
import { parseCounted } from "../../../json/parse-json.ts";
import { repeatedKey } from "../../../json/repeated-key.ts";
import { problem } from "./problem.ts";
import type { SbomProblem } from "./sbom-document.ts";

/**
 * The value of a JSON text, or why it has none: not JSON, deeper or longer than its bounds, or with a
 * key that stands twice in one object: which of both counts, readers decide differently.
 *
 * @param bytes UTF-8
 * @param what how a message calls the document
 */
export function jsonValue(bytes: Uint8Array, what: string): { readonly value: unknown } | SbomProblem {
  try {
    const { value, members } = parseCounted(bytes, what, { values: LIMITS.sbomValues, bound: "sbomValues" });
    const seen = seenIn(value);
    if (seen.members !== members) return repeated(what, repeatedKey(bytes));
    return { value };
  } catch (error) {
    if (!(error instanceof DouaneError)) throw error;
    const code = error.code === "json-invalid" ? "does-not-parse" : "too-large";
    return problem(code, error.text);
  }
}

function repeated(what: string, key: string): SbomProblem {
  return problem("does-not-parse", {
    fr: `${what} : la clé ${quoted(key)} figure deux fois dans le même objet JSON ; tous les outils n'en liraient pas la même valeur.`,
    en: `${what}: the key ${quoted(key)} stands twice in one JSON object; not all tools would read the same value of it.`,
  });
}
