/**
 * Files of a repository in which images are built, by their path from its root. Only folders that these
 * patterns name are searched.
 */
const PIPELINES: readonly RegExp[] = [
  /^\.github\/(?:workflows|actions)\/.+\.ya?ml$/,
  /^\.gitlab-ci\.ya?ml$/,
  /^(?:\.gitlab|\.?gitlab-ci|\.?ci)\/.+\.(?:ya?ml|sh)$/,
  /^(?:Jenkinsfile|(?:azure|bitbucket)-pipelines\.yml|\.circleci\/config\.yml|\.(?:drone|woodpecker|travis)\.yml)$/,
  /^\.woodpecker\/[^/]+\.ya?ml$/,
  /^(?:[Mm]akefile|[Jj]ustfile|Taskfile\.ya?ml|skaffold\.yaml|package\.json)$/,
  /^(?:docker-)?compose[^/]*\.ya?ml$/,
  /^docker-bake[^/]*\.(?:hcl|json)$/,
  /^\.(?:kontinuous|kube-workflow)\/(?:.+\/)?(?:config|values)\.ya?ml$/,
  /^(?:scripts?|bin|deploy|docker)\/[^/]+\.sh$/,
  /^[^/]+\.sh$/,
];

const FOLDERS =
  /^(?:\.github(?:\/(?:workflows|actions)(?:\/.+)?)?|(?:\.gitlab|\.?gitlab-ci|\.?ci|\.kontinuous|\.kube-workflow)(?:\/.+)?|\.circleci|\.woodpecker|scripts?|bin|deploy|docker)$/;

/** @param path path from the root of the repository, with `/` */
export function isPipelineFile(path: string): boolean {
  return PIPELINES.some((pattern) => pattern.test(path));
}

/** Whether a folder may contain pipeline files. @param path as for a file */
export function mayHoldPipelines(path: string): boolean {
  return FOLDERS.test(path);
}
