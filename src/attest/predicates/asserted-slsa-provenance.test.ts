import { describe, expect, test } from "vitest";
import type { Fields } from "../../json/fields.ts";
import { assertedJob, assertedProvenance } from "./asserted-slsa-provenance.ts";
import { predicateFromFile, sbomPredicate } from "./predicate-file.ts";

const COMMIT = "0123456789abcdef0123456789abcdef01234567";
const GITLAB = {
  GITLAB_CI: "true",
  CI_PROJECT_URL: "https://gitlab.example/team/portal",
  CI_RUNNER_ID: "12",
  CI_PIPELINE_URL: "https://gitlab.example/team/portal/-/pipelines/34",
  CI_COMMIT_SHA: COMMIT,
  CI_COMMIT_REF_NAME: "main",
  CI_COMMIT_BRANCH: "main",
  CI_COMMIT_REF_PROTECTED: "true",
  CI_CONFIG_PATH: ".gitlab-ci.yml",
  CI_PIPELINE_SOURCE: "push",
  CI_PIPELINE_CREATED_AT: "2026-06-15T11:00:00Z",
  CI_JOB_URL: "https://gitlab.example/team/portal/-/jobs/56",
  CI_JOB_TOKEN: "secret-token",
  CI_REPOSITORY_URL: "https://gitlab-ci-token:secret-token@gitlab.example/team/portal.git",
};
const GITHUB = {
  GITHUB_ACTIONS: "true",
  GITHUB_SERVER_URL: "https://github.example",
  GITHUB_REPOSITORY: "team/portal",
  GITHUB_WORKFLOW_REF: "team/portal/.github/workflows/release.yml@refs/heads/main",
  GITHUB_SHA: COMMIT,
  GITHUB_REF: "refs/heads/main",
  GITHUB_RUN_ID: "34",
  GITHUB_RUN_ATTEMPT: "2",
  GITHUB_EVENT_NAME: "push",
  GITHUB_REF_PROTECTED: "true",
  GITHUB_REPOSITORY_ID: "78",
  GITHUB_REPOSITORY_OWNER_ID: "90",
  RUNNER_ENVIRONMENT: "self-hosted",
  GITHUB_TOKEN: "secret-token",
};
const JENKINS = {
  JENKINS_URL: "https://jenkins.example/",
  BUILD_URL: "https://jenkins.example/job/portal/34/",
  JOB_NAME: "portal",
  NODE_NAME: "agent-1",
  BUILD_NUMBER: "34",
  GIT_URL: "https://user:secret-token@git.example/team/portal.git",
  GIT_COMMIT: COMMIT,
  GIT_BRANCH: "origin/main",
};
const TEKTON = { TEKTON_TASK_RUN: "build-1", TEKTON_PIPELINE_RUN: "portal-34", TEKTON_NAMESPACE: "ci" };
const STATED = { builder: "https://ci.example", source: "https://git.example/team/portal", commit: COMMIT };

test("GitLab", () => {
  expect(assertedProvenance(GITLAB, {})).toEqual({
    type: "https://slsa.dev/provenance/v1",
    content: {
      buildDefinition: {
        buildType: "urn:douane:buildtype:gitlab:v1",
        externalParameters: {
          source: "https://gitlab.example/team/portal",
          ref: "refs/heads/main",
          configuration: ".gitlab-ci.yml",
          pipelineSource: "push",
        },
        internalParameters: {
          job: "https://gitlab.example/team/portal/-/jobs/56",
          refProtected: "true",
          runner: "12",
        },
        resolvedDependencies: [
          { uri: "git+https://gitlab.example/team/portal@refs/heads/main", digest: { gitCommit: COMMIT } },
        ],
      },
      runDetails: {
        builder: { id: "https://gitlab.example/team/portal/-/runners/12" },
        metadata: {
          invocationId: "https://gitlab.example/team/portal/-/pipelines/34",
          startedOn: "2026-06-15T11:00:00Z",
        },
      },
      douane_asserted: { by: "job", from: "gitlab" },
    },
  });
});

