import { isDistributions } from "../../contract/distribution-packages.ts";
import type { PackageFacts } from "../../contract/package-facts.ts";

/**
 * Packages with headers of the kernel, which is not in the image. Advisories of their source package are
 * about the kernel; only advisories that name the headers are about these packages.
 */
const HEADERS = new Set(["linux-libc-dev", "linux-headers", "kernel-headers", "linux-glibc-devel"]);
/**
 * Suffixes of documentation packages, without `-man` and `-html`, which occur in names of libraries
 * (python3-pytest-html).
 */
const DOCUMENTATION = /-(?:docs?|manpages)$|^manpages(?:-|$)/;
const KERNEL_HEADERS = /^linux-(?:headers-|libc-dev-)/;

/** Whether a distribution's package contains nothing that runs: only kernel headers or documentation. */
export function isInert(facts: Pick<PackageFacts, "type" | "name">): boolean {
  const { name } = facts;
  if (!isDistributions(facts)) return false;
  return HEADERS.has(name) || KERNEL_HEADERS.test(name) || DOCUMENTATION.test(name);
}
