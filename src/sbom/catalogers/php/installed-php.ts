import type { PackageFacts } from "../../../contract/package-facts.ts";
import type { Cataloger } from "../../cataloger/cataloger.ts";

/**
 * Packages in `vendor/composer/installed.php`, which Composer 2 writes for PHP
 * (`Composer\\InstalledVersions`) with `var_export`, one field per line. It remains if an image omits
 * `installed.json`.
 */
export const COMPOSER_PHP: Cataloger = {
  name: "composer-php",
  version: 1,
  names: ["installed.php"],
  reads: (path) => path.endsWith("/composer/installed.php"),
  packages({ bytes, path }) {
    const lines = bytes.toString("utf8").split(/\r?\n/);
    const at = lines.findIndex((line) => VERSIONS.test(line));
    if (at < 0) throw new Error(`no versions in ${path}`);
    if (!/^\);\s*$/.test(lines.findLast((line) => line !== "") ?? "")) throw new Error(`${path} breaks off`);
    const root = lines.slice(0, at).map((line) => ROOT_NAME.exec(line)?.[1]);
    return packagesIn(lines.slice(at + 1), root.find((name) => name !== undefined) ?? "");
  },
};

const VERSIONS = /^ {4}'versions' => (?:array\(|\[)/;
const ROOT_NAME = /^ {8}'name' => '([^'\\]{1,200})',$/;
const PACKAGE = /^ {8}'([^'\\]{1,200})' => (?:array\(|\[)$/;
/** Version of a package; provided and replaced packages have none. */
const VERSION = /^ {12}'pretty_version' => '([^'\\]{0,200})',$/;

/** @param root name of the application itself, which the list contains, too */
function packagesIn(lines: readonly string[], root: string): readonly PackageFacts[] {
  const found: PackageFacts[] = [];
  let full: string | undefined;
  for (const line of lines) {
    full = PACKAGE.exec(line)?.[1] ?? full;
    const version = VERSION.exec(line)?.[1];
    if (full === undefined || version === undefined || full === root) continue;
    const slash = full.indexOf("/");
    found.push({
      type: "composer",
      ...(slash < 0 ? {} : { namespace: full.slice(0, slash) }),
      name: full.slice(slash + 1),
      version: version.replace(/^v(?=\d)/, ""),
    });
  }
  return found;
}