test("GitHub, by the parameters of its own build type", () => {
  expect(assertedProvenance(GITHUB, {}).content).toEqual({
    buildDefinition: {
      buildType: "https://actions.github.io/buildtypes/workflow/v1",
      externalParameters: {
        workflow: {
          ref: "refs/heads/main",
          repository: "https://github.example/team/portal",
          path: ".github/workflows/release.yml",
        },
      },
      internalParameters: {
        github: {
          event_name: "push",
          ref_protected: "true",
          repository_id: "78",
          repository_owner_id: "90",
          runner_environment: "self-hosted",
        },
      },
      resolvedDependencies: [
        { uri: "git+https://github.example/team/portal@refs/heads/main", digest: { gitCommit: COMMIT } },
      ],
    },
    runDetails: {
      builder: { id: "https://github.example/team/portal/.github/workflows/release.yml@refs/heads/main" },
      metadata: { invocationId: "https://github.example/team/portal/actions/runs/34/attempts/2" },
    },
    douane_asserted: { by: "job", from: "github" },
  });
});

test("Jenkins, without the password of its clone address", () => {
  const uri = "https://git.example/team/portal.git";
  expect(assertedProvenance(JENKINS, {}).content).toEqual({
    buildDefinition: {
      buildType: "urn:douane:buildtype:jenkins:v1",
      externalParameters: { source: uri, ref: "refs/heads/main", job: "portal" },
      internalParameters: { node: "agent-1", number: "34" },
      resolvedDependencies: [{ uri: `git+${uri}@refs/heads/main`, digest: { gitCommit: COMMIT } }],
    },
    runDetails: {
      builder: { id: "https://jenkins.example/" },
      metadata: { invocationId: "https://jenkins.example/job/portal/34/" },
    },
    douane_asserted: { by: "job", from: "jenkins" },
  });
});

test.each<[string, Record<string, string | undefined>, string]>([
  ["a tag of GitLab", { ...GITLAB, CI_COMMIT_BRANCH: undefined, CI_COMMIT_TAG: "v1" }, "refs/tags/v1"],
  [
    "a merge request of GitLab",
    { ...GITLAB, CI_COMMIT_BRANCH: undefined, CI_MERGE_REQUEST_REF_PATH: "refs/merge-requests/7/head" },
    "refs/merge-requests/7/head",
  ],
  ["a GitLab that says neither", { ...GITLAB, CI_COMMIT_BRANCH: undefined }, "main"],
  ["a branch of a multibranch pipeline", { ...JENKINS, BRANCH_NAME: "main" }, "refs/heads/main"],
  ["a tag of a multibranch pipeline", { ...JENKINS, BRANCH_NAME: "v1", TAG_NAME: "v1" }, "refs/tags/v1"],
  ["a change request of Jenkins", { ...JENKINS, BRANCH_NAME: "PR-7", CHANGE_ID: "7" }, "refs/heads/main"],
  ["another remote of Jenkins", { ...JENKINS, GIT_BRANCH: "fork/main" }, "fork/main"],
])("the reference of %s", (_, env, ref) => {
  const { buildDefinition } = assertedProvenance(env, {}).content as Record<string, Fields>;
  expect(buildDefinition?.["externalParameters"]).toMatchObject({ ref });
  expect(buildDefinition?.["resolvedDependencies"]).toMatchObject([
    { uri: expect.stringMatching(new RegExp(`@${ref}$`)) },
  ]);
});

test("a change request of Jenkins is named", () => {
  const { content } = assertedProvenance({ ...JENKINS, CHANGE_ID: "7" }, {});
  expect(content["buildDefinition"]).toMatchObject({ externalParameters: { changeRequest: "7" } });
});

test.each([
  ["GitLab", GITLAB, ["externalParameters"]],
  ["GitHub", GITHUB, ["externalParameters", "workflow"]],
  ["Jenkins", JENKINS, ["externalParameters"]],
])("the user's source and reference stand in both places of %s", (_, env, path) => {
  const stated = { source: "https://git.example/team/api", ref: "refs/tags/v2" };
  const { buildDefinition } = assertedProvenance(env, stated).content as Record<string, Fields>;
  const parameters = path.reduce<Fields>((one, name) => one[name] as Fields, buildDefinition as Fields);
  expect([parameters["source"] ?? parameters["repository"], parameters["ref"]]).toEqual(
    Object.values(stated),
  );
  expect(buildDefinition?.["resolvedDependencies"]).toMatchObject([
    { uri: `git+${stated.source}@${stated.ref}` },
  ]);
});

test.each([
  ["git@git.example:team/portal.git", "https://git.example/team/portal.git"],
  ["git.example:team/portal.git", "https://git.example/team/portal.git"],
  ["git@git.example:/team/portal.git?token=a", "https://git.example/team/portal.git"],
  ["https://user:word@git.example:8443/a", "https://git.example:8443/a"],
  ["user@host/path?x", "host/path"],
])("the clone address %s names the source %s", (address, source) => {
  expect(assertedJob({ ...JENKINS, GIT_URL: address }, {})?.source).toBe(source);
});

