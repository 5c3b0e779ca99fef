import type { Purl } from "../../purl.ts";

/** Name and version that a document states besides a package URL. */
export interface BesidePurl {
  /** Display name: `@scope/name`, `group:artifact`. */
  readonly name: string;
  /** Version; "" if there is none. */
  readonly version: string;
  /** Field `group` of CycloneDX. */
  readonly group?: string;
}

/**
 * The package URL in our terms: Bitnami's programs have the type generic, Go's library is `stdlib`, a gem's
 * version has no platform, and a Maven group may come from a separate field.
 */
export function ownWords(purl: Purl, { group }: Pick<BesidePurl, "group">): Purl {
  const { type, name, version = "", namespace } = purl;
  if (type === "bitnami") return { ...purl, type: "generic", version: version.replace(/-\d{1,4}$/, "") };
  if (type === "gem") return { ...purl, version: version.replace(PLATFORM, "") };
  if (type === "golang" && namespace === undefined && (name === "std" || name === "stdlib")) {
    return { ...purl, name: "stdlib", version: version.replace(/^(?:go|v)(?=\d)/, "") };
  }
  if (type === "maven" && namespace === undefined && group !== undefined && group !== "") {
    return { ...purl, namespace: group };
  }
  return purl;
}

/** Platform suffix of a gem's version: `1.16.0-x86_64-linux-musl`, `-java`. */
const PLATFORM =
  /-(?:x86|x64|x86_64|aarch64|arm|arm64|armv\d|i\d86|universal|java|jruby|mswin\d\d|mingw32)(?:-[\w.-]{1,40})?$/;

/** Whether name or version are stated twice with different values, so that the package is unknown. */
export function isContradicted(purl: Purl, own: Purl, { name, version }: BesidePurl): boolean {
  const isOther = version !== "" && [purl, own].every((one) => isOtherVersion(one.version ?? "", version));
  if (isOther) return true;
  // Programs outside package managers have no fixed names.
  if (own.type === "generic" || name === "") return false;
  const shown = plainName(name);
  return ![purl.name, own.name].some((one) => isNamed(shown, plainName(one)));
}

function isOtherVersion(one: string, other: string): boolean {
  return one !== "" && plainVersion(one) !== plainVersion(other);
}

/**
 * Version without its epoch, which is a qualifier, and without the prefixes that some tools write for Go and
 * PHP.
 */
function plainVersion(version: string): string {
  return version
    .toLowerCase()
    .replace(/^\d{1,9}:/, "")
    .replace(/^(?:go|v)(?=\d)/, "");
}

/** Whether the display name equals the name, or ends with it after a scope, a group or a path. */
function isNamed(shown: string, name: string): boolean {
  const before = shown.length - name.length;
  return shown === name || name === "" || (shown.endsWith(name) && /[/:]/.test(shown.charAt(before - 1)));
}

function plainName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[\s\p{Cc}]/gu, "")
    .replace(/[-_.]+/g, "-");
}
