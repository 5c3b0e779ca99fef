import {
  type CiBuild,
  type JobEnvironment,
  present,
  type StatedSource,
  valueOf,
  withoutCredentials,
} from "./ci-build.ts";

/**
 * https://docs.github.com/actions/reference/variables-reference, with the parameters that GitHub's own build type
 * defines.
 */
export function githubBuild(env: JobEnvironment, stated: StatedSource): CiBuild | undefined {
  if (valueOf(env, "GITHUB_ACTIONS") === undefined) return undefined;
  const value = (name: string) => valueOf(env, name);
  const server = withoutCredentials(value("GITHUB_SERVER_URL"))?.replace(/\/$/, "");
  const repository = server === undefined ? undefined : joined(server, value("GITHUB_REPOSITORY"));
  const run = joined(repository, "actions", "runs", value("GITHUB_RUN_ID"));
  const ref = stated.ref ?? value("GITHUB_REF");
  const source = withoutCredentials(stated.source) ?? repository;
  return {
    ci: "github",
    buildType: "https://actions.github.io/buildtypes/workflow/v1",
    builder: joined(server, value("GITHUB_WORKFLOW_REF")),
    invocation: joined(run, "attempts", value("GITHUB_RUN_ATTEMPT")),
    source: { uri: source, commit: value("GITHUB_SHA"), ref },
    externalParameters: { workflow: present({ ref, repository: source, path: workflowPath(env) }) },
    internalParameters: {
      github: present({
        event_name: value("GITHUB_EVENT_NAME"),
        ref_protected: value("GITHUB_REF_PROTECTED"),
        repository_id: value("GITHUB_REPOSITORY_ID"),
        repository_owner_id: value("GITHUB_REPOSITORY_OWNER_ID"),
        runner_environment: value("RUNNER_ENVIRONMENT"),
      }),
    },
    startedOn: undefined,
  };
}

/** `.github/workflows/release.yml` of `owner/name/.github/workflows/release.yml@refs/heads/main`. */
function workflowPath(env: JobEnvironment): string | undefined {
  const reference = valueOf(env, "GITHUB_WORKFLOW_REF") ?? "";
  return /^[^/@]{1,200}\/[^/@]{1,200}\/([^@]{1,1000})@/.exec(reference)?.[1];
}

/** Path below an address; undefined if any part is. */
function joined(...parts: readonly (string | undefined)[]): string | undefined {
  return parts.includes(undefined) ? undefined : parts.join("/");
}
