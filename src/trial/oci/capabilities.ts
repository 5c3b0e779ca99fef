import type { SecurityContextFacts } from "../../contract/pod-facts.ts";

/**
 * The capabilities that a container of a Restricted pod has: NET_BIND_SERVICE when its
 * securityContext adds it, nothing else, whatever it asks for. A process that is not root loses it
 * at execve(), unless a file capability gives it back: as in Kubernetes.
 */
export function addedCapabilities(context: SecurityContextFacts | undefined): readonly string[] {
  const added = context?.capabilities?.add ?? [];
  const names = added.map((name) => name.toUpperCase().replace(/^CAP_/, ""));
  return names.includes("NET_BIND_SERVICE") ? ["CAP_NET_BIND_SERVICE"] : [];
}

/** What containerd gives a container that nobody restricts, without what lets it make devices, packets and audit records. */
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
