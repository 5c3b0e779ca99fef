import { isDistributions } from "./distribution-packages.ts";
import type { PackageFacts } from "./package-facts.ts";

interface Named extends Pick<PackageFacts, "namespace" | "name"> {
  /** Type of the package's purl. */
  readonly type: string;
}

/** Name in the ecosystem's form: `@scope/name`, `group:artifact`, `vendor/name`. */
export function packageName({ type, namespace, name }: Named): string {
  if (namespace === undefined || isDistributions({ type })) return name;
  return `${namespace}${type === "maven" ? ":" : "/"}${name}`;
}
