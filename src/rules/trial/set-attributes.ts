import { mayBeState } from "../../contract/temporary-path.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { observed } from "../../observations/observed.ts";
import type { InstanceFiles } from "./instance-files.ts";

/**
 * First file of a volume with the same content as the replica's, but other permissions, another owner, or a
 * time that was set explicitly. The trial cannot observe the use of these attributes, so it is unknown
 * whether they are state. They are unknown for a replica's files on the root, so tried emptyDirs are not
 * compared.
 */
export function setAttributes(trial: TrialFacts, { replica }: InstanceFiles): string | undefined {
  const found = observed(trial.observations, "write").find(({ phase, area, path, digest, attributes }) => {
    const other = replica.get(path);
    if (phase === "replica" || area === "/" || other === undefined || other.digest !== digest) return false;
    if (other.attributes === undefined) return false;
    return attributes !== other.attributes && mayBeState(path);
  });
  return found?.path;
}
