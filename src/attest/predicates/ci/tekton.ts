import { type CiBuild, type JobEnvironment, present, valueOf } from "./ci-build.ts";

/**
 * Build of Tekton, which sets no variables of its own: a step gets these from its context, as the manual
 * shows (`$(context.taskRun.name)`). Builder and source are options.
 */
export function tektonBuild(env: JobEnvironment): CiBuild | undefined {
  const taskRun = valueOf(env, "TEKTON_TASK_RUN");
  if (taskRun === undefined) return undefined;
  const namespace = valueOf(env, "TEKTON_NAMESPACE");
  const pipelineRun = valueOf(env, "TEKTON_PIPELINE_RUN");
  return {
    ci: "tekton",
    buildType: "urn:douane:buildtype:tekton:v1",
    builder: undefined,
    invocation: namespace === undefined ? undefined : `${namespace}/${pipelineRun ?? taskRun}`,
    source: { uri: undefined, commit: undefined, ref: undefined },
    externalParameters: present({ pipelineRun }),
    internalParameters: present({ taskRun, namespace }),
    startedOn: undefined,
  };
}
