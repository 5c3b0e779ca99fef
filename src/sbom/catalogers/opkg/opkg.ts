import type { PackageFacts } from "../../../contract/package-facts.ts";
import type { Cataloger } from "../../cataloger/cataloger.ts";
import { packagesOfStanzas } from "../../cataloger/stanzas.ts";

/** opkg's database, in the form of dpkg's: Yocto keeps it below /var/lib, OpenWrt below /usr/lib. */
export const OPKG: Cataloger = {
  name: "opkg",
  version: 1,
  names: ["status"],
  reads: (path) => /\/(?:var|usr)\/lib\/opkg\/status$/.test(path),
  packages: ({ bytes, path }) =>
    packagesOfStanzas(bytes.toString("utf8"), (fields) => packageOf(fields, path)),
};

/** States without files in the image; installed packages have `install user installed`. */
const ABSENT = /\s(?:not-installed|config-files)$/;

function packageOf(fields: ReadonlyMap<string, string>, path: string): PackageFacts | undefined {
  const [name, version] = [fields.get("Package"), fields.get("Version")];
  if (name === undefined) throw new Error(`a paragraph without Package in ${path}`);
  if (ABSENT.test(fields.get("Status") ?? "")) return undefined;
  if (version === undefined) throw new Error(`a paragraph without Version in ${path}`);
  const architecture = fields.get("Architecture");
  return { type: "opkg", name, version, ...(architecture === undefined ? {} : { architecture }) };
}
