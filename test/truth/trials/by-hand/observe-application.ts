import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Application } from "../application.ts";
import { imageOfDependency, imageOfRecipe } from "../images/image.ts";
import type { Observation, Subject } from "./observation.ts";

/** Observes an application with runc and the kernel alone; its traces end with the namespaces. */
export async function observeApplication({
  name,
  recipe,
  pod,
  beside,
  dependency,
  given = {},
  paths,
  requests,
  ready,
  settle,
}: Application): Promise<Observation> {
  const { trees } = await imageOfRecipe(name, recipe);
  const subject: Subject = {
    name,
    recipe: { ...recipe, environment: { ...recipe.environment, ...given } },
    trees,
    ...(pod === undefined ? {} : { emptyDirs: pod.emptyDirs }),
    ...(beside === undefined
      ? {}
      : { beside: { ...beside, ...(await imageOfRecipe(beside.name, beside.recipe)) } }),
    ...(typeof pod?.health === "object" && "command" in pod.health ? { command: pod.health.command } : {}),
    ...(dependency === undefined
      ? {}
      : { dependency: { ...dependency, ...(await imageOfDependency(dependency)) } }),
    ...(paths === undefined ? {} : { paths }),
    ...(requests === undefined ? {} : { requests }),
    ...(ready === undefined ? {} : { ready }),
    ...(settle === undefined ? {} : { settle }),
  };
  const namespaces = ["--mount", "--net", "--pid", "--fork", "--mount-proc", "--kill-child"];
  const child = spawn("unshare", [...namespaces, process.execPath, join(import.meta.dirname, "observe.ts")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.end(JSON.stringify(subject));
  const [printed] = await Promise.all([
    text(child.stdout),
    new Promise((resolve) => child.on("close", resolve)),
  ]);
  return JSON.parse(printed) as Observation;
}
