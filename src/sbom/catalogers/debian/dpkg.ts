import type { PackageFacts } from "../../../contract/package-facts.ts";
import type { CatalogedFile, Cataloger } from "../../cataloger/cataloger.ts";
import { packagesOfStanzas } from "../../cataloger/stanzas.ts";

/**
 * dpkg's database: `status` contains every package; images without dpkg have one file per package in
 * `status.d` (https://manpages.debian.org/dpkg.1, "PACKAGE STATES"; deb-control.5).
 */
export const DPKG: Cataloger = {
  name: "dpkg",
  version: 1,
  names: ["status"],
  reads: (path) => path.endsWith(STATUS),
  packages,
};

/** Packages of distroless images: one file per package, without a `Status`. */
export const DPKG_STATUS_D: Cataloger = {
  name: "dpkg-status.d",
  version: 1,
  names: [],
  reads: (path) => path.includes("/var/lib/dpkg/status.d/") && !path.endsWith(".md5sums"),
  packages,
};

/** Path of dpkg's status, in the image's root or in a root below a folder. */
const STATUS = "/var/lib/dpkg/status";
/** States of packages without files in the image; configuration may remain. */
const ABSENT = /\s(?:not-installed|config-files)$/;

function packages({ bytes, path }: CatalogedFile): readonly PackageFacts[] {
  return packagesOfStanzas(bytes.toString("utf8"), (fields) => packageOf(fields, path));
}

function packageOf(fields: ReadonlyMap<string, string>, path: string): PackageFacts | undefined {
  const name = fields.get("Package");
  const version = fields.get("Version");
  if (name === undefined) throw new Error(`a paragraph without Package in ${path}`);
  if (ABSENT.test(fields.get("Status") ?? "")) return undefined;
  if (version === undefined) throw new Error(`a paragraph without Version in ${path}`);
  const architecture = fields.get("Architecture");
  const source = sourceOf(fields.get("Source"), name, version);
  return {
    type: "deb",
    name,
    version,
    ...(architecture === undefined ? {} : { architecture }),
    ...(source === undefined ? {} : { source }),
  };
}

/** Source package: `glibc`, or `glibc (2.41-12)` if its version differs from the package's. */
function sourceOf(field: string | undefined, name: string, version: string): PackageFacts["source"] {
  if (field === undefined || field === "") return undefined;
  const [, source = field, stated = version] = /^(\S+)\s+\((\S+)\)$/.exec(field) ?? [];
  return source === name && stated === version ? undefined : { name: source, version: stated };
}
