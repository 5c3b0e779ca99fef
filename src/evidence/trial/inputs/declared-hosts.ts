import { canonicalJson } from "../../../json/canonical-json.ts";
import { ingressHosts } from "../ingress-hosts.ts";
import type { NamespaceObjects } from "../namespace-objects.ts";
import type { DeclaredInput, InputPlace } from "./declared-input.ts";

/**
 * Hosts by which Ingresses and routes lead to the pod, by port: an application may serve only these hosts.
 */
export function declaredHosts(
  { workload }: InputPlace,
  objects: Pick<NamespaceObjects, "hosts">,
): readonly (readonly [place: string, input: DeclaredInput])[] {
  const hosts = ingressHosts(objects, workload);
  return hosts.length === 0 ? [] : [["hosts", { text: canonicalJson(hosts) }]];
}
