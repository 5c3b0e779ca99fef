import { resolve } from "node:path";
import type { DockerfileFacts } from "../contract/dockerfile-facts.ts";
import { fileProblem } from "../contract/source-problem.ts";
import { Repositories } from "../evidence/dockerfile/repositories.ts";
import { dockerfilesIn, readDockerfile } from "../evidence/dockerfile.ts";
import { judgedRoot } from "../files/judged-root.ts";
import type { Exclusions } from "../workload/left-out/left-out.ts";
import type { ProblemListener } from "./run/assessment.ts";
import type { Inputs } from "./run/inputs.ts";

/** Reads the named Dockerfiles and the Dockerfiles below named folders; reports unreadable ones. */
export async function readDockerfiles(
  inputs: Inputs,
  cwd: string,
  listener: ProblemListener,
  exclusions?: Exclusions,
): Promise<readonly DockerfileFacts[]> {
  const repositories = new Repositories();
  const read = async (name: string, within?: string) =>
    readDockerfile(resolve(cwd, name), { cwd, name, repositories, within });
  return eachDockerfile(inputs, cwd, listener, read, exclusions);
}

/**
 * Calls `use` for each Dockerfile once; an error is reported as the file's.
 *
 * @param use receives the folder in which the file was found, with links resolved; undefined if the user
 * named the file
 */
export async function eachDockerfile<T>(
  { dockerfiles, projects }: Pick<Inputs, "dockerfiles" | "projects">,
  cwd: string,
  listener: ProblemListener,
  use: (name: string, within?: string) => Promise<T>,
  exclusions?: Exclusions,
): Promise<readonly T[]> {
  const made = new Map<string, T>();
  const read = async (name: string, within?: string): Promise<void> => {
    const path = resolve(cwd, name);
    if (made.has(path)) return;
    try {
      made.set(path, await use(name, within));
    } catch (error) {
      await listener.failed({ kind: "file", file: name }, error);
    }
  };
  for (const name of dockerfiles) await read(name);
  for (const project of projects) {
    for (const found of dockerfilesIn(resolve(cwd, project), project, exclusions)) {
      if (found.kind === "file") await read(found.name, judgedRoot(resolve(cwd, project)));
      else if (found.kind === "problem")
        await listener.unreadable([fileProblem({ file: found.name, message: found.problem })]);
    }
  }
  return [...made.values()];
}
