import {
  type CiBuild,
  type JobEnvironment,
  present,
  type StatedSource,
  valueOf,
  withoutCredentials,
} from "./ci-build.ts";

/** Build of a GitLab job, by its variables: https://docs.gitlab.com/ci/variables/predefined_variables/ */
export function gitlabBuild(env: JobEnvironment, stated: StatedSource): CiBuild | undefined {
  if (valueOf(env, "GITLAB_CI") === undefined) return undefined;
  const value = (name: string) => valueOf(env, name);
  const project = withoutCredentials(value("CI_PROJECT_URL"));
  const runner = value("CI_RUNNER_ID");
  const ref = stated.ref ?? gitlabRef(value);
  const source = withoutCredentials(stated.source) ?? project;
  return {
    ci: "gitlab",
    buildType: "urn:douane:buildtype:gitlab:v1",
    // The name that GitLab's runner uses for itself in its own provenance.
    builder: project === undefined || runner === undefined ? undefined : `${project}/-/runners/${runner}`,
    invocation: withoutCredentials(value("CI_PIPELINE_URL")),
    source: { uri: source, commit: value("CI_COMMIT_SHA"), ref },
    externalParameters: present({
      source,
      ref,
      configuration: value("CI_CONFIG_PATH"),
      pipelineSource: value("CI_PIPELINE_SOURCE"),
    }),
    internalParameters: present({
      job: withoutCredentials(value("CI_JOB_URL")),
      refProtected: value("CI_COMMIT_REF_PROTECTED"),
      runner,
    }),
    startedOn: value("CI_PIPELINE_CREATED_AT"),
  };
}

/** Full reference: `main` alone may be a branch or a tag. */
function gitlabRef(value: (name: string) => string | undefined): string | undefined {
  const [tag, branch] = [value("CI_COMMIT_TAG"), value("CI_COMMIT_BRANCH")];
  if (tag !== undefined) return `refs/tags/${tag}`;
  if (branch !== undefined) return `refs/heads/${branch}`;
  return value("CI_MERGE_REQUEST_REF_PATH") ?? value("CI_COMMIT_REF_NAME");
}
