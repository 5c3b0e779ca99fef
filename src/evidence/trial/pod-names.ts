import { clusterResolver, DEFAULT_NAMESPACE, type ResolverLines } from "../../contract/pod-defaults.ts";
import type { DnsConfigFacts } from "../../contract/pod-facts.ts";
import type { RawWorkload } from "../../contract/workload-facts.ts";
import type { PodNames } from "../../trial/trial-options.ts";
import { podIdentity } from "./pod-identity.ts";

/** Words of resolv.conf that a trial passes on; Kubernetes allows 32 suffixes. */
const [WORD, MOST] = [/^[\w.:-]{1,253}$/, 32];

/** Names of a workload's pod, and names that it resolves, besides its host name. */
export function podNames(workload: RawWorkload): Omit<PodNames, "hostname"> {
  const { pod, namespace = DEFAULT_NAMESPACE } = workload;
  const { spec } = pod;
  const { hostnameOverride, hostAliases: aliases = [] } = spec;
  const { subdomain } = podIdentity(workload);
  const hasDomain = subdomain !== "" && hostnameOverride === undefined;
  return {
    aliases,
    namespace,
    resolver: resolverOf(namespace, spec.dnsPolicy, spec.dnsConfig),
    ...(hasDomain ? { domain: `${subdomain}.${namespace}.svc.cluster.local` } : {}),
  };
}

/**
 * Resolver configuration of a pod, as the kubelet writes it (pkg/kubelet/network/dns/dns.go, GetPodDNS). The
 * name server is the trial's own, whatever dnsConfig says; the suffixes of a node are unknown.
 */
function resolverOf(
  namespace: string,
  policy: string | undefined,
  config: DnsConfigFacts = {},
): ResolverLines {
  const base = asksCluster(policy) ? clusterResolver(namespace) : { searches: [], options: [] };
  const options = new Map(base.options.map((option) => [option.split(":")[0] ?? "", option]));
  for (const { name = "", value = "" } of config.options ?? []) {
    options.set(name, value === "" ? name : `${name}:${value}`);
  }
  return {
    searches: words([...base.searches, ...(config.searches ?? [])]),
    options: words([...options.values()]),
  };
}

/** True unless the policy keeps the pod from the cluster's DNS. */
export function asksCluster(dnsPolicy: string | undefined): boolean {
  return dnsPolicy !== "Default" && dnsPolicy !== "None";
}

function words(all: readonly string[]): readonly string[] {
  return [...new Set(all)].filter((word) => WORD.test(word)).slice(0, MOST);
}
