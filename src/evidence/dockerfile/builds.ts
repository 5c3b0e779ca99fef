import { relative, sep } from "node:path";
import type { BuildValueFacts, StageFacts } from "../../contract/dockerfile-facts.ts";
import { isSecretName } from "../../secrets/secret-name.ts";
import { buildValues } from "./build-values.ts";
import type { Repositories } from "./repositories.ts";

/**
 * Values that the pipelines of the Dockerfile's repository give to its ARGs. Undefined if there are no
 * pipelines, or if a pipeline is unreadable, since it could set other values.
 */
export function buildsOf(
  path: string,
  { stages }: { readonly stages: readonly StageFacts[] },
  repositories: Repositories,
): readonly BuildValueFacts[] | undefined {
  const names = new Set(
    stages.flatMap(({ args }) => args.map(({ name }) => name)).filter((name) => !isSecretName(name)),
  );
  if (names.size === 0) return undefined;
  const root = repositories.rootOf(path);
  const pipelines = repositories.pipelinesOf(root);
  return pipelines && buildValues(pipelines, names, relative(root, path).split(sep).join("/"));
}
