import type { RepositoryFacts } from "../../contract/package-facts.ts";

/** A repository as written in a file. */
export type NamedRepository = Pick<RepositoryFacts, "manager" | "address">;

/**
 * Host, port and path of an address, without user info and query, which may contain secrets. An address
 * without a host (`file:/srv/debs`, `/srv/apks`) is kept.
 */
export function shownAddress(stated: string): string {
  const [address = ""] = stated.trim().split(/[?#]/, 1);
  const at = address.indexOf("://");
  if (at < 0) return address;
  const rest = address.slice(at + 3);
  const end = rest.indexOf("/");
  const host = end < 0 ? rest : rest.slice(0, end);
  const path = end < 0 ? "" : rest.slice(end);
  return `${host.slice(host.lastIndexOf("@") + 1)}${path}`.replace(/\/$/, "");
}

/** Whether an address, as returned by shownAddress(), belongs to a distribution itself. */
export function isDistributions(address: string): boolean {
  const [host = ""] = address.toLowerCase().split(/[/:]/, 1);
  return OWN_HOSTS.some((own) => host === own || host.endsWith(`.${own}`));
}

/** Domains from which distributions distribute their own packages. */
const OWN_HOSTS: readonly string[] = [
  "debian.org",
  "archive.ubuntu.com",
  "security.ubuntu.com",
  "ports.ubuntu.com",
  "alpinelinux.org",
  "wolfi.dev",
  "fedoraproject.org",
  "centos.org",
  "redhat.com",
  "almalinux.org",
  "rockylinux.org",
  "opensuse.org",
  "suse.com",
  "amazonlinux.com",
  "yum.oracle.com",
];
