import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Layer, layerOfTree } from "../trials/images/layers.ts";
import type { Skeleton } from "./skeleton.ts";

/**
 * The layer of a skeleton: npm installs, the framework builds, and the files of the image are copied. Made
 * once and kept. Throws if npm or the build fails.
 */
export function skeletonLayer(skeleton: Skeleton): Layer {
  return layerOfTree(`material-${skeleton.name}`, skeleton, (tree) => {
    const project = `${tree}.project`;
    makeProject(skeleton, project);
    for (const [path, source] of Object.entries(skeleton.image)) {
      const target = join(tree, path);
      mkdirSync(dirname(target), { recursive: true });
      cpSync(join(project, source), target, { recursive: true, verbatimSymlinks: true });
    }
    rmSync(project, { recursive: true });
  });
}

function makeProject({ name, npm, files, build, environment }: Skeleton, project: string): void {
  mkdirSync(project, { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), content);
  }
  writeFileSync(join(project, "package.json"), JSON.stringify({ name, private: true, type: typeOf(files) }));
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
  run("npm", ["install", "--ignore-scripts", ...quiet, ...npm], project, environment);
  for (const [program = "", ...words] of build)
    run(join(project, "node_modules", ".bin", program), words, project, environment);
}

/** `module.exports` is CommonJS. */
function typeOf(files: Skeleton["files"]): "commonjs" | "module" {
  return Object.values(files).some((text) => text.startsWith("module.exports")) ? "commonjs" : "module";
}

function run(
  program: string,
  words: readonly string[],
  cwd: string,
  environment: Skeleton["environment"],
): void {
  const path = `${dirname(process.execPath)}:${process.env["PATH"] ?? ""}`;
  const { status } = spawnSync("nice", [program, ...words], {
    cwd,
    stdio: ["ignore", 2, 2],
    env: { ...process.env, PATH: path, ...environment },
  });
  if (status !== 0) throw new Error(`${program} ${words.join(" ")} ended with ${status} in ${cwd}`);
}
