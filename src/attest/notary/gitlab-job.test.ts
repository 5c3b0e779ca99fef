import { expect, test } from "vitest";
import { gitlabClaims } from "../../../test/fixtures/fake-issuer.ts";
import { gitlabJob } from "./gitlab-job.ts";

const URL = "https://gitlab.example.org/";
const COMMIT = "714a629c0b401fdce83e847fc9589983fc6f46bc";

const job = (changes: Readonly<Record<string, unknown>> = {}, url = URL) =>
  gitlabJob(gitlabClaims(0, { environment: "production", job_source: "push", ...changes }), url);

test("every claim of a job is at its place", () => {
  expect(job()).toEqual({
    project: "social/portal",
    source: "https://gitlab.example.org/social/portal",
    commit: COMMIT,
    ref: "refs/heads/main",
    isProtected: true,
    isMergeRequest: false,
    builder: "https://gitlab.example.org/social/portal/-/runners/1",
    buildType: "https://gitlab.example.org/gitlab-ci",
    invocation: "https://gitlab.example.org/social/portal/-/jobs/302",
    definition: {
      uri: "gitlab.example.org/social/portal//.gitlab-ci.yml@refs/heads/main",
      commit: COMMIT,
    },
    claims: {
      pipeline_id: "574",
      pipeline_source: "push",
      job_id: "302",
      job_source: "push",
      runner_id: "1",
      runner_environment: "self-hosted",
      ref_type: "branch",
      ref_protected: "true",
      project_id: "20",
      namespace_id: "72",
      environment: "production",
      user_login: "camille",
    },
  });
});

test.each([
  ["of a branch without a path", { ref_path: undefined }, "refs/heads/main"],
  ["of a tag without a path", { ref_path: undefined, ref: "1.4.2", ref_type: "tag" }, "refs/tags/1.4.2"],
  ["of a tag", { ref: "1.4.2", ref_type: "tag", ref_path: "refs/tags/1.4.2" }, "refs/tags/1.4.2"],
])("reference %s", (_, changes, ref) => {
  expect(job(changes)).toMatchObject({ ref });
});

test("a definition that GitLab does not name is left out, as is its commit", () => {
  expect(job({ ci_config_ref_uri: undefined })).not.toHaveProperty("definition");
  expect(job({ ci_config_sha: undefined }).definition).toEqual({
    uri: "gitlab.example.org/social/portal//.gitlab-ci.yml@refs/heads/main",
  });
});

test.each([
  ["a push", {}, false],
  ["a schedule", { pipeline_source: "schedule" }, false],
  ["a merge request", { pipeline_source: "merge_request_event" }, true],
  ["a pull request of a mirrored repository", { pipeline_source: "external_pull_request_event" }, true],
  [
    "a child pipeline of a merge request",
    { pipeline_source: "parent_pipeline", ref_path: "refs/merge-requests/7/merge" },
    true,
  ],
  // A branch may have such a name, and is no merge request by it.
  [
    "a branch that is called so",
    { ref: "refs/merge-requests/7", ref_path: "refs/heads/refs/merge-requests/7" },
    false,
  ],
  ["a push that names no path", { ref_path: undefined }, false],
])("code that nobody has accepted: %s", (_, changes, isMergeRequest) => {
  expect(job(changes)).toMatchObject({ isMergeRequest });
});

const MERGE_REQUEST = { pipeline_source: "merge_request_event" };

test.each([
  ["a project's own merge request", { ...MERGE_REQUEST, source_project_path: "social/portal" }],
  ["a push to a GitLab before 18.3", { job_project_path: undefined }],
])("no fork: %s", (_, changes) => {
  expect(job(changes)).toMatchObject({ project: "social/portal" });
});

test.each([
  ["a merge request to a GitLab before 18.3", { ...MERGE_REQUEST, job_project_path: undefined }],
  ["a fork's merge request, by its source", { ...MERGE_REQUEST, source_project_path: "fork/portal" }],
  ["a fork's merge request, by its target", { ...MERGE_REQUEST, job_project_path: "fork/portal" }],
  ["a fork's child pipeline", { pipeline_source: "parent_pipeline", source_project_path: "fork/portal" }],
])("refused as a fork: %s", (_, changes) => {
  expect(() => job(changes)).toThrow(expect.objectContaining({ code: "fork", status: 403 }) as Error);
});

test.each([
  ["project_path", "portal"],
  ["project_path", undefined],
  ["sha", `${COMMIT}0`],
  ["sha", `0${COMMIT}`],
  ["ref", undefined],
  ["ref_protected", undefined],
  ["pipeline_source", undefined],
  ["runner_id", "one"],
  ["runner_id", "1/../2"],
  ["runner_id", "x1"],
  ["runner_id", ""],
  ["runner_id", undefined],
  ["job_id", "302x"],
  ["job_id", "x302"],
  ["job_id", undefined],
])("refused: %s %j", (claim, value) => {
  expect(() => job({ [claim]: value })).toThrow(
    expect.objectContaining({ code: "token-claims", status: 401 }) as Error,
  );
});