test.each<[string, Record<string, string | undefined>, object, object | undefined]>([
  ["a CI's", GITLAB, {}, { source: "https://gitlab.example/team/portal", commit: COMMIT }],
  ["the user's", GITLAB, STATED, { source: STATED.source, commit: COMMIT }],
  ["nobody's", {}, {}, undefined],
  ["one without a commit", { ...GITLAB, CI_COMMIT_SHA: undefined }, {}, undefined],
  ["one without a source", {}, { commit: COMMIT }, undefined],
  ["one whose commit is a branch", { ...GITLAB, CI_COMMIT_SHA: "main" }, {}, undefined],
])("a job that attests, by its own word: %s", (_, env, stated, job) => {
  expect(assertedJob(env, stated)).toEqual(job);
});

test("Tekton, with what its variables do not say", () => {
  expect(assertedProvenance(TEKTON, STATED).content).toEqual({
    buildDefinition: {
      buildType: "urn:douane:buildtype:tekton:v1",
      externalParameters: { pipelineRun: "portal-34" },
      internalParameters: { taskRun: "build-1", namespace: "ci" },
      resolvedDependencies: [{ uri: "git+https://git.example/team/portal", digest: { gitCommit: COMMIT } }],
    },
    runDetails: { builder: { id: "https://ci.example" }, metadata: { invocationId: "ci/portal-34" } },
    douane_asserted: { by: "job", from: "tekton" },
  });
  const { TEKTON_PIPELINE_RUN: _run, ...task } = TEKTON;
  expect(assertedProvenance(task, STATED).content).toMatchObject({
    runDetails: { metadata: { invocationId: "ci/build-1" } },
  });
  const { TEKTON_NAMESPACE: _namespace, ...pipeline } = TEKTON;
  expect(assertedProvenance(pipeline, STATED).content).toMatchObject({ runDetails: { metadata: {} } });
});

test("options alone, and options before the environment", () => {
  expect(assertedProvenance({}, { ...STATED, ref: "v1" }).content).toMatchObject({
    buildDefinition: {
      externalParameters: { source: "https://git.example/team/portal", ref: "v1" },
      resolvedDependencies: [{ uri: "git+https://git.example/team/portal@v1" }],
    },
    douane_asserted: { by: "job", from: "options" },
  });
  expect(assertedProvenance(GITLAB, STATED).content).toMatchObject({
    runDetails: { builder: { id: "https://ci.example" } },
  });
});

test("options alone have a build type of their own, unless they name one", () => {
  const typeOf = (stated: object) =>
    (assertedProvenance({}, { ...STATED, ...stated }).content["buildDefinition"] as Fields)["buildType"];
  expect([typeOf({}), typeOf({ buildType: "urn:own" })]).toEqual([
    "urn:douane:buildtype:stated:v1",
    "urn:own",
  ]);
});

/** Part of the statement that is missing without one variable of the environment. */
test.each<[string, Readonly<Record<string, string>>, string, unknown]>([
  ["GitLab's runner", GITLAB, "CI_RUNNER_ID", "--builder"],
  ["GitLab's project", GITLAB, "CI_PROJECT_URL", "--source"],
  ["GitLab's commit", GITLAB, "CI_COMMIT_SHA", "--commit"],
  ["GitHub's server", GITHUB, "GITHUB_SERVER_URL", "--source"],
  ["GitHub's repository", GITHUB, "GITHUB_REPOSITORY", "--source"],
  ["GitHub's workflow", GITHUB, "GITHUB_WORKFLOW_REF", "--builder"],
  ["GitHub's commit", GITHUB, "GITHUB_SHA", "--commit"],
  ["Jenkins' commit", JENKINS, "GIT_COMMIT", "--commit"],
  ["Jenkins' repository", JENKINS, "GIT_URL", "--source"],
])("without %s, the option %s is asked for; white space is nothing", (_, env, name, option) => {
  for (const value of ["", "  "])
    expect(() => assertedProvenance({ ...env, [name]: value }, {})).toThrow(`${String(option)} is missing`);
});

test.each<[string, Readonly<Record<string, string>>, string]>([
  ["GitLab", GITLAB, "CI_PIPELINE_URL"],
  ["GitHub", GITHUB, "GITHUB_RUN_ID"],
  ["GitHub", GITHUB, "GITHUB_RUN_ATTEMPT"],
  ["Jenkins", JENKINS, "BUILD_URL"],
])("%s without %s names no run", (_, env, name) => {
  const { content } = assertedProvenance({ ...env, [name]: "" }, {});
  expect((content["runDetails"] as Fields)["metadata"]).not.toHaveProperty("invocationId");
});

