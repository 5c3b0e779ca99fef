import { closeSync, existsSync, globSync, lstatSync, openSync, readdirSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { LIMITS } from "../../contract/limits.ts";
import { readUpTo } from "../../workload/read-file.ts";
import type { BuildFile } from "./build-values.ts";

/** What tells the root of a repository. */
const ROOTS = [".git", ".github", ".gitlab-ci.yml", ".gitlab-ci.yaml"];
/** Folders between a Dockerfile and that root. */
const DEPTH = 20;

/** Files of a repository in which images are built, by what must stand in its root for them. */
const PIPELINES: readonly (readonly [RegExp, string])[] = [
  [/^\.github$/, ".github/{workflows,actions}/**/*.{yml,yaml}"],
  [/^\.gitlab-ci\.ya?ml$/, ".gitlab-ci.{yml,yaml}"],
  [/^(?:\.gitlab|\.?gitlab-ci|\.?ci)$/, "{.gitlab,.gitlab-ci,gitlab-ci,ci,.ci}/**/*.{yml,yaml,sh}"],
  [
    /^(?:Jenkinsfile|(?:azure|bitbucket)-pipelines\.yml|\.circleci|\.(?:drone|woodpecker|travis)\.yml)$/,
    "{Jenkinsfile,azure-pipelines.yml,bitbucket-pipelines.yml,.circleci/config.yml,.drone.yml,.woodpecker.yml,.travis.yml}",
  ],
  [/^\.woodpecker$/, ".woodpecker/*.{yml,yaml}"],
  [
    /^(?:[Mm]akefile|[Jj]ustfile|Taskfile\.ya?ml|skaffold\.yaml|package\.json)$/,
    "{Makefile,makefile,justfile,Justfile,Taskfile.yml,Taskfile.yaml,skaffold.yaml,package.json}",
  ],
  [/^(?:docker-)?compose[^]*\.ya?ml$/, "{docker-,}compose*.{yml,yaml}"],
  [/^docker-bake[^]*\.(?:hcl|json)$/, "docker-bake*.{hcl,json}"],
  [/^\.(?:kontinuous|kube-workflow)$/, "{.kontinuous,.kube-workflow}/**/{config,values}.{yml,yaml}"],
  [/^(?:scripts?|bin|deploy|docker)$/, "{scripts,script,bin,deploy,docker}/*.sh"],
  [/\.sh$/, "*.sh"],
];

/** The repositories of a run's Dockerfiles, which mostly share one: it is looked through once. */
export class Repositories {
  /** By folder. */
  readonly #roots = new Map<string, string | undefined>();
  #latest: { readonly root: string; readonly pipelines: readonly BuildFile[] | undefined } | undefined;

  /** The root of the repository that a file lies in; its own folder, where nothing tells. */
  rootOf(path: string): string {
    return this.#rootAbove(dirname(path), DEPTH) ?? dirname(path);
  }

  /** Undefined: there are none, or not all of them could be read. */
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
    const names = readdirSync(root);
    const patterns = PIPELINES.filter(([first]) => names.some((name) => first.test(name)));
    const files = globSync(
      patterns.map(([, pattern]) => pattern),
      { cwd: root },
    ).sort();
    if (files.length === 0 || files.length > LIMITS.buildFiles) return undefined;
    return files.map((file) => ({ file: file.split(sep).join("/"), text: textOf(join(root, file)) }));
  } catch {
    return undefined;
  }
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
