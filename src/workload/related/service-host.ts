import type { ServiceReference } from "./related-object.ts";

/**
 * Service of a DNS name in the cluster: `web.shop.svc`, `web.shop.svc.cluster.local`; undefined for others.
 */
export function serviceOfHost(host: string): ServiceReference | undefined {
  const [name, namespace, svc, ...rest] = host.replace(/\.$/, "").toLowerCase().split(".");
  const isInCluster = svc === "svc" && (rest.length === 0 || rest.join(".") === "cluster.local");
  return isInCluster && name !== undefined && name !== "" && namespace !== undefined
    ? { name, namespace }
    : undefined;
}
