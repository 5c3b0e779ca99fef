import type { Purl } from "../../parse-purl.ts";

/** What stands beside a package URL and names the package once more. */
export interface BesidePurl {
  /** As shown: `@scope/name`, `group:artifact`. */
  readonly name: string;
  /** "" where none is stated. */
  readonly version: string;
  /** CycloneDX's `group`. */
  readonly group?: string;
}

/**
 * The package URL in the words of this house: Bitnami's programs are programs outside package managers,
 * Go's library is `stdlib`, a gem's version has no platform, a Maven group may stand beside.
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

/** Behind a gem's version, for which machine it was compiled: `1.16.0-x86_64-linux-musl`, `-java`. */
const PLATFORM =
  /-(?:x86|x64|x86_64|aarch64|arm|arm64|armv\d|i\d86|universal|java|jruby|mswin\d\d|mingw32)(?:-[\w.-]{1,40})?$/;

/** Whether name or version are stated twice, and not alike: nobody knows which of the two is there. */
export function isContradicted(purl: Purl, own: Purl, { name, version }: BesidePurl): boolean {
  const isOther = version !== "" && [purl, own].every((one) => isOtherVersion(one.version ?? "", version));
  if (isOther) return true;
  // Programs outside package managers are called as everyone likes.
  if (own.type === "generic" || name === "") return false;
  const shown = plainName(name);
  return ![purl.name, own.name].some((one) => isNamed(shown, plainName(one)));
}

function isOtherVersion(one: string, other: string): boolean {
  return one !== "" && plainVersion(one) !== plainVersion(other);
}

/** Without an epoch, which stands in a qualifier, and what some write before Go's and PHP's. */
function plainVersion(version: string): string {
  return version
    .toLowerCase()
    .replace(/^\d{1,9}:/, "")
    .replace(/^(?:go|v)(?=\d)/, "");
}

/** As the whole of what is shown, or behind a scope, a group, the names of a path. */
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
