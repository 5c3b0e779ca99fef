import type { Collected } from "../../contract/evidence.ts";
import type { TrialFacts } from "../../contract/trial-facts.ts";
import { joinedEnvironment, nameOf } from "../../start/joined-environment.ts";
import { manifestEnvironment } from "../../start/manifest-environment.ts";
import { SERVICE_VARIABLES } from "../../start/service-variables.ts";

type Given = Pick<Collected, "image" | "placement"> & { readonly trial: TrialFacts };

/**
 * Values of the container's variables, including the kubelet's, with the words of its command; and whether
 * these are all values.
 */
export function knownValues({ trial, image, placement }: Given): {
  readonly values: readonly string[];
  /** False if variables or files with unknown content could contain more values. */
  readonly complete: boolean;
} {
  const spec = placement?.spec ?? {};
  const joined = joinedEnvironment([], image?.config.env ?? [], manifestEnvironment(spec));
  // An unresolved reference is excluded: it may stand for a value of the cluster.
  const known = joined.filter((entry) => !entry.includes("$("));
  const names = new Set(known.map(nameOf));
  // HOME, HOSTNAME and PATH come from the runtime.
  const unknown = trial.envNames.filter(
    (name) => !names.has(name) && !/^(?:HOME|HOSTNAME|PATH|TERM)$/.test(name),
  );
  const links = (trial.services ?? []).map(({ address }) => address);
  const injected = trial.mounts.some((mount) => mount !== "/tmp") || (spec.envFrom ?? []).length > 0;
  return {
    values: [...trial.argv, ...known, ...SERVICE_VARIABLES.values(), ...links],
    complete: unknown.length === 0 && !injected,
  };
}
