import { mayBeState } from "../../contract/passing-path.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { observed } from "../../observations/observed.ts";
import type { InstanceFiles } from "./instance-files.ts";

/**
 * The first file of a volume that has the content of the replica's, and other permissions, another owner
 * or another time that was set. Nobody sees who asks for them, so that nothing says whether they are state.
 * Of a file on the replica's root they are not known: an emptyDir that was tried is compared with nothing.
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
