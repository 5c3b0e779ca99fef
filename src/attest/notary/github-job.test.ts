import { describe, expect, test } from "vitest";
import { githubClaims } from "../../../test/fixtures/fake-issuer.ts";
import { githubJob } from "./github-job.ts";

const ISSUER = "https://token.actions.githubusercontent.com";
const COMMIT = "9f0c3d6a1b2c4d5e6f708192a3b4c5d6e7f80912";

const job = (changes: Readonly<Record<string, unknown>> = {}, issuer = ISSUER) =>
  githubJob(githubClaims(0, { environment: "production", ...changes }), issuer);

test("every claim of a job is at its place", () => {
  expect(job()).toEqual({
    project: "social/portal",
    source: "https://github.com/social/portal",
    commit: COMMIT,
    ref: "refs/heads/main",
    isProtected: true,
    isMergeRequest: false,
    builder: "https://github.com/social/ci/.github/workflows/build.yml@refs/tags/v3",
    buildType: "https://actions.github.io/buildtypes/workflow/v1",
    invocation: "https://github.com/social/portal/actions/runs/30433642/attempts/2",
    definition: {
      uri: "https://github.com/social/portal/.github/workflows/release.yml@refs/heads/main",
      commit: COMMIT,
    },
    claims: {
      run_id: "30433642",
      run_number: "57",
      run_attempt: "2",
      event_name: "push",
      workflow_ref: "social/portal/.github/workflows/release.yml@refs/heads/main",
      workflow_sha: COMMIT,
      job_workflow_ref: "social/ci/.github/workflows/build.yml@refs/tags/v3",
      job_workflow_sha: "1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e",
      runner_environment: "github-hosted",
      ref_type: "branch",
      ref_protected: "true",
      repository_id: "901",
      repository_owner_id: "17",
      environment: "production",
      actor: "camille",
    },
  });
});

test("claims that a GitHub Enterprise Server of before lacks are left out, and a first attempt is the first", () => {
  const { definition, invocation, claims } = job({
    workflow_sha: undefined,
    run_attempt: undefined,
    environment: undefined,
  });
  expect(definition).toEqual({
    uri: "https://github.com/social/portal/.github/workflows/release.yml@refs/heads/main",
  });
  expect(invocation).toBe("https://github.com/social/portal/actions/runs/30433642/attempts/1");
  expect(Object.keys(claims)).not.toContain("workflow_sha");
  expect(Object.keys(claims)).not.toContain("environment");
});

test.each([
  [ISSUER, "https://github.com"],
  ["https://github.example.org/_services/token", "https://github.example.org"],
  // A host that only begins or ends like GitHub's own is another server.
  [
    "https://token.actions.githubusercontent.com.example.org",
    "https://token.actions.githubusercontent.com.example.org",
  ],
])("tokens of %s are of repositories of %s", (issuer, server) => {
  const { source, builder, invocation } = job({}, issuer);
  expect([source, builder, invocation].every((uri) => uri.startsWith(`${server}/social/`))).toBe(true);
});

describe("code that nobody has accepted", () => {
  test.each([
    ["pull_request", true],
    ["pull_request_target", true],
    ["merge_group", true],
    ["issue_comment", true],
    ["workflow_run", true],
    ["push", false],
    ["release", false],
    ["schedule", false],
    ["workflow_dispatch", false],
  ])("event %s: %s", (event_name, isMergeRequest) => {
    expect(job({ event_name })).toMatchObject({ isMergeRequest });
  });

  test.each([
    ["true", true],
    [true, true],
    ["false", false],
    [false, false],
    ["TRUE", false],
    [1, false],
  ])("ref_protected %j: %s", (ref_protected, isProtected) => {
    expect(job({ ref_protected })).toMatchObject({ isProtected });
  });
});

test.each([
  ["repository", "portal"],
  ["repository", "social/../portal"],
  ["repository", undefined],
  ["sha", COMMIT.slice(1)],
  ["sha", `${COMMIT}0`],
  ["sha", COMMIT.toUpperCase()],
  ["sha", undefined],
  ["ref", "heads/main"],
  ["ref", "refs/"],
  ["ref", "x/refs/heads/main"],
  ["ref", undefined],
  ["run_id", "0x1f"],
  ["run_id", "30433642/"],
  ["run_id", "/30433642"],
  ["run_id", ""],
  ["run_id", "1".repeat(21)],
  ["run_id", undefined],
  ["event_name", undefined],
  ["ref_protected", undefined],
  ["job_workflow_ref", undefined],
  ["workflow_ref", undefined],
])("refused: %s %j", (claim, value) => {
  expect(() => job({ [claim]: value })).toThrow(
    expect.objectContaining({ code: "token-claims", status: 401 }) as Error,
  );
});
