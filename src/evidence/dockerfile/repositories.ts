import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { LIMITS } from "../../contract/limits.ts";
import { judgedRoot } from "../../files/judged-root.ts";
import { listFolder } from "../../files/list-folder.ts";
import { readBytes } from "../../files/read-bytes.ts";
import type { BuildFile } from "./build-values.ts";
import { isPipelineFile, mayHoldPipelines } from "./pipeline-files.ts";

/** Entries that mark the root of a repository. */
const ROOTS = [".git", ".github", ".gitlab-ci.yml", ".gitlab-ci.yaml"];
/** Maximum number of folders between a Dockerfile and its repository's root. */
const DEPTH = 20;

/**
 * Repositories of a run's Dockerfiles. Usually, the Dockerfiles share one repository, which is searched once.
 */
export class Repositories {
  /** Repository roots by folder. */
  readonly #roots = new Map<string, string | undefined>();
  #latest: { readonly root: string; readonly pipelines: readonly BuildFile[] | undefined } | undefined;

  /** Root of the repository that contains a file; the file's own folder if none is found. */
  rootOf(path: string): string {
    return this.#rootAbove(dirname(path), DEPTH) ?? dirname(path);
  }

  /** Pipeline files of a repository; undefined if there are none, or if a file is unreadable. */
  pipelinesOf(root: string): readonly BuildFile[] | undefined {
    if (this.#latest?.root !== root) this.#latest = { root, pipelines: pipelinesIn(root) };
    return this.#latest.pipelines;
  }

  #rootAbove(folder: string, depth: number): string | undefined {
    if (this.#roots.has(folder)) return this.#roots.get(folder);
    const parent = dirname(folder);
    const isRoot = ROOTS.some((name) => existsSync(join(folder, name)));
    const isLast = depth === 1 || parent === folder;
    const root = isRoot ? folder : isLast ? undefined : this.#rootAbove(parent, depth - 1);
    this.#roots.set(folder, root);
    return root;
  }
}

function pipelinesIn(root: string): readonly BuildFile[] | undefined {
  try {
    const within = judgedRoot(root);
    const files: string[] = [];
    if (!addFiles(root, "", files, { left: LIMITS.pipelineEntries })) return undefined;
    if (files.length === 0 || files.length > LIMITS.buildFiles) return undefined;
    return files.sort().map((file) => ({ file, text: textOf(join(root, file), within) }));
  } catch {
    return undefined;
  }
}

/**
 * Adds pipeline files below a folder; links to folders are not followed.
 *
 * @returns false if there are too many entries
 */
function addFiles(root: string, folder: string, files: string[], budget: { left: number }): boolean {
  for (const entry of listFolder(join(root, folder), budget.left)) {
    budget.left -= 1;
    if (budget.left <= 0) return false;
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (mayHoldPipelines(path) && !addFiles(root, path, files, budget)) return false;
    } else if (isPipelineFile(path)) files.push(path);
  }
  return true;
}

/** Text of a file. Throws if it is not a regular file or is too long. */
function textOf(path: string, within: string): string {
  const bytes = readBytes(path, { most: LIMITS.buildFileBytes, within });
  if (bytes === undefined) throw new Error(path);
  return Buffer.from(bytes).toString();
}
