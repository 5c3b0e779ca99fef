// Claims: https://docs.gitlab.com/ci/secrets/id_token_authentication

import type { Fields } from "../../json/fields.ts";
import { isMergeRequestRef, isUnreviewedEvent } from "../names/unreviewed-code.ts";
import { Claims, COMMIT, type Job, PROJECT } from "./job.ts";
import { NotaryRefusal } from "./refusal.ts";
import { withoutSlash } from "./trusted-issuer.ts";

const REPEATED = [
  "pipeline_id",
  "pipeline_source",
  "job_id",
  "job_source",
  "runner_id",
  "runner_environment",
  "ref_type",
  "ref_protected",
  "project_id",
  "namespace_id",
  "environment",
  "user_login",
];

/**
 * Job of GitLab.
 *
 * @param url URL of the instance
 * @throws NotaryRefusal token-claims, fork
 */
export function gitlabJob(fields: Fields, url: string): Job {
  const claims = new Claims(fields);
  const project = claims.matching("project_path", PROJECT);
  const [named, path] = [claims.get("ref"), claims.find("ref_path")];
  // A child pipeline has the source `parent_pipeline` even if its parent has `merge_request_event`.
  const isMergeRequest = isUnreviewedEvent(claims.get("pipeline_source")) || isMergeRequestRef(path);
  verifyNoFork(claims, project, isMergeRequest);
  const [base, runner] = [withoutSlash(url), claims.matching("runner_id", /^[0-9]{1,20}$/)];
  const source = `${base}/${project}`;
  const definition = claims.find("ci_config_ref_uri");
  const definedAt = claims.find("ci_config_sha");
  return {
    project,
    source,
    commit: claims.matching("sha", COMMIT),
    ref: path ?? `refs/${claims.get("ref_type") === "tag" ? "tags" : "heads"}/${named}`,
    isProtected: claims.get("ref_protected") === "true",
    isMergeRequest,
    builder: `${source}/-/runners/${runner}`,
    buildType: `${base}/gitlab-ci`,
    invocation: `${source}/-/jobs/${claims.matching("job_id", /^[0-9]{1,20}$/)}`,
    ...(definition === undefined
      ? {}
      : { definition: { uri: definition, ...(definedAt === undefined ? {} : { commit: definedAt }) } }),
    claims: claims.present(REPEATED),
  };
}

/**
 * Refuses pipelines of a fork's merge request, which run the fork's code in the target project.
 * `project_path` is the fork since GitLab 18.2.2 and the target before; `job_project_path` (18.3) is always
 * the target. Without `job_project_path`, the origin of a merge request's code is unknown.
 */
function verifyNoFork(claims: Claims, project: string, isMergeRequest: boolean): void {
  const runsIn = claims.find("job_project_path");
  const codeOf = claims.find("source_project_path") ?? project;
  if (runsIn === undefined ? !isMergeRequest : runsIn === project && codeOf === project) return;
  throw new NotaryRefusal(403, "fork", {
    fr: "ce pipeline est celui d'une merge request d'un fork, ou d'un GitLab antérieur à 18.3, dont le jeton ne dit pas à qui est le code. Attester dans le pipeline de la branche protégée.",
    en: "this pipeline is of a fork's merge request, or of a GitLab before 18.3, whose token does not tell whose code it is. Attest in the pipeline of the protected branch.",
  });
}
