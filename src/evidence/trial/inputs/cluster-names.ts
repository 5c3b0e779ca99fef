import { excerpt } from "../../../contract/shown.ts";
import type { RawTrial, Reservation } from "../../../contract/trial-facts.ts";
import { asksCluster } from "../pod-names.ts";
import type { InputPlace } from "./declared-input.ts";

/** Suffix that the resolver adds first where the pod asks the cluster's DNS. */
const FIRST_SUFFIX = /\.default\.svc\.cluster\.local$/;
/** Names that only the cluster's DNS resolves: of one label, or of a Service with its namespace. */
const OF_CLUSTER = /^[^.]+$|\.svc$|\.svc\.|\.cluster\.local$/;

/**
 * Name that the trial resolved to a dependency, but that the deployed pod does not resolve, since its
 * dnsPolicy excludes the cluster's DNS.
 */
export function clusterNames(
  { workload: { pod } }: Pick<InputPlace, "workload">,
  { observations }: Pick<RawTrial, "observations">,
): readonly Reservation[] {
  const { dnsPolicy } = pod.spec;
  if (asksCluster(dnsPolicy)) return [];
  const names = observations.flatMap((one) => (one.kind === "dns" && one.answered ? [one.name] : []));
  const found = names.map((name) => name.replace(FIRST_SUFFIX, "")).find((name) => OF_CLUSTER.test(name));
  if (found === undefined) return [];
  const [policy, name] = [excerpt(dnsPolicy ?? ""), excerpt(found)];
  return [
    {
      fr: `l'essai a donné une adresse au nom ${name}, que seul connaît le DNS du cluster : avec dnsPolicy: ${policy}, le pod ne l'interroge pas`,
      en: `the trial gave an address to the name ${name}, which only the cluster's DNS knows: with dnsPolicy: ${policy} the pod does not ask it`,
      settle: {
        fr: "Retirer dnsPolicy (ClusterFirst est la valeur par défaut), ou appeler le service par un nom que connaît le DNS du nœud.",
        en: "Remove dnsPolicy (ClusterFirst is the default), or call the service by a name that the node's DNS knows.",
      },
    },
  ];
}
