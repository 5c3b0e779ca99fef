import type { InvalidInputError } from "../../contract/error.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { type Fields, fieldsOf, isFields, listAt, textAt } from "../../json/fields.ts";
import type { Envelope } from "../dsse/envelope.ts";
import { attestationRefused } from "../dsse/refusal.ts";
import { parseSignedJson } from "../dsse/signed-json.ts";
import {
  isOfType,
  SBOM_TYPES,
  STATEMENT_TYPE,
  SUMMARY_TYPE,
  subjectCommits,
  subjectDigests,
} from "./statement.ts";

/** `_type` of version 1, which is written, and of 0.1, which cosign 2 writes. */
export const STATEMENT_V1 = "https://in-toto.io/Statement/v1";
const TYPES: readonly unknown[] = [STATEMENT_V1, "https://in-toto.io/Statement/v0.1"];

/** An in-toto statement: a predicate about subjects. */
export interface Statement {
  /** URI of the predicate's type. */
  readonly predicateType: string;
  /** SHA-256 digests of the subjects; subjects without a SHA-256 digest are omitted. */
  readonly subjects: readonly Digest[];
  /**
   * Git commits that a verification summary has as subjects; absent for other statements, and for a summary
   * without commits.
   */
  readonly commits?: readonly string[];
  /** Predicate; empty if the statement has none, as the specification requires. */
  readonly predicate: Fields;
  /**
   * Text of an SBOM whose statement has it as a string instead of an object, as `cosign attest --type spdx`
   * writes SPDX in JSON and in tags and values; `predicate` is then empty.
   */
  readonly predicateText?: string;
}

/**
 * Statement of an envelope, whose signatures the caller verifies.
 *
 * @param what name of the attestation in messages
 * @throws InvalidInputError payload-type, statement-type, statement-invalid, statement-subjects; as
 * parseSignedJson()
 */
export function statementOf({ payloadType, payload }: Envelope, what: string): Statement {
  if (payloadType !== STATEMENT_TYPE) throw otherPayload(what, payloadType);
  const value = parseSignedJson(payload, what);
  const fields = fieldsOf(value);
  const type = fields["_type"];
  if (!TYPES.includes(type)) throw otherType(what, typeof type === "string" ? type : "");
  const predicateType = textAt(fields, "predicateType");
  const given = fields["predicate"] ?? {};
  const isText =
    typeof given === "string" && predicateType !== undefined && isOfType(predicateType, SBOM_TYPES);
  const predicate = isText ? {} : given;
  if (predicateType === undefined || !isFields(predicate))
    throw attestationRefused("statement-invalid", what, NO_PREDICATE);
  const count = listAt(fields, "subject").length;
  if (count > LIMITS.statementSubjects) throw tooManySubjects(what, count);
  const subjects = subjectDigests(fields);
  const commits = predicateType === SUMMARY_TYPE ? subjectCommits(fields) : [];
  if (subjects.length + commits.length === 0)
    throw attestationRefused("statement-subjects", what, NO_SUBJECT);
  return {
    predicateType,
    subjects,
    predicate,
    ...(isText ? { predicateText: given } : {}),
    ...(commits.length === 0 ? {} : { commits }),
  };
}

function otherPayload(what: string, type: string): InvalidInputError {
  return attestationRefused("payload-type", what, {
    fr: `payloadType ${quoted(type)} : seul ${STATEMENT_TYPE} est une déclaration in-toto`,
    en: `payloadType ${quoted(type)}: only ${STATEMENT_TYPE} is an in-toto statement`,
  });
}

function otherType(what: string, type: string): InvalidInputError {
  return attestationRefused("statement-type", what, {
    fr: `_type ${quoted(type)} inconnu (sont lus : ${TYPES.join(", ")})`,
    en: `unknown _type ${quoted(type)} (read: ${TYPES.join(", ")})`,
  });
}

function tooManySubjects(what: string, count: number): InvalidInputError {
  return attestationRefused("statement-subjects", what, {
    fr: `${count} sujets, la limite est de ${LIMITS.statementSubjects} (statementSubjects)`,
    en: `${count} subjects, the limit is ${LIMITS.statementSubjects} (statementSubjects)`,
  });
}

const NO_PREDICATE: Text = {
  fr: "la déclaration n'a pas de predicateType, ou son predicate n'est pas un objet",
  en: "the statement has no predicateType, or its predicate is not an object",
};
const NO_SUBJECT: Text = {
  fr: "la déclaration ne nomme aucun sujet par une empreinte SHA-256",
  en: "the statement names no subject by a SHA-256 digest",
};
