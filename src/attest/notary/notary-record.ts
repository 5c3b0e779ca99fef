import type { Fields } from "../../json/fields.ts";
import type { Job } from "./job.ts";
import type { TrustedIssuer } from "./trusted-issuer.ts";

/** Field of a predicate in which the notary says whose job it signed for. */
export const NOTARY_FIELD = "urn:douane:notary:v1";

/**
 * Job for which a statement was signed, from its token's verified claims. The rest of the predicate, other than of
 * a provenance, is the job's own word. A statement for an unprotected reference or a merge request proves no row.
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
