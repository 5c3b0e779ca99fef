import type { PackageFacts } from "../../contract/package-facts.ts";
import { packageName } from "../../contract/package-name.ts";
import { componentsOf } from "../documents/components.ts";
import type { SbomContent } from "../documents/document.ts";
import type { SbomDocument } from "../documents/read/sbom-document.ts";

/** A package for comparing lists, regardless of place and cataloger. */
export interface ListedPackage {
  /** Type of its purl, such as `deb`; `unknown` if a document has none. */
  readonly type: PackageFacts["type"] | "unknown";
  /** Name in the ecosystem's form: `@scope/name`, `group:artifact`. */
  readonly name: string;
  /** Version; "" if there is none. */
  readonly version: string;
}

export function packagesOfImage(content: SbomContent): readonly ListedPackage[] {
  return componentsOf(content).map(({ facts }) => listed(facts));
}

/** All components of a document, including those of unknown ecosystems. */
export function packagesOfDocument({ components }: SbomDocument): readonly ListedPackage[] {
  return components.map(({ facts, name, version }) =>
    facts === undefined ? { type: "unknown", name, version } : listed(facts),
  );
}

function listed(facts: PackageFacts): ListedPackage {
  return { type: facts.type, name: packageName(facts), version: facts.version };
}
