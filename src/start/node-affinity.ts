import type { NodeConditionFacts, NodeTermFacts, PodSpecFacts } from "../contract/pod-facts.ts";

/** Fields of a pod that determine on which nodes it is scheduled. */
export type Scheduling = Pick<PodSpecFacts, "nodeSelector" | "affinity">;

/**
 * Architectures of nodes, as GOARCH names them and the kubelet's label repeats them; usual architectures
 * first.
 */
const ARCHITECTURES = [
  "amd64",
  "arm64",
  "386",
  "arm",
  "loong64",
  "mips64le",
  "ppc64le",
  "riscv64",
  "s390x",
] as const;

/**
 * Labels that the kubelet sets from the node's platform
 * (https://kubernetes.io/docs/reference/labels-annotations-taints/), the older names included.
 */
const LABELS: Readonly<Record<string, "os" | "architecture">> = {
  "kubernetes.io/arch": "architecture",
  "kubernetes.io/os": "os",
  "beta.kubernetes.io/arch": "architecture",
  "beta.kubernetes.io/os": "os",
};

interface NodePlatform {
  readonly os: string;
  readonly architecture: string;
}

/**
 * Whether the pod can be scheduled on a node of this platform, by nodeSelector and the required nodeAffinity.
 * Conditions on other labels, and on the node's name, are assumed to hold.
 *
 * @param platform `os/architecture[/variant]`
 */
export function mayRunOn({ nodeSelector = {}, affinity }: Scheduling, platform: string): boolean {
  const [os = "", architecture = ""] = platform.split("/");
  const node = { os, architecture };
  const isSelected = Object.entries(nodeSelector).every(([key, value]) => {
    const label = labelOf(node, key);
    return label === undefined || label === value;
  });
  const { nodeSelectorTerms: terms } =
    affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? {};
  return isSelected && (terms === undefined || terms.some((term) => mayMatch(term, node)));
}

/** Architectures of Linux nodes on which the pod can be scheduled; undefined if the pod accepts any. */
export function nodeArchitectures(scheduling: Scheduling): readonly string[] | undefined {
  const accepted = ARCHITECTURES.filter((one) => mayRunOn(scheduling, `linux/${one}`));
  return accepted.length === ARCHITECTURES.length ? undefined : accepted;
}

/** Whether a node may match all conditions of a term; a term without conditions matches no node. */
function mayMatch({ matchExpressions = [], matchFields = [] }: NodeTermFacts, node: NodePlatform): boolean {
  if (matchExpressions.length + matchFields.length === 0) return false;
  return matchExpressions.every((condition) => mayHold(condition, node));
}

/** Whether a condition may hold (k8s.io/component-helpers, nodeaffinity); Gt and Lt compare numbers only. */
function mayHold({ key = "", operator, values = [] }: NodeConditionFacts, node: NodePlatform): boolean {
  const label = labelOf(node, key);
  if (label === undefined) return true;
  switch (operator) {
    case "In":
      return values.includes(label);
    case "NotIn":
      return !values.includes(label);
    case "Exists":
      return true;
    default:
      return false;
  }
}

function labelOf(node: NodePlatform, key: string): string | undefined {
  const part = Object.hasOwn(LABELS, key) ? LABELS[key] : undefined;
  return part === undefined ? undefined : node[part];
}
