import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Application, Dependency } from "./application.ts";
import { imageOfDependency, imageOfRecipe } from "./images/image.ts";
import { manifestOf } from "./manifest.ts";

/** The words of `douane trial` for an application, and the files that they name. @param folder not there yet */
export async function writeGiven(
  application: Application,
  layout: string,
  folder: string,
): Promise<readonly string[]> {
  const { pod, paths, requests, ready, given, dependency, beside } = application;
  mkdirSync(folder, { recursive: true });
  const settings = join(folder, "douane.yaml");
  const trial = {
    ...(paths === undefined ? {} : { warmUp: paths }),
    ...(requests === undefined ? {} : { requests }),
    ...(ready === undefined ? {} : { readyTimeout: ready }),
    ...(given === undefined || pod !== undefined ? {} : { env: given }),
    ...(dependency === undefined ? {} : { dependencies: [await dependencyOf(dependency, folder)] }),
  };
  writeFileSync(settings, JSON.stringify({ trial }));
  const words = ["trial", layout, "--config", settings];
  if (pod === undefined) return words;
  const manifest = join(folder, "deployment.json");
  writeFileSync(manifest, JSON.stringify(manifestOf(application, pod)));
  const byManifest = [...words, "--filename", manifest];
  if (beside === undefined) return byManifest;
  const { layout: other } = await imageOfRecipe(beside.name, beside.recipe);
  return [...byManifest, "--container", "app", "--image", `${beside.name}=${other}`];
}

/** Settings name images in their own folder only. */
async function dependencyOf(dependency: Dependency, folder: string): Promise<unknown> {
  const { layout } = await imageOfDependency(dependency);
  const image = join(folder, "dependency");
  cpSync(layout.slice("oci:".length), image, { recursive: true });
  const { name, port, ready } = dependency;
  return {
    name,
    image: `oci:${image}`,
    ports: [port],
    ...(ready === undefined ? {} : { ready: { timeout: ready } }),
  };
}
