import { resolve } from "node:path";
import type { DockerfileFacts } from "../contract/dockerfile-facts.ts";
import { fileProblem } from "../contract/source-problem.ts";
import { Repositories } from "../evidence/dockerfile/repositories.ts";
import { dockerfilesIn, readDockerfile } from "../evidence/dockerfile.ts";
import type { ProblemListener } from "./assessment.ts";
import type { Inputs } from "./inputs.ts";

/** Reads the Dockerfiles that were named, and those below the folders that were; what cannot be read is told. */
export async function readDockerfiles(
  { dockerfiles, projects }: Inputs,
  cwd: string,
  listener: ProblemListener,
): Promise<readonly DockerfileFacts[]> {
  const facts = new Map<string, DockerfileFacts>();
  const repositories = new Repositories();
  const read = async (name: string): Promise<void> => {
    const path = resolve(cwd, name);
    if (facts.has(path)) return;
    try {
      facts.set(path, readDockerfile(path, { cwd, name, repositories }));
    } catch (error) {
      await listener.failed({ kind: "file", file: name }, error);
    }
  };
  for (const name of dockerfiles) await read(name);
  for (const project of projects) {
    for (const found of dockerfilesIn(resolve(cwd, project), project)) {
      if (found.is === "file") await read(found.name);
      else if (found.is === "problem")
        await listener.unreadable([fileProblem({ file: found.name, message: found.problem })]);
    }
  }
  return [...facts.values()];
}
