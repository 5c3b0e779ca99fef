import type { Fields } from "../../json/fields.ts";
import type { Job } from "./job.ts";
import type { TrustedIssuer } from "./trusted-issuer.ts";

/** Field of a predicate in which the notary records the job for which it signed. */
export const NOTARY_FIELD = "urn:douane:notary:v1";

/**
 * Record of the job for which a statement was signed, from the verified claims of its token. Except in a
 * provenance, the rest of the predicate is stated by the job alone. A statement for an unprotected reference
 * or a merge request proves no row.
 */
export function notaryRecord(job: Job, { url }: TrustedIssuer): Fields {
  return {
    issuer: url,
    project: job.project,
    source: job.source,
    commit: job.commit,
    ref: job.ref,
    refProtected: job.isProtected,
    mergeRequest: job.isMergeRequest,
    builder: job.builder,
    invocation: job.invocation,
  };
}
