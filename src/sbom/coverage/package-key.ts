import { PACKAGE_TYPES, type PackageFacts } from "../../contract/package-facts.ts";
import { isDistributions } from "../distribution.ts";

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

/** A package as it is written, in one text: `npm/JSONStream@1.0.0`, `maven/org.a/b@1`. */
export function writtenKey({ type, namespace, name, version }: Named): string {
  return `${type}/${namespace === undefined || namespace === "" ? name : `${namespace}/${name}`}@${version}`;
}

/** What writtenKey() made a text of; undefined for other texts. */
export function packageOf(written: string): Named | undefined {
  const [slash, at] = [written.indexOf("/"), written.lastIndexOf("@")];
  const type = PACKAGE_TYPES.find((one) => one === written.slice(0, slash));
  if (type === undefined || at < slash) return undefined;
  const full = written.slice(slash + 1, at);
  const last = full.lastIndexOf("/");
  return {
    type,
    ...(last <= 0 ? {} : { namespace: full.slice(0, last) }),
    name: full.slice(last + 1),
    version: written.slice(at + 1),
  };
}

/** Whether its version is stated: Go's own builds have none. */
export function isVersioned({ version }: Pick<PackageFacts, "version">): boolean {
  return version !== "" && version !== "(devel)";
}

function nameOf({ type, namespace, name }: Named): string {
  const full = namespace === undefined || namespace === "" ? name : `${namespace}/${name}`;
  if (isDistributions({ type })) return name.toLowerCase();
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
