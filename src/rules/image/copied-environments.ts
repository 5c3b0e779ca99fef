import type { CopiedFiles } from "./copied-files.ts";
import { environmentFile } from "./environment-files.ts";

/** A source that is named for an environment. */
export interface CopiedEnvironment {
  readonly source: string;
  readonly environment: string;
}

/** The sources that are named for an environment and copied to a place that is not: the contract's own example. */
export function copiedEnvironments({ sources, destination }: CopiedFiles): readonly CopiedEnvironment[] {
  if (environmentFile(`/${destination}`) !== undefined) return [];
  return sources.flatMap((source) => {
    const named = environmentFile(`/${source}`) ?? environmentFile(`/${source.replace(/\/$/, "")}/x.yaml`);
    if (named?.environment === undefined || named.kind === "framework" || source.endsWith(".conf")) return [];
    return [{ source, environment: named.environment }];
  });
}
