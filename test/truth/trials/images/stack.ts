import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Recipe } from "../application.ts";
import { hostLayer } from "./host.ts";
import { baseLayer, type Layer, layerOfCommands, layerOfTree, nodeLayer } from "./layers.ts";
import { buildNext } from "./next.ts";

/** The layers of a recipe, from the base upwards. Images of the same packages share them. */
export function layersOf(name: string, recipe: Recipe): readonly Layer[] {
  const layers: Layer[] = [recipe.base === "host" ? hostLayer() : baseLayer()];
  if (recipe.npm !== undefined) layers.push(nodeLayer());
  if (recipe.debian !== undefined) layers.push(debianLayer(recipe.debian, layers));
  if (recipe.npm !== undefined) layers.push(npmLayer(recipe, recipe.npm));
  if (recipe.files !== undefined) layers.push(fileLayer(name, recipe.files));
  if (recipe.setUp !== undefined) layers.push(layerOfCommands(`setup-${name}`, recipe.setUp, layers));
  return layers;
}

function debianLayer(packages: readonly string[], below: readonly Layer[]): Layer {
  const commands = `
apt-get update --quiet --quiet
apt-get install --yes --quiet --quiet --no-install-recommends ${packages.join(" ")}
rm -f /var/log/apt/* /var/log/dpkg.log /var/log/alternatives.log`;
  return layerOfCommands(`debian-${packages.join("-")}`, commands, below);
}

function npmLayer({ build, overrides, files }: Recipe, packages: readonly string[]): Layer {
  const name = packages.map((one) => one.replace(/(?!^)@.*/, "").replaceAll(/\W+/g, "")).join("-");
  const recipe = [packages, overrides, build, build === undefined ? undefined : files];
  return layerOfTree(`npm-${name}`, recipe, (tree) => {
    const app = join(tree, "app");
    mkdirSync(app);
    writeFileSync(join(app, "package.json"), JSON.stringify({ name: "app", private: true, overrides }));
    npm(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", ...packages], app);
    if (build === "next") buildNext(app, files ?? {});
    rmSync(join(app, "node_modules", ".cache"), { recursive: true, force: true });
  });
}

function npm(words: readonly string[], folder: string): void {
  const { status } = spawnSync("nice", ["npm", ...words], { cwd: folder, stdio: ["ignore", 2, 2] });
  if (status !== 0) throw new Error(`npm ${words.join(" ")} ended with ${status}`);
}

function fileLayer(name: string, files: NonNullable<Recipe["files"]>): Layer {
  return layerOfTree(`files-${name}`, files, (tree) => {
    for (const [path, file] of Object.entries(files)) {
      const { content, mode = 0o644 } = typeof file === "string" ? { content: file } : file;
      mkdirSync(join(tree, dirname(path)), { recursive: true });
      writeFileSync(join(tree, path), content);
      chmodSync(join(tree, path), mode);
    }
  });
}
