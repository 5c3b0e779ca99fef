import type { PackageFacts } from "../../contract/package-facts.ts";

type Named = Pick<PackageFacts, "type" | "namespace" | "name" | "version">;

/** What tells a package from others in every tool's words. */
export interface PackageKey {
  /** With its version: `npm/@scope/name@1.0.0`. */
  readonly exact: string;
  /** Without. */
  readonly name: string;
}

/**
 * The key by which packages that are seen and packages that documents name are compared: names as
 * their ecosystems compare them, versions as they stand, without what tools write in two ways (an
 * epoch, Go's `v`). Architecture and qualifiers tell no other package.
 */
export function packageKey(facts: Named): PackageKey {
  const name = `${facts.type}/${nameOf(facts)}`;
  return { exact: `${name}@${versionOf(facts)}`, name };
}

/** Whether its version is stated: Go's own builds have none. */
export function isVersioned({ version }: Pick<PackageFacts, "version">): boolean {
  return version !== "" && version !== "(devel)";
}

function nameOf({ type, namespace, name }: Named): string {
  const full = namespace === undefined || namespace === "" ? name : `${namespace}/${name}`;
  if (type === "deb" || type === "apk" || type === "rpm") return name.toLowerCase();
  // PEP 503
  if (type === "pypi") return name.toLowerCase().replace(/[-_.]+/g, "-");
  if (type === "maven" || type === "gem" || type === "cargo" || type === "nix") return full;
  return full.toLowerCase();
}

function versionOf({ type, version }: Named): string {
  if (type === "deb" || type === "rpm") return version.replace(/^\d{1,9}:/, "");
  if (type === "golang") return version.replace(/^v(?=\d)/, "");
  return version;
}
