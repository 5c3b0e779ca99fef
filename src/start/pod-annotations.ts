/** Keys that CRI-O, plugins of NRI, the Container Device Interface, Kata and crun read. */
const OF_RUNTIMES =
  /^(?:io\.kubernetes\.cri-o\.|io\.katacontainers\.|run\.oci\.|cdi\.k8s\.io\/|[a-z0-9.-]{0,200}(?:crio\.io|cri-o\.io|\bnri\.io|\bnri\.containerd\.io)(?:\/|$))/;

/** Keys by which plugins of the cluster's network give pods further interfaces. */
const ATTACHING: ReadonlySet<string> = new Set([
  "k8s.v1.cni.cncf.io/networks",
  "k8s.ovn.org/multi-network",
  "networking.gke.io/interfaces",
  "v1.multus-cni.io/default-network",
]);

/** Whether an annotation asks the container runtime for settings that the pod's fields do not show. */
export function isForRuntime(key: string, value: string): boolean {
  return OF_RUNTIMES.test(key) && value !== "";
}

/** Whether an annotation gives the pods further network interfaces. */
export function isNetworkAttachment(key: string, value: string): boolean {
  return ATTACHING.has(key) && !["", "[]"].includes(value.trim());
}
