// Provenance: https://slsa.dev/spec/v1.2/build-provenance

import type { Fields } from "../../json/fields.ts";
import type { Job } from "./job.ts";

/**
 * Predicate of a provenance, made only of the job's verified claims. The job's own statements about its build
 * are kept apart under `asserted`.
 *
 * The date is that of the token: the forge issued it to the attesting job, which runs after the build. With
 * the date of the notary's clock, a repeated request would get another statement.
 *
 * @param asserted the job's predicate
 * @param issued time when the token was issued, milliseconds since 1970
 */
export function notarisedProvenance(job: Job, asserted: Fields, issued: number): Fields {
  const { source, commit, ref, definition } = job;
  return {
    buildDefinition: {
      buildType: job.buildType,
      externalParameters: { source, ref, ...(definition === undefined ? {} : { definition }) },
      internalParameters: job.claims,
      resolvedDependencies: [{ uri: `git+${source}@${ref}`, digest: { gitCommit: commit } }],
    },
    runDetails: {
      builder: { id: job.builder },
      metadata: { invocationId: job.invocation, finishedOn: new Date(issued).toISOString() },
    },
    // Readers of SLSA ignore fields that the specification does not name.
    ...(Object.keys(asserted).length === 0 ? {} : { asserted }),
    refProtected: job.isProtected,
    mergeRequest: job.isMergeRequest,
  };
}
