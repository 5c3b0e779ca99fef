import type { PackageFacts } from "./package-facts.ts";

interface Named extends Pick<PackageFacts, "namespace" | "name"> {
  /** Type of its purl. */
  readonly type: string;
}

/** Types whose purls name the distribution before the package. */
const OF_DISTRIBUTIONS: readonly string[] = ["deb", "apk", "rpm", "alpm", "opkg"];

/** The name as its ecosystem writes it: `@scope/name`, `group:artifact`, `vendor/name`. */
export function packageName({ type, namespace, name }: Named): string {
  if (namespace === undefined || OF_DISTRIBUTIONS.includes(type)) return name;
  return `${namespace}${type === "maven" ? ":" : "/"}${name}`;
}
