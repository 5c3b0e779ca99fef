import type { WorkloadFacts } from "../../../contract/workload-facts.ts";

/**
 * Whether containers get their service account's token. The pod's setting takes precedence over the
 * ServiceAccount's; the default is yes. A projected volume provides the token in any case.
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