test.each([
  ["https://user:word@git.example/a.git?token=b#c", "https://git.example/a.git"],
  ["git@git.example:team/portal.git?token=b", "https://git.example/team/portal.git"],
  ["git.example:team/portal@2", "https://git.example/team/portal@2"],
  ["ssh://git@git.example/a", "ssh://git.example/a"],
  ["git+https://git.example/a", "git+https://git.example/a"],
])("the source %s is %s", (source, uri) => {
  const { content } = assertedProvenance({}, { ...STATED, source });
  const { resolvedDependencies } = content["buildDefinition"] as { resolvedDependencies: readonly Fields[] };
  expect(resolvedDependencies[0]?.["uri"]).toBe(uri.startsWith("git+") ? uri : `git+${uri}`);
});

test("a commit of SHA-256 is one, too", () => {
  const commit = COMMIT.slice(0, 32).repeat(2);
  expect(JSON.stringify(assertedProvenance({}, { ...STATED, commit }))).toContain(`"gitCommit":"${commit}"`);
  for (const other of [COMMIT.slice(1), `${COMMIT}0`, `${commit}0`])
    expect(() => assertedProvenance({}, { ...STATED, commit: other })).toThrow("a commit is written as");
});

test.each([GITLAB, GITHUB, JENKINS])("no token of the job is in the statement", (env) => {
  expect(JSON.stringify(assertedProvenance(env, {}))).not.toContain("secret-token");
});

test("an scp-like address becomes that of HTTPS, without a user", () => {
  const { content } = assertedProvenance({}, { ...STATED, source: "git@git.example:team/portal.git" });
  expect(JSON.stringify(content)).toContain("git+https://git.example/team/portal.git");
});

describe("what is missing is named with its option", () => {
  test.each<[string, Readonly<Record<string, string>>, object, string]>([
    ["no CI", {}, {}, "--source is missing, and no CI is recognised"],
    ["no builder", {}, { ...STATED, builder: undefined }, "--builder is missing, and no CI"],
    [
      "Tekton without a builder",
      TEKTON,
      { ...STATED, builder: undefined },
      "the environment of tekton does not say",
    ],
    ["GitLab without a commit", { ...GITLAB, CI_COMMIT_SHA: "" }, {}, "--commit is missing"],
    [
      "a branch for a commit",
      {},
      { ...STATED, commit: "main" },
      '--commit "main": a commit is written as 40 or 64',
    ],
    ["upper case", {}, { ...STATED, commit: COMMIT.toUpperCase() }, "a commit is written as"],
  ])("%s", (_, env, stated, message) => {
    expect(() => assertedProvenance(env, stated)).toThrow(message);
  });
});

const file = (value: unknown) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value));

test.each<[string, unknown, string]>([
  ["CycloneDX", { bomFormat: "CycloneDX", specVersion: "1.6" }, "https://cyclonedx.org/bom"],
  ["SPDX 2.3", { spdxVersion: "SPDX-2.3" }, "https://spdx.dev/Document"],
  [
    "SPDX 3",
    { "@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": [] },
    "https://spdx.dev/Document/v3",
  ],
])("an SBOM in %s has its predicate type", (_, document, type) => {
  expect(sbomPredicate(file(document), "bom.json")).toEqual({ type, content: document });
});

test.each<[string, () => unknown, string]>([
  ["XML", () => sbomPredicate(file("<bom/>"), "bom.xml"), "json-invalid"],
  ["another document", () => sbomPredicate(file({ name: "x" }), "a.json"), "sbom-format"],
  ["a list", () => sbomPredicate(file([]), "a.json"), "predicate-file"],
  ["one key twice", () => sbomPredicate(file('{"a":1,"a":2}'), "a.json"), "attestation-duplicate-key"],
  [
    "bytes that are no UTF-8",
    () => sbomPredicate(Buffer.from('{"bomFormat":"CycloneDX","a":"\xff"}', "latin1"), "a.json"),
    "json-invalid",
  ],
  ["a type that is no URI", () => predicateFromFile(file({}), "slsaprovenance", "a.json"), "predicate-type"],
  [
    "a whole statement",
    () => predicateFromFile(file({ _type: "https://in-toto.io/Statement/v1" }), "a:b", "a.json"),
    "predicate-file",
  ],
])("%s is refused for that", (_, make, code) => {
  expect(make).toThrow(expect.objectContaining({ code }));
});
