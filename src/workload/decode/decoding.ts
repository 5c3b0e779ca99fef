import { InvalidInputError } from "../../contract/error.ts";
import { formatPath, type Segment } from "../../contract/field-path.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { Text } from "../../contract/text.ts";
import type { InvalidField } from "../../contract/workload-facts.ts";
import { maskText } from "../../secrets/scan.ts";

/** One object being decoded: where in its document we are, and what was not valid so far. */
export interface Decoding {
  readonly path: Segment[];
  readonly invalid: InvalidField[];
}

/** The value as its type; undefined when it is none, which `decoding.invalid` then says. Never called with null. */
export type Decoder<T> = (value: unknown, decoding: Decoding) => T | undefined;

/**
 * Notes that the field we are at is not valid Kubernetes.
 *
 * @param problem what is wrong, following the field's path: "must be an integer…"
 * @param at the path of the mistake, when it stands beside the field
 */
export function refuse(decoding: Decoding, problem: Text, at?: string): void {
  const { invalid } = decoding;
  if (invalid.length >= LIMITS.invalidFields) throw tooMany();
  // As facts have it, whose keys are masked.
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
