import type { PackageFacts } from "../../contract/package-facts.ts";
import type { VersionDirection } from "../../contract/version-direction.ts";
import { ecosystemOf } from "../ecosystems/ecosystem.ts";
import { ecosystemOfType } from "../ecosystems/purl-types.ts";
import { bitnamiVersion } from "../match/runtime-names.ts";

/** Versions of a package that are in only one of two lists. */
interface ChangedVersions extends Pick<PackageFacts, "name"> {
  /** Type of the package's purl; `unknown` if a document has none. */
  readonly type: PackageFacts["type"] | "unknown";
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** Ecosystem that represents the order of versions for a purl type with several ecosystems. */
const EXAMPLES: ReadonlyMap<ChangedVersions["type"], string> = new Map([
  ["deb", "Debian"],
  ["apk", "Alpine"],
  ["rpm", "Red Hat"],
  ["generic", "Bitnami"],
]);

export function versionDirection({ type, name, from, to }: ChangedVersions): VersionDirection {
  if (type === "unknown" || from.length === 0 || to.length === 0) return "unknown";
  const ecosystem = ecosystemOfType(type) ?? EXAMPLES.get(type);
  const scheme = ecosystem === undefined ? undefined : ecosystemOf(ecosystem)?.scheme;
  if (scheme === undefined) return "unknown";
  const written = (version: string) => (type === "generic" ? bitnamiVersion(name, version) : version);
  const news = to.map(written);
  const orders = from.flatMap((old) => {
    const compare = scheme.comparedWith(written(old));
    return news.map((version) => compare?.(version));
  });
  if (orders.every((order) => order !== undefined && order < 0)) return "upgrade";
  return orders.every((order) => order !== undefined && order > 0) ? "downgrade" : "unknown";
}
