import type { PlacementFacts } from "../../../contract/pod-containers.ts";
import {
  type InvalidField,
  invalidAt,
  podField,
  type WorkloadFacts,
} from "../../../contract/workload-facts.ts";
import { HIGHEST_ID } from "../../../start/container-user.ts";

const FIELD = "securityContext.runAsUser";

export interface UserInEffect {
  /** The non-root uid that the manifest sets for the container, if any. */
  readonly uid?: number;
  /** The invalid runAsUser that leaves the user unknown. */
  readonly invalid?: InvalidField;
}

/** The container's own runAsUser, otherwise the pod's. */
export function effectiveUser(workload: WorkloadFacts, { path, spec }: PlacementFacts): UserInEffect {
  const own = spec.securityContext?.runAsUser;
  const invalid =
    invalidAt(workload, `${path}.${FIELD}`) ??
    (own === undefined ? invalidAt(workload, podField(workload, `spec.${FIELD}`)) : undefined);
  if (invalid !== undefined) return { invalid };
  const uid = own ?? workload.pod.spec.securityContext?.runAsUser ?? 0;
  return uid > 0 && uid <= HIGHEST_ID ? { uid } : {};
}
