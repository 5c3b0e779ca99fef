// Edits for findings of the Restricted rules: the finding names the field, this file has the correction. A
// field is set to its Kubernetes default rather than removed, if that keeps its line and comment:
// `hostNetwork: false`.

import { parsePath, type Segment } from "../contract/field-path.ts";
import { placements } from "../contract/pod-containers.ts";
import type { PodSecurityContextFacts, SecurityContextFacts } from "../contract/pod-facts.ts";
import type { RuleId } from "../contract/rows.ts";
import { podField, type WorkloadFacts } from "../contract/workload-facts.ts";
import type { Edit, Json } from "./syntax/edit.ts";

/** A rule that fix can satisfy. */
export interface Remedy {
  readonly rule: RuleId;
  /** Whether the workload loses a setting, which must be reported. */
  readonly givesUp: boolean;
  /** @param path path of the finding in the document */
  edits(workload: WorkloadFacts, path: string): readonly Edit[];
}

const adds = (rule: RuleId, edits: Remedy["edits"]): Remedy => ({ rule, givesUp: false, edits });
const takes = (rule: RuleId, edits: Remedy["edits"]): Remedy => ({ rule, givesUp: true, edits });

/** Remedies in the order in which new fields are written. */
export const REMEDIES: readonly Remedy[] = [
  adds("1.1-run-as-non-root", (workload, path) => [set(inheritable(workload, path, "runAsNonRoot"), true)]),
  takes("1.1-run-as-user", (_, path) => [remove(path)]),
  adds("1.1-seccomp", (workload, path) =>
    profile(workload, inheritable(workload, path, "seccompProfile"), "seccompProfile"),
  ),
  adds("1.1-privilege-escalation", (_, path) => [set(path, false)]),
  takes("1.1-privileged", (_, path) => [set(path, false)]),
  takes("1.1-host-namespaces", (_, path) => [set(path, false)]),
  takes("1.1-host-ports", (_, path) => [remove(path)]),
  takes("1.1-apparmor", (workload, path) =>
    path.endsWith(".type") ? profile(workload, path, "appArmorProfile") : [set(path, "runtime/default")],
  ),
  takes("1.1-selinux", (_, path) => [remove(path)]),
  takes("1.1-proc-mount", (_, path) => [set(path, "Default")]),
  takes("1.1-sysctls", (_, path) => [remove(parent(path))]),
  takes("1.1-windows-host-process", (_, path) => [set(path, false)]),
  takes("1.1-host-probes", (_, path) => [remove(path)]),
];

/**
 * Separate from REMEDIES: capabilities to drop are appended to the securityContext, forbidden capabilities
 * removed.
 */
export const CAPABILITIES: Remedy = takes("1.1-capabilities", (workload, path) => {
  if (path.endsWith(".drop")) return [{ op: "append", path: parsePath(path), value: "ALL" }];
  const { add = [] } = contextAt(workload, path).capabilities ?? {};
  return add.flatMap((name, index) => (name === "NET_BIND_SERVICE" ? [] : [remove(`${path}[${index}]`)]));
});

export function set(path: string, value: Json): Edit {
  return { op: "set", path: parsePath(path), value };
}

export function append(path: string, value: Json): Edit {
  return { op: "append", path: parsePath(path), value };
}

function remove(path: string | readonly Segment[]): Edit {
  return { op: "remove", path: typeof path === "string" ? parsePath(path) : path };
}

function parent(path: string): readonly Segment[] {
  return parsePath(path).slice(0, -1);
}

/** Path at which to set a field: in the pod's securityContext, unless the container sets the field itself. */
function inheritable(
  workload: WorkloadFacts,
  path: string,
  field: "runAsNonRoot" | "seccompProfile",
): string {
  if (contextAt(workload, path)[field] !== undefined) return path;
  const tail = path.slice(path.lastIndexOf(".securityContext."));
  return podField(workload, `spec${tail}`);
}

/** Edits that set the runtime's own profile, which has no localhostProfile. */
function profile(
  workload: WorkloadFacts,
  path: string,
  field: "seccompProfile" | "appArmorProfile",
): readonly Edit[] {
  const edit = set(path, "RuntimeDefault");
  if (contextAt(workload, path)[field]?.localhostProfile === undefined) return [edit];
  return [edit, remove([...parent(path), "localhostProfile"])];
}

/** The securityContext of the container in this path; the pod's for any other path. */
function contextAt(workload: WorkloadFacts, path: string): SecurityContextFacts & PodSecurityContextFacts {
  const container = placements(workload).find((placement) => path.startsWith(`${placement.path}.`));
  return container?.spec.securityContext ?? (container === undefined ? ofPod(workload) : {});
}

function ofPod({ pod }: WorkloadFacts): PodSecurityContextFacts {
  return pod.spec.securityContext ?? {};
}
