// AdmissionReview as an API server sends it (k8s.io/api/admission/v1, AdmissionRequest).

import { InvalidInputError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { type Fields, fieldsOf, isFields, objectAt, stringOf, textAt } from "../../json/fields.ts";
import { jsonOf, strictJsonOf } from "../../json/strict-json.ts";

/** A request to admit an operation on an object. */
export interface AdmissionRequest {
  readonly uid: string;
  /** Operation: `CREATE`, `UPDATE`, `DELETE`, `CONNECT`, or one that a later API version adds. */
  readonly operation: string;
  /** API group and resource that the webhook's rules matched: `` and `pods`. */
  readonly group: string;
  readonly resource: string;
  /** Subresource: `status`, `exec`; empty for a request about the object itself. */
  readonly subresource: string;
  /**
   * Namespace from the path of the request, not from the object, whose author could choose another; empty for
   * cluster-scoped objects.
   */
  readonly namespace: string;
  /** Name; empty if the API server generates the name. */
  readonly name: string;
  readonly user: string;
  readonly groups: readonly string[];
  readonly isDryRun: boolean;
  /** Object; absent for DELETE. */
  readonly object?: Fields;
  /** Object before the operation; absent for CREATE. */
  readonly oldObject?: Fields;
}

const WHAT = "AdmissionReview";

/**
 * Reads the body of a webhook's request. If a key is repeated, its last value counts, until verifyStrict()
 * refuses the document.
 *
 * @throws InvalidInputError admission-review-too-large, admission-review-invalid
 */
export function readAdmissionReview(bytes: Uint8Array): AdmissionRequest {
  if (bytes.length > LIMITS.admissionReviewBytes) throw tooLarge();
  const review = fieldsOf(jsonOf(bytes, invalid));
  const { apiVersion, kind } = review;
  if (apiVersion !== "admission.k8s.io/v1" || kind !== WHAT) {
    throw invalid({
      fr: `apiVersion ${quoted(stringOf(apiVersion))}, kind ${quoted(stringOf(kind))} ; attendus : admission.k8s.io/v1, ${WHAT}`,
      en: `apiVersion ${quoted(stringOf(apiVersion))}, kind ${quoted(stringOf(kind))}; expected: admission.k8s.io/v1, ${WHAT}`,
    });
  }
  const request = objectAt(review, "request");
  const uid = textAt(request, "uid");
  if (uid === undefined) throw invalid({ fr: "request.uid manque", en: "request.uid is not set" });
  const resource = objectAt(request, "resource");
  const { username, groups } = objectAt(request, "userInfo");
  return {
    uid,
    operation: stringOf(request["operation"]),
    group: stringOf(resource["group"]),
    resource: stringOf(resource["resource"]),
    subresource: stringOf(request["subResource"]),
    namespace: stringOf(request["namespace"]),
    name: stringOf(request["name"]),
    user: stringOf(username),
    groups: Array.isArray(groups) ? groups.map(stringOf) : [],
    isDryRun: request["dryRun"] === true,
    ...objectOf("object", request["object"]),
    ...objectOf("oldObject", request["oldObject"]),
  };
}

/**
 * Refuses documents that no API server writes: too deep, with too many values, or with duplicate keys. The
 * check costs more than parsing, so it runs only before a request starts an examination or is recorded.
 *
 * @throws InvalidInputError json-too-deep, json-too-many, admission-review-invalid
 */
export function verifyStrict(bytes: Uint8Array): void {
  strictJsonOf(bytes, WHAT, invalid);
}

function objectOf<K extends string>(key: K, value: unknown): { readonly [key in K]?: Fields } {
  return isFields(value) ? ({ [key]: value } as { [key in K]: Fields }) : {};
}

function tooLarge(): InvalidInputError {
  const limit = LIMITS.admissionReviewBytes;
  return new InvalidInputError("admission-review-too-large", {
    fr: `la demande dépasse ${limit} octets (limite admissionReviewBytes).`,
    en: `the request exceeds ${limit} bytes (limit admissionReviewBytes).`,
  });
}

function invalid(why: Text): InvalidInputError {
  return new InvalidInputError("admission-review-invalid", {
    fr: `la demande n'est pas un ${WHAT} lisible (${why.fr}). Seul un API server peut appeler cette adresse.`,
    en: `the request is not a readable ${WHAT} (${why.en}). Only an API server may call this address.`,
  });
}
