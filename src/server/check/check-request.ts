import { InvalidInputError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { excerpt, quoted } from "../../contract/shown.ts";
import { LANGS, type Lang, type Text } from "../../contract/text.ts";
import { type Fields, fieldsOf, objectAt, textAt } from "../../json/fields.ts";
import { strictJsonOf } from "../../json/strict-json.ts";

/** Body of a check: an object as `kubectl apply` would send it, and the language of the answer. */
export interface CheckRequest {
  /** Pod, or object with a pod template. */
  readonly object: Fields;
  /** Absent: the policy's language. */
  readonly language?: Lang;
}

const KEYS: readonly string[] = ["object", "language"] satisfies (keyof CheckRequest)[];
const WHAT = "check";

/**
 * Reads the body of a check.
 *
 * @param namespace namespace of the request, in which its sender has the right; the object may name no other
 * @throws InvalidInputError check-too-large, check-invalid, json-too-deep, json-too-many
 */
export function readCheckRequest(bytes: Uint8Array, namespace: string): CheckRequest {
  if (bytes.length > LIMITS.admissionReviewBytes)
    throw new InvalidInputError("check-too-large", CHECK_TOO_LARGE);
  const fields = fieldsOf(strictJsonOf(bytes, WHAT, invalid));
  const other = Object.keys(fields).find((key) => !KEYS.includes(key));
  if (other !== undefined) {
    throw invalid({ fr: `clé inconnue ${quoted(other)}`, en: `unknown key ${quoted(other)}` });
  }
  const object = objectAt(fields, "object");
  if (textAt(object, "apiVersion") === undefined || textAt(object, "kind") === undefined) {
    throw invalid({
      fr: "object : apiVersion ou kind manque",
      en: "object: apiVersion or kind is not set",
    });
  }
  const own = objectAt(object, "metadata")["namespace"];
  if (own !== undefined && own !== null && own !== "" && own !== namespace)
    throw invalid(elsewhere(own, namespace));
  const { language } = fields;
  if (language === undefined) return { object };
  const known = LANGS.find((lang) => lang === language);
  if (known === undefined)
    throw invalid({ fr: `language : ${LANGS.join(", ")}`, en: `language: ${LANGS.join(", ")}` });
  return { object, language: known };
}

function invalid(why: Text): InvalidInputError {
  return new InvalidInputError("check-invalid", {
    fr: `la demande n'est pas celle de douane check --server (${why.fr}).`,
    en: `the request is not that of douane check --server (${why.en}).`,
  });
}

function elsewhere(own: unknown, namespace: string): Text {
  const seen = typeof own === "string" ? quoted(own) : excerpt(typeof own);
  return {
    fr: `l'objet est de l'espace de noms ${seen}, la demande de ${quoted(namespace)}`,
    en: `the object is of the namespace ${seen}, the request of ${quoted(namespace)}`,
  };
}

export const CHECK_TOO_LARGE: Text = {
  fr: `la demande dépasse ${LIMITS.admissionReviewBytes} octets (limite admissionReviewBytes), ou n'indique pas sa longueur (Content-Length).`,
  en: `the request exceeds ${LIMITS.admissionReviewBytes} bytes (limit admissionReviewBytes), or does not state its length (Content-Length).`,
};
