import { isDistributions } from "./distribution-packages.ts";
import { PACKAGE_TYPES, type PackageFacts } from "./package-facts.ts";

type Named = Pick<PackageFacts, "type" | "namespace" | "name" | "version">;

/** Key of a package, comparable across tools. */
export interface PackageKey {
  /** Key with the version: `npm/@scope/name@1.0.0`. */
  readonly exact: string;
  /** Key without the version. */
  readonly name: string;
}

/**
 * Key for comparing found packages with packages in documents: names as the ecosystem compares them, versions
 * as written, without parts that tools write differently (an epoch, Go's `v`). Architecture and qualifiers
 * are ignored.
 */
export function packageKey(facts: Named): PackageKey {
  const name = `${facts.type}/${nameOf(facts)}`;
  return { exact: `${name}@${versionOf(facts)}`, name };
}

/** A package as one text: `npm/JSONStream@1.0.0`, `maven/org.a/b@1`. */
export function writtenKey({ type, namespace, name, version }: Named): string {
  return `${type}/${namespace === undefined || namespace === "" ? name : `${namespace}/${name}`}@${version}`;
}

/** Inverse of writtenKey(); undefined for other texts. */
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

function nameOf({ type, namespace, name }: Named): string {
  const full = namespace === undefined || namespace === "" ? name : `${namespace}/${name}`;
  if (isDistributions({ type })) return name.toLowerCase();
  // Normalised name (PEP 503).
  if (type === "pypi") return name.toLowerCase().replace(/[-_.]+/g, "-");
  if (type === "maven" || type === "gem" || type === "cargo" || type === "nix") return full;
  return full.toLowerCase();
}

function versionOf({ type, version }: Named): string {
  if (type === "deb" || type === "rpm") return version.replace(/^\d{1,9}:/, "");
  if (type === "golang") return version.replace(/^v(?=\d)/, "");
  return version;
}
