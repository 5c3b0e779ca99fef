import { serviceAccountOf } from "../../../contract/pod-defaults.ts";
import type { DnsConfigFacts, PodSpecFacts } from "../../../contract/pod-facts.ts";
import { canonicalJson } from "../../../json/canonical-json.ts";
import type { NamespaceObjects } from "../namespace-objects.ts";
import { podIdentity } from "../pod-identity.ts";
import { asksCluster } from "../pod-names.ts";
import type { DeclaredInput, InputPlace } from "./declared-input.ts";

type Place = readonly [place: string, input: DeclaredInput];

/** Inputs shared by all containers of the pod. */
export function declaredPod(
  { workload, placement }: InputPlace,
  { account }: Pick<NamespaceObjects, "account">,
): readonly Place[] {
  const { spec } = workload.pod;
  const settings = podSettings(spec, workload);
  const sysctls = spec.securityContext?.sysctls ?? [];
  const { automountServiceAccountToken: own } = spec;
  // The value is unknown if the account is not among the files and the pod does not set the field.
  const automount =
    own ?? account(serviceAccountOf(workload?.pod.spec))?.automountServiceAccountToken ?? "by account";
  return [
    ...(settings.length === 0 ? [] : [["pod", { text: canonicalJson(settings) }] as const]),
    ...(sysctls.length === 0 ? [] : [["sysctls", { text: canonicalJson(sysctls) }] as const]),
    ["token", { text: `${automount}` }],
    ...(placement.role === "app" ? [] : [["role", { text: placement.role }] as const]),
  ];
}

/** Pod settings that a program may notice, if they differ from Kubernetes' defaults. */
function podSettings(
  spec: PodSpecFacts,
  workload: InputPlace["workload"],
): readonly (readonly [field: string, value: unknown])[] {
  const { shareProcessNamespace, hostUsers, hostAliases = [], runtimeClassName } = spec;
  const { hostname, ordinal, subdomain } = podIdentity(workload);
  const all: readonly (readonly [string, unknown])[] = [
    ["shareProcessNamespace", shareProcessNamespace === true || undefined],
    ["hostUsers", hostUsers === false ? false : undefined],
    // A pod's name differs at each start, except for an ordinal.
    ["hostname", ordinal === undefined ? hostname : ["ordinal", ordinal]],
    ["hostnameOverride", spec.hostnameOverride],
    // The kubelet writes the fully qualified name into /etc/hosts, and makes it the host name if
    // setHostnameAsFQDN is set.
    ["subdomain", subdomain || undefined],
    ["setHostnameAsFQDN", (spec.setHostnameAsFQDN === true && subdomain) || undefined],
    ["hostAliases", hostAliases.length === 0 ? undefined : hostAliases],
    ["dnsPolicy", asksCluster(spec.dnsPolicy) ? undefined : spec.dnsPolicy],
    ["dnsConfig", dnsConfigOf(spec.dnsConfig)],
    ["runtimeClassName", runtimeClassName],
    ["completionMode", workload.job?.isIndexed === true ? "Indexed" : undefined],
  ];
  return all.filter(([, value]) => value !== undefined);
}

/** dnsConfig without its empty lists; undefined if nothing is left. */
function dnsConfigOf(config: DnsConfigFacts = {}): DnsConfigFacts | undefined {
  const own = Object.entries(config).filter(([, list]) => list.length > 0);
  return own.length === 0 ? undefined : Object.fromEntries(own);
}
