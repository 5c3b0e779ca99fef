import type { PackageFacts } from "../contract/package-facts.ts";

/** Whether a package is one of a distribution: built, named and repaired by it. */
export function isDistributions({ type }: Pick<PackageFacts, "type">): boolean {
  return type === "deb" || type === "apk" || type === "rpm";
}
