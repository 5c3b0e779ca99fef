import type { PackageFacts } from "../../contract/package-facts.ts";
import { packageName } from "../../contract/package-name.ts";
import { componentsOf } from "../documents/components.ts";
import type { SbomContent } from "../documents/document.ts";
import type { SbomDocument } from "../documents/read/sbom-document.ts";

/** A package as lists are compared by it: wherever it lies, and whoever found it. */
export interface ListedPackage {
  /** Of its purl: `deb`; `unknown` where a document does not tell. */
  readonly type: PackageFacts["type"] | "unknown";
  /** As its ecosystem writes it: `@scope/name`, `group:artifact`. */
  readonly name: string;
  /** "" where none is stated. */
  readonly version: string;
}

export function packagesOfImage(content: SbomContent): readonly ListedPackage[] {
  return componentsOf(content).map(({ facts }) => listed(facts));
}

/** Each component that a document states, also those that it does not tell the ecosystem of. */
export function packagesOfDocument({ components }: SbomDocument): readonly ListedPackage[] {
  return components.map(({ facts, name, version }) =>
    facts === undefined ? { type: "unknown", name, version } : listed(facts),
  );
}

function listed(facts: PackageFacts): ListedPackage {
  return { type: facts.type, name: packageName(facts), version: facts.version };
}
