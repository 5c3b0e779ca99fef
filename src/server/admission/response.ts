// Answer of a webhook (k8s.io/api/admission/v1, AdmissionResponse).

import type { DecisionCause } from "../ports.ts";

/** Body of an answer. */
export interface AdmissionResponse {
  readonly apiVersion: "admission.k8s.io/v1";
  readonly kind: "AdmissionReview";
  readonly response: {
    readonly uid: string;
    readonly allowed: boolean;
    readonly status?: RefusedStatus;
    readonly warnings?: readonly string[];
    /**
     * Annotations of the API server's audit event; the API server puts the webhook's name before each key.
     */
    readonly auditAnnotations?: Readonly<Record<string, string>>;
    readonly patchType?: "JSONPatch";
    /** JSON patch (RFC 6902) in base64. */
    readonly patch?: string;
  };
}

/** Part of metav1.Status that the API server passes on to the client. */
interface RefusedStatus {
  readonly status: "Failure";
  readonly message: string;
  readonly reason: "Forbidden";
  readonly code: 403;
  readonly details: {
    readonly causes: readonly {
      readonly reason: string;
      readonly message: string;
      readonly field?: string;
    }[];
  };
}

/** Optional parts of an answer. */
interface Said {
  readonly warnings?: readonly string[];
  readonly annotations?: Readonly<Record<string, string>>;
  readonly patch?: readonly object[];
}

/** Maximum number of characters of one warning, and of all warnings: the API server cuts longer texts. */
const WARNING = 256;
const WARNINGS = 4_096;
/** Maximum characters of a refusal. Kubernetes cuts the message of an event at 1,024. */
const MESSAGE = 32 * 1024;
const MOST_CAUSES = 256;

export function allowed(
  uid: string,
  { warnings = [], annotations, patch = [] }: Said = {},
): AdmissionResponse {
  const bounded = boundedWarnings(warnings);
  return answer({
    uid,
    allowed: true,
    ...(bounded.length === 0 ? {} : { warnings: bounded }),
    ...(annotations === undefined ? {} : { auditAnnotations: annotations }),
    ...(patch.length === 0
      ? {}
      : { patchType: "JSONPatch", patch: Buffer.from(JSON.stringify(patch)).toString("base64") }),
  });
}

/** Refusal with all its causes, in one message for people and one message per cause for machines. */
export function refused(
  uid: string,
  message: string,
  causes: readonly DecisionCause[],
  annotations: Readonly<Record<string, string>>,
): AdmissionResponse {
  const listed = causes.slice(0, MOST_CAUSES).map(({ reason, message: said, field }) => ({
    reason,
    message: said,
    ...(field === undefined ? {} : { field }),
  }));
  return answer({
    uid,
    allowed: false,
    status: {
      status: "Failure",
      message: cut(message, MESSAGE),
      reason: "Forbidden",
      code: 403,
      details: { causes: listed },
    },
    auditAnnotations: annotations,
  });
}

function answer(response: AdmissionResponse["response"]): AdmissionResponse {
  return { apiVersion: "admission.k8s.io/v1", kind: "AdmissionReview", response };
}

/**
 * Warnings, one line each. If they exceed the total bound, the last warning states how many were left out.
 */
function boundedWarnings(warnings: readonly string[]): readonly string[] {
  const kept: string[] = [];
  let characters = 0;
  for (const warning of warnings.map((one) => cut(one.replace(/\s+/g, " "), WARNING))) {
    characters += warning.length;
    if (characters > WARNINGS - WARNING) return [...kept, `… +${warnings.length - kept.length}`];
    kept.push(warning);
  }
  return kept;
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).toWellFormed()}…`;
}
