import {
  type CiBuild,
  type JobEnvironment,
  present,
  type StatedSource,
  valueOf,
  withoutCredentials,
} from "./ci-build.ts";

/**
 * Build of a Jenkins pipeline, by its variables
 * (https://www.jenkins.io/doc/book/pipeline/jenkinsfile/#using-environment-variables) and those of the Git plugin.
 */
export function jenkinsBuild(env: JobEnvironment, stated: StatedSource): CiBuild | undefined {
  if (valueOf(env, "JENKINS_URL") === undefined) return undefined;
  const value = (name: string) => valueOf(env, name);
  const uri = withoutCredentials(stated.source ?? value("GIT_URL"));
  const ref = stated.ref ?? jenkinsRef(value);
  return {
    ci: "jenkins",
    buildType: "urn:douane:buildtype:jenkins:v1",
    builder: withoutCredentials(value("JENKINS_URL")),
    invocation: withoutCredentials(value("BUILD_URL")),
    source: { uri, commit: value("GIT_COMMIT"), ref },
    externalParameters: present({
      source: uri,
      ref,
      job: value("JOB_NAME"),
      changeRequest: value("CHANGE_ID"),
    }),
    internalParameters: present({ node: value("NODE_NAME"), number: value("BUILD_NUMBER") }),
    startedOn: undefined,
  };
}

/** Reference of a multibranch pipeline; else of the Git plugin's name for a branch, `origin/main`. */
function jenkinsRef(value: (name: string) => string | undefined): string | undefined {
  const [tag, branch] = [value("TAG_NAME"), value("BRANCH_NAME")];
  if (tag !== undefined) return `refs/tags/${tag}`;
  if (branch !== undefined && value("CHANGE_ID") === undefined) return `refs/heads/${branch}`;
  return value("GIT_BRANCH")?.replace(/^origin\//, "refs/heads/");
}
