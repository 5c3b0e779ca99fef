// Claims: https://docs.github.com/en/actions/reference/security/oidc

import type { Fields } from "../../json/fields.ts";
import { isMergeRequestRef, isUnreviewedEvent } from "../names/unreviewed-code.ts";
import { Claims, COMMIT, type Job, PROJECT } from "./job.ts";

const REPEATED = [
  "run_id",
  "run_number",
  "run_attempt",
  "event_name",
  "workflow_ref",
  "workflow_sha",
  "job_workflow_ref",
  "job_workflow_sha",
  "runner_environment",
  "ref_type",
  "ref_protected",
  "repository_id",
  "repository_owner_id",
  "environment",
  "actor",
];

/**
 * Server of the repositories, by the issuer of their tokens; the issuer of GitHub Enterprise Server has a
 * path below the server.
 */
function serverOf(issuer: string): string {
  const url = new URL(issuer);
  return url.hostname === "token.actions.githubusercontent.com" ? "https://github.com" : url.origin;
}

/**
 * Job of GitHub Actions.
 *
 * @param issuer address of the tokens' issuer
 * @throws NotaryRefusal token-claims
 */
export function githubJob(fields: Fields, issuer: string): Job {
  const [claims, server] = [new Claims(fields), serverOf(issuer)];
  const project = claims.matching("repository", PROJECT);
  const source = `${server}/${project}`;
  const ref = claims.matching("ref", /^refs\/./);
  const attempt = claims.find("run_attempt") ?? "1";
  const definedAt = claims.find("workflow_sha");
  return {
    project,
    source,
    commit: claims.matching("sha", COMMIT),
    ref,
    isProtected: claims.get("ref_protected") === "true",
    isMergeRequest: isUnreviewedEvent(claims.get("event_name")) || isMergeRequestRef(ref),
    builder: `${server}/${claims.get("job_workflow_ref")}`,
    buildType: "https://actions.github.io/buildtypes/workflow/v1",
    invocation: `${source}/actions/runs/${claims.matching("run_id", /^[0-9]{1,20}$/)}/attempts/${attempt}`,
    definition: {
      uri: `${server}/${claims.get("workflow_ref")}`,
      ...(definedAt === undefined ? {} : { commit: definedAt }),
    },
    claims: claims.present(REPEATED),
  };
}
