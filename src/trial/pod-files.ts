import { clusterResolver } from "../contract/pod-defaults.ts";
import type { HostAliasFacts } from "../contract/pod-facts.ts";
import { DNS, POD } from "./plan/addresses.ts";
import type { FilePlan } from "./plan/plan.ts";
import type { PodNames } from "./trial-options.ts";

/** Files that the kubelet writes for a pod (kubelet_pods.go, hostsEntriesFromHostAliases; dns.go). */
export function podFiles({
  hostname,
  domain,
  aliases = [],
  resolver: { searches, options } = clusterResolver(),
}: PodNames): Readonly<Record<string, FilePlan>> {
  const [first] = hostname.split(".");
  const own = domain === undefined ? hostname : `${first}.${domain}\t${first}`;
  const texts = {
    hosts: [
      "# Kubernetes-managed hosts file.",
      "127.0.0.1\tlocalhost",
      "::1\tlocalhost ip6-localhost ip6-loopback",
      "fe00::0\tip6-localnet",
      "fe00::1\tip6-allnodes",
      "fe00::2\tip6-allrouters",
      `${POD.ipv4}\t${own}`,
      `${POD.ipv6}\t${own}`,
      ...aliasLines(aliases),
      "",
    ].join("\n"),
    hostname: `${hostname}\n`,
    "resolv.conf": [
      ...(searches.length === 0 ? [] : [`search ${searches.join(" ")}`]),
      `nameserver ${DNS}`,
      ...(options.length === 0 ? [] : [`options ${options.join(" ")}`]),
      "",
    ].join("\n"),
  };
  return Object.fromEntries(Object.entries(texts).map(([name, content]) => [name, { content, mode: 0o644 }]));
}

function aliasLines(aliases: readonly HostAliasFacts[]): readonly string[] {
  if (aliases.length === 0) return [];
  const lines = aliases.map(({ ip = "", hostnames = [] }) => [ip, ...hostnames].join("\t"));
  return ["", "# Entries added by HostAliases.", ...lines];
}
