import type { RawWorkload } from "../../contract/workload-facts.ts";
import { groupOf } from "../objects/kind.ts";
import { mappingsIn, textsIn } from "./related-object.ts";

/** A resource between a workload and its pods: `apps`, `deployments`. */
interface Resource {
  readonly group: string;
  readonly plural: string;
}

const PODS: Resource = { group: "", plural: "pods" };

/** Resources that controllers create between a workload and its pods. */
const BETWEEN: Readonly<Record<string, Resource>> = {
  Deployment: { group: "apps", plural: "replicasets" },
  Rollout: { group: "apps", plural: "replicasets" },
  CronJob: { group: "batch", plural: "jobs" },
};

/** Resources created for a workload: the workload itself, intermediate resources, its pods. */
function resourcesOf({ apiVersion, kind }: RawWorkload): readonly Resource[] {
  const own = { group: groupOf({ apiVersion }), plural: `${kind.toLowerCase()}s` };
  const between = BETWEEN[kind];
  return between === undefined ? [own, PODS] : [own, between, PODS];
}

/** Operations that can change fields of a pod or of its controllers. */
const CHANGING: ReadonlySet<string> = new Set(["*", "CREATE", "UPDATE"]);

/**
 * Whether rules of a webhook or an admission policy (RuleWithOperations) match resources of a workload.
 * Unreadable rules count as matching.
 */
export function matchRules(rules: unknown, facts: RawWorkload): boolean {
  if (!Array.isArray(rules)) return false;
  return mappingsIn(rules).some(({ apiGroups, resources, operations }) => {
    const [groups, named, done] = [textsIn(apiGroups), textsIn(resources), textsIn(operations)];
    if (done !== undefined && !done.some((one) => CHANGING.has(one))) return false;
    return resourcesOf(facts).some(
      ({ group, plural }) =>
        (groups === undefined || groups.includes("*") || groups.includes(group)) &&
        (named === undefined || named.some((one) => matchesResource(one, plural))),
    );
  });
}

/**
 * Whether a resource in a rule matches: `pods`, `*`, `pods/*`, or any resource with `*`. Subresources of pods
 * such as ephemeralcontainers count as pods.
 */
function matchesResource(named: string, plural: string): boolean {
  const [resource, sub] = named.split("/");
  if (resource === "*") return sub === undefined || sub === "*" || plural === "pods";
  return resource === plural && sub !== "status" && sub !== "scale";
}
