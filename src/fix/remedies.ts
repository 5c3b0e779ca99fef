// Edits for findings of the Restricted rules: the finding names the field, this file its correction. A field
// is set to its Kubernetes default, rather than removed, if that keeps its line and comment: `hostNetwork:
// false`.

import { parsePath, type Segment } from "../contract/field-path.ts";
import { placements } from "../contract/placement.ts";
import type { PodSecurityContextFacts, SecurityContextFacts } from "../contract/pod-facts.ts";
import type { AnyRule } from "../contract/rule.ts";
import { podField, type WorkloadFacts } from "../contract/workload-facts.ts";
import { appArmor } from "../rules/manifest/1.1-apparmor.ts";
import { capabilities } from "../rules/manifest/1.1-capabilities.ts";
import { hostNamespaces } from "../rules/manifest/1.1-host-namespaces.ts";
import { hostPorts } from "../rules/manifest/1.1-host-ports.ts";
import { hostProbes } from "../rules/manifest/1.1-host-probes.ts";
import { privilegeEscalation } from "../rules/manifest/1.1-privilege-escalation.ts";
import { privileged } from "../rules/manifest/1.1-privileged.ts";
import { procMount } from "../rules/manifest/1.1-proc-mount.ts";
import { runAsNonRoot } from "../rules/manifest/1.1-run-as-non-root.ts";
import { runAsUser } from "../rules/manifest/1.1-run-as-user.ts";
import { seccomp } from "../rules/manifest/1.1-seccomp.ts";
import { seLinux } from "../rules/manifest/1.1-selinux.ts";
import { sysctls } from "../rules/manifest/1.1-sysctls.ts";
import { windowsHostProcess } from "../rules/manifest/1.1-windows-host-process.ts";
import type { Edit, Json } from "./edit.ts";

/** A rule that fix can satisfy. */
export interface Remedy {
  readonly rule: AnyRule;
  /** The workload loses a setting, which must be reported. */
  readonly givesUp: boolean;
  /** @param path of the finding, in the document */
  edits(workload: WorkloadFacts, path: string): readonly Edit[];
}

const adds = (rule: AnyRule, edits: Remedy["edits"]): Remedy => ({ rule, givesUp: false, edits });
const takes = (rule: AnyRule, edits: Remedy["edits"]): Remedy => ({ rule, givesUp: true, edits });

/** Remedies in the order in which new fields are written. */
export const REMEDIES: readonly Remedy[] = [
  adds(runAsNonRoot, (workload, path) => [set(inheritable(workload, path, "runAsNonRoot"), true)]),
  takes(runAsUser, (_, path) => [remove(path)]),
  adds(seccomp, (workload, path) =>
    profile(workload, inheritable(workload, path, "seccompProfile"), "seccompProfile"),
  ),
  adds(privilegeEscalation, (_, path) => [set(path, false)]),
  takes(privileged, (_, path) => [set(path, false)]),
  takes(hostNamespaces, (_, path) => [set(path, false)]),
  takes(hostPorts, (_, path) => [remove(path)]),
  takes(appArmor, (workload, path) =>
    path.endsWith(".type") ? profile(workload, path, "appArmorProfile") : [set(path, "runtime/default")],
  ),
  takes(seLinux, (_, path) => [remove(path)]),
  takes(procMount, (_, path) => [set(path, "Default")]),
  takes(sysctls, (_, path) => [remove(parent(path))]),
  takes(windowsHostProcess, (_, path) => [set(path, false)]),
  takes(hostProbes, (_, path) => [remove(path)]),
];

/**
 * Separate from REMEDIES: capabilities to drop are appended to the securityContext, forbidden ones removed.
 */
export const CAPABILITIES: Remedy = takes(capabilities, (workload, path) => {
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

/** Path for a field: the pod's, if the container does not set it itself. */
function inheritable(
  workload: WorkloadFacts,
  path: string,
  field: "runAsNonRoot" | "seccompProfile",
): string {
  if (contextAt(workload, path)[field] !== undefined) return path;
  const tail = path.slice(path.lastIndexOf(".securityContext."));
  return podField(workload, `spec${tail}`);
}

/** A profile of the runtime's own has no localhostProfile. */
function profile(
  workload: WorkloadFacts,
  path: string,
  field: "seccompProfile" | "appArmorProfile",
): readonly Edit[] {
  const edit = set(path, "RuntimeDefault");
  if (contextAt(workload, path)[field]?.localhostProfile === undefined) return [edit];
  return [edit, remove([...parent(path), "localhostProfile"])];
}

/** The securityContext of the container that a path leads into, else the pod's. */
function contextAt(workload: WorkloadFacts, path: string): SecurityContextFacts & PodSecurityContextFacts {
  const container = placements(workload).find((placement) => path.startsWith(`${placement.path}.`));
  return container?.spec.securityContext ?? (container === undefined ? ofPod(workload) : {});
}

function ofPod({ pod }: WorkloadFacts): PodSecurityContextFacts {
  return pod.spec.securityContext ?? {};
}
