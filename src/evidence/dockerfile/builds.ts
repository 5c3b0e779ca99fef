import { closeSync, existsSync, globSync, lstatSync, openSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import type { BuildValueFacts, StageFacts } from "../../contract/dockerfile-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import { isSecretName } from "../../secrets/secret-name.ts";
import { readUpTo } from "../../workload/read-file.ts";
import { buildValues } from "./build-values.ts";

/** What tells the root of a repository. */
const ROOTS = [".git", ".github", ".gitlab-ci.yml", ".gitlab-ci.yaml"];
/** Folders between a Dockerfile and that root. */
const DEPTH = 20;

/** Files of a repository in which images are built. */
const PIPELINES = [
  ".github/{workflows,actions}/**/*.{yml,yaml}",
  ".gitlab-ci.{yml,yaml}",
  "{.gitlab,.gitlab-ci,gitlab-ci,ci,.ci}/**/*.{yml,yaml,sh}",
  "{Jenkinsfile,azure-pipelines.yml,bitbucket-pipelines.yml,.circleci/config.yml,.drone.yml,.woodpecker.yml,.travis.yml}",
  ".woodpecker/*.{yml,yaml}",
  "{Makefile,makefile,justfile,Justfile,Taskfile.yml,Taskfile.yaml,skaffold.yaml,package.json}",
  "{docker-,}compose*.{yml,yaml}",
  "docker-bake*.{hcl,json}",
  "{.kontinuous,.kube-workflow}/**/{config,values}.{yml,yaml}",
  "{scripts,script,bin,deploy,docker}/*.sh",
  "*.sh",
];

/**
 * What the pipelines of the Dockerfile's repository give to its ARGs; undefined where there are none, or
 * where not all of them could be read: then nothing is known of the others.
 */
export function buildsOf(
  path: string,
  { stages }: { readonly stages: readonly StageFacts[] },
): readonly BuildValueFacts[] | undefined {
  const names = new Set(
    stages.flatMap(({ args }) => args.map(({ name }) => name)).filter((name) => !isSecretName(name)),
  );
  const root = rootOf(path);
  if (names.size === 0) return undefined;
  try {
    const files = globSync(PIPELINES, { cwd: root }).sort();
    if (files.length === 0 || files.length > LIMITS.buildFiles) return undefined;
    const texts = files.map((file) => ({ file: file.split(sep).join("/"), text: textOf(join(root, file)) }));
    return buildValues(texts, names, relative(root, path).split(sep).join("/"));
  } catch {
    return undefined;
  }
}

/** The folder of the Dockerfile itself, where nothing tells. */
function rootOf(path: string): string {
  let folder = dirname(path);
  for (let depth = 0; depth < DEPTH; depth += 1) {
    if (ROOTS.some((name) => existsSync(join(folder, name)))) return folder;
    folder = dirname(folder);
  }
  return dirname(path);
}

/** Throws for what is no file, and for one that is too long. */
function textOf(path: string): string {
  if (!lstatSync(path).isFile()) throw new Error(path);
  const descriptor = openSync(path, "r");
  try {
    const bytes = readUpTo(descriptor, LIMITS.buildFileBytes + 1);
    if (bytes.length > LIMITS.buildFileBytes) throw new Error(path);
    return Buffer.from(bytes).toString();
  } finally {
    closeSync(descriptor);
  }
}
