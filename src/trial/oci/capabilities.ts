import type { SecurityContextFacts } from "../../contract/pod-facts.ts";

/**
 * Capabilities of a container in a Restricted pod: NET_BIND_SERVICE if its securityContext adds it, no
 * others. As in Kubernetes, a non-root process loses this capability at execve() unless a file capability
 * restores it.
 */
export function addedCapabilities(context: SecurityContextFacts | undefined): readonly string[] {
  const added = context?.capabilities?.add ?? [];
  const names = added.map((name) => name.toUpperCase().replace(/^CAP_/, ""));
  return names.includes("NET_BIND_SERVICE") ? ["CAP_NET_BIND_SERVICE"] : [];
}

/** containerd's default capabilities, without those for devices, raw packets and audit records. */
export const ROOT_CAPABILITIES: readonly string[] = [
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "NET_BIND_SERVICE",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
].map((name) => `CAP_${name}`);
