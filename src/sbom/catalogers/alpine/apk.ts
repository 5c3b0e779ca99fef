import type { PackageFacts } from "../../../contract/package-facts.ts";
import type { Cataloger } from "../../cataloger/cataloger.ts";
import { packagesOfStanzas } from "../../cataloger/stanzas.ts";

/**
 * apk's database (https://wiki.alpinelinux.org/wiki/Apk_spec): one paragraph per package, with one-letter
 * fields.
 */
export const APK: Cataloger = {
  name: "apk",
  version: 1,
  names: ["installed"],
  reads: (path) => path.endsWith("/lib/apk/db/installed"),
  packages({ bytes, path }) {
    return packagesOfStanzas(bytes.toString("utf8"), (fields) => packageOf(fields, path));
  },
};

function packageOf(fields: ReadonlyMap<string, string>, path: string): PackageFacts {
  const name = fields.get("P");
  const version = fields.get("V");
  if (name === undefined || version === undefined) throw new Error(`a package without name in ${path}`);
  const architecture = fields.get("A");
  const origin = fields.get("o");
  const license = fields.get("L");
  return {
    type: "apk",
    name,
    version,
    ...(architecture === undefined ? {} : { architecture }),
    ...(origin === undefined || origin === name ? {} : { source: { name: origin, version } }),
    ...(license === undefined || license === "" ? {} : { licenses: [license] }),
  };
}
