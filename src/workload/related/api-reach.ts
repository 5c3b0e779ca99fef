import type { ApiExtensionEffect } from "../../contract/related-facts.ts";
import { isOfKubernetes, isOfProduct } from "../custom/groups.ts";
import { mappingsIn, type OwnApi, textsIn } from "./related-object.ts";
import { namespacesSelected, selectsWithoutLabels } from "./selectors.ts";

type Mapping = Readonly<Record<string, unknown>>;
type Owner = ApiExtensionEffect["owner"];

/** Cluster-scoped resources of Kubernetes, which no namespaceSelector excludes. */
const OF_CLUSTER: ReadonlySet<string> = new Set([
  "*",
  "apiservices",
  "certificatesigningrequests",
  "clusterrolebindings",
  "clusterroles",
  "csidrivers",
  "csinodes",
  "customresourcedefinitions",
  "flowschemas",
  "ingressclasses",
  "nodes",
  "persistentvolumes",
  "priorityclasses",
  "prioritylevelconfigurations",
  "runtimeclasses",
  "selfsubjectaccessreviews",
  "selfsubjectreviews",
  "selfsubjectrulesreviews",
  "storageclasses",
  "subjectaccessreviews",
  "tokenreviews",
  "validatingadmissionpolicies",
  "validatingadmissionpolicybindings",
  "volumeattachments",
]);

/** Groups of Kubernetes all of whose resources belong to namespaces. */
const OF_NAMESPACES: ReadonlySet<string> = new Set([
  "apps",
  "autoscaling",
  "batch",
  "coordination.k8s.io",
  "discovery.k8s.io",
  "events.k8s.io",
  "extensions",
  "policy",
]);

/** Owners, the most severe first. */
const OWNERS = ["others", "perhaps-others", "own-kinds", "own-namespace"] as const;

/** Owner of the objects that a webhook's rules send; of several owners, the most severe. */
export function ownerOfWebhook(webhook: Mapping, own: OwnApi): Owner {
  const { rules = [] } = webhook;
  const owners = Array.isArray(rules)
    ? mappingsIn(rules).flatMap((rule) => resourcesOf(rule).map((one) => ownerOf(one, rule, webhook, own)))
    : ["perhaps-others" as const];
  return OWNERS.find((one) => owners.includes(one)) ?? "own-namespace";
}

/** A resource that a rule names, `*` for each. */
interface Named {
  readonly group: string;
  readonly plural: string;
}

/** Resources of a rule. A rule without resources is refused by the API, and counts as naming all. */
function resourcesOf({ apiGroups, resources }: Mapping): readonly Named[] {
  const plurals = (textsIn(resources) ?? ["*"]).map((one) => one.split("/")[0] ?? "*");
  return (textsIn(apiGroups) ?? ["*"]).flatMap((group) => plurals.map((plural) => ({ group, plural })));
}

/** Resources of a webhook as they are usually written: `secrets`, `deployments.apps`, `*`. */
export function resourcesOfWebhook({ rules }: Mapping): readonly string[] {
  const named = mappingsIn(rules).flatMap(resourcesOf);
  return [
    ...new Set(
      named.map(({ group, plural }) => (group === "" || group === "*" ? plural : `${plural}.${group}`)),
    ),
  ];
}

function ownerOf({ group, plural }: Named, { scope }: Mapping, webhook: Mapping, own: OwnApi): Owner {
  const spaces = namespacesSelected(webhook["namespaceSelector"], own.namespace);
  const mayBeOfCluster = OF_CLUSTER.has(plural) && !OF_NAMESPACES.has(group);
  const isOfCluster = scope === "Cluster" || (scope !== "Namespaced" && mayBeOfCluster);
  if (spaces === "own" && !isOfCluster) return "own-namespace";
  if (group !== "*" && !isOfKubernetes(group)) {
    return own.kinds.has(`${plural}.${group}`) && !isOfProduct(group) ? "own-kinds" : "perhaps-others";
  }
  const isNarrowed = mappingsIn(webhook["matchConditions"]).length > 0;
  const isEveryObject = selectsWithoutLabels(webhook["objectSelector"]) && !isNarrowed;
  // A Namespace is selected by its own labels; other cluster-scoped objects are not selected by namespace.
  const isEverySpace = spaces === "others" || (isOfCluster && plural !== "namespaces");
  return isEveryObject && isEverySpace ? "others" : "perhaps-others";
}
