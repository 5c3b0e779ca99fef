import { expect, test } from "vitest";
import { AT, POLICY, PROVENANCE, provenance, REPOSITORY, stated } from "../../../test/fixtures/attested.ts";
import type { AttestationPolicy } from "../../contract/attestation-policy.ts";
import type { Fields } from "../../json/fields.ts";
import { judgeAttestations } from "./judge-attestations.ts";
import { unacceptedCode } from "./unaccepted-code.ts";

const v1 = (external: Fields, internal: Fields = {}): Fields => ({
  buildDefinition: { externalParameters: external, internalParameters: internal },
});

test.each<[string, Fields, string | undefined]>([
  ["nothing", {}, undefined],
  ["a branch of GitLab", v1({ pipelineSource: "push", ref: "refs/heads/main" }), undefined],
  ["a protected branch, as text", v1({}, { refProtected: "true" }), undefined],
  ["a protected branch", v1({}, { refProtected: true }), undefined],
  ["no word on protection", v1({}, { refProtected: null }), undefined],
  ["an empty word on protection", v1({}, { refProtected: "" }), undefined],
  ["an unprotected branch, as text", v1({}, { refProtected: "false" }), "unprotected-ref"],
  ["an unprotected branch", v1({}, { refProtected: false }), "unprotected-ref"],
  ["an unprotected branch, as a number", v1({}, { refProtected: 0 }), "unprotected-ref"],
  ["an unprotected branch, in another word", v1({ refProtected: "no" }), "unprotected-ref"],
  ["an unprotected branch of GitHub", v1({}, { github: { ref_protected: "false" } }), "unprotected-ref"],
  ["a merge request of GitLab", v1({ pipelineSource: "merge_request_event" }), "merge-request"],
  [
    "a pull request that GitLab builds",
    v1({ pipelineSource: "external_pull_request_event" }),
    "merge-request",
  ],
  ["a pull request of GitHub", v1({}, { github: { event_name: "pull_request" } }), "merge-request"],
  [
    "one whose workflow has secrets",
    v1({}, { github: { event_name: "pull_request_target" } }),
    "merge-request",
  ],
  ["a merge queue", v1({}, { github: { event_name: "merge_group" } }), "merge-request"],
  ["a workflow after another one", v1({}, { github: { event_name: "workflow_run" } }), "merge-request"],
  ["a workflow that is started by hand", v1({}, { github: { event_name: "workflow_dispatch" } }), undefined],
  ["the reference of a pull request", v1({ workflow: { ref: "refs/pull/7/merge" } }), "merge-request"],
  ["the reference of a merge request", v1({ ref: "refs/merge-requests/7/head" }), "merge-request"],
  ["a branch that is named like one", v1({ ref: "refs/heads/pull/7" }), undefined],
  ["a variable of GitLab", v1({ variables: { CI_MERGE_REQUEST_IID: "7" } }), "merge-request"],
  ["an empty variable of GitLab", v1({ variables: { CI_MERGE_REQUEST_IID: "" } }), undefined],
  ["a change request of Jenkins", v1({ changeRequest: "PR-7" }), "merge-request"],
  [
    "v0.2, in its environment",
    { invocation: { environment: { github_event_name: "pull_request" } } },
    "merge-request",
  ],
  [
    "v0.2, in its parameters",
    { invocation: { parameters: { CI_COMMIT_REF_PROTECTED: "false" } } },
    "unprotected-ref",
  ],
])("a provenance with %s: %s", (_, predicate, code) => {
  expect(unacceptedCode(predicate)?.code).toBe(code);
});

test("a key of the team proves no row for a merge request either, whatever references the policy allows", () => {
  const open: AttestationPolicy = {
    ...POLICY,
    applications: POLICY.applications.map(({ source, repositories }) => ({ source, repositories })),
  };
  const answer = (predicate: Fields) =>
    judgeAttestations([stated(PROVENANCE, predicate)], open, { repository: REPOSITORY }, AT).checks[0]
      ?.answer;
  const whole = provenance();
  const definition = whole["buildDefinition"] as Fields;
  const internalParameters = { refProtected: "false" };
  expect(answer(whole)).toBe("yes");
  expect(answer({ ...whole, buildDefinition: { ...definition, internalParameters } })).toBe("no");
  expect(answer(provenance({ ref: "refs/pull/7/merge" }))).toBe("no");
});
