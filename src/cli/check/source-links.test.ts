import { expect, test } from "vitest";
import { sourceLinks } from "./source-links.ts";

const SHA = "0123456789abcdef0123456789abcdef01234567";
const GITLAB = {
  GITLAB_CI: "true",
  CI_PROJECT_URL: "https://gitlab.example/equipe/portail",
  CI_PROJECT_DIR: "/builds/equipe/portail",
  CI_COMMIT_SHA: SHA,
};
const GITHUB = {
  GITHUB_ACTIONS: "true",
  GITHUB_SERVER_URL: "https://github.example",
  GITHUB_REPOSITORY: "team/portal",
  GITHUB_WORKSPACE: "/home/runner/work/portal",
  GITHUB_SHA: SHA,
};

test.each([
  [
    GITLAB,
    "/builds/equipe/portail",
    "deploy/web.yaml",
    `https://gitlab.example/equipe/portail/-/blob/${SHA}/deploy/web.yaml#L3`,
  ],
  [
    GITLAB,
    "/builds/equipe/portail/apps",
    "web.yaml",
    `https://gitlab.example/equipe/portail/-/blob/${SHA}/apps/web.yaml#L3`,
  ],
  [
    GITLAB,
    "/builds/equipe/portail",
    "a b/é(1)'.yaml",
    `https://gitlab.example/equipe/portail/-/blob/${SHA}/a%20b/%C3%A9%281%29%27.yaml#L3`,
  ],
  [
    GITHUB,
    "/home/runner/work/portal",
    "deploy/web.yaml",
    `https://github.example/team/portal/blob/${SHA}/deploy/web.yaml#L3`,
  ],
  [GITLAB, "/builds/equipe/portail", "../other/web.yaml", undefined],
  [GITLAB, "/builds/equipe/portail", "-", undefined],
])("%j in %s: a line of %s is at %s", (env, cwd, file, expected) => {
  expect(sourceLinks({ env, cwd })?.(file, 3)).toBe(expected);
});

test.each([
  ["no pipeline", {}],
  [
    "an address that is none",
    { ...GITLAB, CI_PROJECT_URL: "https://gitlab.example/a)[x](https://evil.example" },
  ],
  ["a commit that is none", { ...GITLAB, CI_COMMIT_SHA: "main" }],
  ["no folder", { ...GITHUB, GITHUB_WORKSPACE: undefined }],
])("of %s there are no links", (_, env) => {
  expect(sourceLinks({ env, cwd: "/builds" })).toBeUndefined();
});
