import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { LIMITS } from "../../contract/limits.ts";
import { declaringFile } from "../../contract/object-location.ts";
import { dockerfilesIn } from "../../evidence/dockerfile.ts";
import { judgedRoot } from "../../files/judged-root.ts";
import { readBytes } from "../../files/read-bytes.ts";
import type { PipelineSystem } from "../../fix/draft/pipeline.ts";
import { readWorkloads } from "../../workload/read-workloads.ts";

/** Content of a repository that decides which files are missing. */
export interface Repository {
  /** Path of the repository, absolute. */
  readonly path: string;
  readonly dockerfiles: readonly string[];
  /** Files with workloads, including unreadable workloads. */
  readonly manifests: readonly string[];
  /** Folders of charts. */
  readonly charts: readonly string[];
  /** Pipeline system; absent if unknown. */
  readonly system?: PipelineSystem;
  /** Name in the repository's package.json. */
  readonly packageName?: string;
}

/** @param name name of the folder, as the user wrote it */
export async function lookAtRepository(name: string, cwd: string): Promise<Repository> {
  const path = resolve(cwd, name);
  const dockerfiles = [...dockerfilesIn(path, ".")].flatMap((found) =>
    found.kind === "file" ? [found.name] : [],
  );
  const { workloads, problems, skipped } = await readWorkloads(["."], { cwd: path, stdin: nothing() });
  const system = systemOf(path);
  const packageName = packageNameOf(path);
  return {
    path,
    dockerfiles,
    manifests: [
      ...new Set([
        ...workloads.flatMap(({ facts }) => declaringFile(facts.at) ?? []),
        ...problems.map(({ file }) => file),
      ]),
    ].filter((file) => file !== "."),
    charts: skipped.filter(({ reason }) => reason !== "pods").map(({ file }) => file),
    ...(system === undefined ? {} : { system }),
    ...(packageName === undefined ? {} : { packageName }),
  };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

const GIT_CONFIG = ".git/config";

/** Pipeline system by its files, otherwise by the host of git's remote. */
function systemOf(path: string): PipelineSystem | undefined {
  if (existsSync(join(path, ".gitlab-ci.yml"))) return "gitlab";
  if (existsSync(join(path, ".github", "workflows"))) return "github";
  const hosts = textOf(path, GIT_CONFIG) ?? "";
  if (/github\.com[:/]/.test(hosts)) return "github";
  return /gitlab/i.test(hosts) ? "gitlab" : undefined;
}

function packageNameOf(path: string): string | undefined {
  try {
    const { name } = JSON.parse(textOf(path, "package.json") ?? "{}") as { readonly name?: unknown };
    return typeof name === "string" && name !== "" ? basename(name) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Text of a file; undefined if it is missing, not a regular file, outside the repository, or too large.
 *
 * @param path path of the repository, absolute
 */
export function textOf(path: string, file: string): string | undefined {
  try {
    const within = judgedRoot(path);
    const ofGit = file === GIT_CONFIG;
    const bytes = readBytes(join(path, file), { most: LIMITS.dockerfileBytes, within, ofGit });
    return bytes === undefined ? undefined : Buffer.from(bytes).toString();
  } catch {
    return undefined;
  }
}
