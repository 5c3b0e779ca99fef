import { type CiBuild, type JobEnvironment, present, valueOf, withoutCredentials } from "./ci-build.ts";

/** https://www.jenkins.io/doc/book/pipeline/jenkinsfile/#using-environment-variables, and those of the Git plugin. */
export function jenkinsBuild(env: JobEnvironment): CiBuild | undefined {
  if (valueOf(env, "JENKINS_URL") === undefined) return undefined;
  const value = (name: string) => valueOf(env, name);
  const uri = withoutCredentials(value("GIT_URL"));
  const ref = value("GIT_BRANCH");
  return {
    ci: "jenkins",
    buildType: "urn:douane:buildtype:jenkins:v1",
    builder: withoutCredentials(value("JENKINS_URL")),
    invocation: withoutCredentials(value("BUILD_URL")),
    source: { uri, commit: value("GIT_COMMIT"), ref },
    externalParameters: present({ source: uri, ref, job: value("JOB_NAME") }),
    internalParameters: present({ node: value("NODE_NAME"), number: value("BUILD_NUMBER") }),
    startedOn: undefined,
  };
}
