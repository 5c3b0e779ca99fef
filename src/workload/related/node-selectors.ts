/** Annotations of a namespace that add labels of nodes to its pods' nodeSelector, as `name=value,…`. */
const SELECTORS = ["scheduler.alpha.kubernetes.io/node-selector", "openshift.io/node-selector"] as const;

/**
 * Whether a namespace places its pods by the platform of nodes, if the cluster has the admission plugin
 * PodNodeSelector, or is OpenShift. Every node's system is Linux here.
 */
export function choosesPlatform(annotations: Readonly<Record<string, string>>): boolean {
  return SELECTORS.flatMap((key) => (annotations[key] ?? "").split(",")).some((label) => {
    const [name = "", value = ""] = label.split("=").map((part) => part.trim());
    const isPlatform = /^(?:beta\.)?kubernetes\.io\/(?:arch|os)$/.test(name);
    return isPlatform && !(name.endsWith("/os") && value === "linux");
  });
}
