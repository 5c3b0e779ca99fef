// Provenance: https://slsa.dev/spec/v1.2/build-provenance

import type { Fields } from "../../json/fields.ts";
import type { Job } from "./job.ts";

/**
 * Predicate of a provenance: everything from the job's verified claims. What the job says of its build stays
 * apart under `asserted`.
 *
 * The token dates the build: the forge issued it to the job that attests, which runs after the build. By the
 * notary's own clock, a repeated request would get another statement.
 *
 * @param asserted the job's predicate
 * @param issued when the token was issued, milliseconds since 1970
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
