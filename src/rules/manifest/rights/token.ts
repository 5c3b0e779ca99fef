import type { WorkloadFacts } from "../../../contract/workload-facts.ts";

/**
 * Whether containers are given the token of their service account: the pod says it, else the
 * ServiceAccount, else they are; a projected volume gives it in any case.
 */
export function hasToken({ pod: { spec }, related = [] }: WorkloadFacts): boolean {
  const isProjected = spec.volumes.some(({ projected }) =>
    (projected?.sources ?? []).some(({ serviceAccountToken }) => serviceAccountToken !== undefined),
  );
  if (isProjected) return true;
  const own = related.flatMap(({ effect }) => (effect.is === "account" ? [effect] : []));
  const account = own.every(({ automountServiceAccountToken: automount }) => automount === false);
  return spec.automountServiceAccountToken ?? (own.length === 0 || !account);
}
