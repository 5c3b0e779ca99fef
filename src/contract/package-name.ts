import type { PackageFacts } from "./package-facts.ts";

interface Named extends Pick<PackageFacts, "namespace" | "name"> {
  /** Type of the package's purl. */
  readonly type: string;
}

/** Types whose purls have the distribution as namespace. */
const OF_DISTRIBUTIONS: readonly string[] = ["deb", "apk", "rpm", "alpm", "opkg"];

/** Name in the ecosystem's form: `@scope/name`, `group:artifact`, `vendor/name`. */
export function packageName({ type, namespace, name }: Named): string {
  if (namespace === undefined || OF_DISTRIBUTIONS.includes(type)) return name;
  return `${namespace}${type === "maven" ? ":" : "/"}${name}`;
}
