import { InvalidInputError } from "../../contract/error.ts";
import { formatPath, type Segment } from "../../contract/field-path.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { Text } from "../../contract/text.ts";
import type { InvalidField } from "../../contract/workload-facts.ts";
import { maskText } from "../../secrets/scan.ts";

/** State of decoding one object: the path in its document, and the invalid fields so far. */
export interface Decoding {
  readonly path: Segment[];
  readonly invalid: InvalidField[];
}

/**
 * Decodes a value. Undefined if the value is invalid, which is recorded in `decoding.invalid`. Never called
 * with null.
 */
export type Decoder<T> = (value: unknown, decoding: Decoding) => T | undefined;

/**
 * Records that the current field is not valid Kubernetes.
 *
 * @param problem text after the field's path: "must be an integer…"
 * @param at path of the mistake, if it is beside the field
 */
export function refuse(decoding: Decoding, problem: Text, at?: string): void {
  const { invalid } = decoding;
  if (invalid.length >= LIMITS.invalidFields) throw tooMany();
  // Keys are masked, as in facts.
  const path = formatPath(decoding.path.map((key) => (typeof key === "string" ? maskText(key) : key)));
  invalid.push({
    path,
    ...(at === undefined ? {} : { at }),
    problem: {
      fr: `manifeste non valide pour Kubernetes : ${at ?? path} ${problem.fr}`,
      en: `not valid Kubernetes: ${at ?? path} ${problem.en}`,
    },
  });
}

function tooMany(): InvalidInputError {
  return new InvalidInputError("invalid-fields", {
    fr: `plus de ${LIMITS.invalidFields} champs non valides (limite invalidFields) : est-ce bien un manifeste Kubernetes ?`,
    en: `more than ${LIMITS.invalidFields} invalid fields (limit invalidFields): is it a Kubernetes manifest?`,
  });
}
