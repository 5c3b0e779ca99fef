import { basename } from "node:path";

/**
 * Whether a build context has a .dockerignore file, for all its Dockerfiles or for this Dockerfile alone
 * (`Dockerfile.dockerignore`, https://docs.docker.com/build/concepts/context/#dockerignore-files).
 *
 * @param names names of the context's entries
 * @param dockerfile path of the Dockerfile
 */
export function hasDockerignore(names: readonly string[], dockerfile: string): boolean {
  return names.includes(".dockerignore") || names.includes(`${basename(dockerfile)}.dockerignore`);
}
