import { type CiBuild, type JobEnvironment, present, valueOf, withoutCredentials } from "./ci-build.ts";

/** https://docs.gitlab.com/ci/variables/predefined_variables/ */
export function gitlabBuild(env: JobEnvironment): CiBuild | undefined {
  if (valueOf(env, "GITLAB_CI") === undefined) return undefined;
  const value = (name: string) => valueOf(env, name);
  const project = withoutCredentials(value("CI_PROJECT_URL"));
  const runner = value("CI_RUNNER_ID");
  return {
    ci: "gitlab",
    buildType: "urn:douane:buildtype:gitlab:v1",
    // The name that GitLab's runner uses for itself in its own provenance.
    builder: project === undefined || runner === undefined ? undefined : `${project}/-/runners/${runner}`,
    invocation: withoutCredentials(value("CI_PIPELINE_URL")),
    source: { uri: project, commit: value("CI_COMMIT_SHA"), ref: value("CI_COMMIT_REF_NAME") },
    externalParameters: present({
      source: project,
      ref: value("CI_COMMIT_REF_NAME"),
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
