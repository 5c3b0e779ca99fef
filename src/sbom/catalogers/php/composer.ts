import type { PackageFacts } from "../../../contract/package-facts.ts";
import { fieldsOf, textOf } from "../../../json/fields.ts";
import { jsonObject } from "../../../json/json-object.ts";
import type { Cataloger } from "../../cataloger/cataloger.ts";

/**
 * Packages installed by Composer: `vendor/composer/installed.json`, an object since Composer 2, a list
 * before.
 */
export const COMPOSER: Cataloger = {
  name: "composer",
  version: 1,
  names: ["installed.json"],
  reads: (path) => path.endsWith("/composer/installed.json"),
  packages({ bytes }) {
    const text = bytes.toString("utf8").trimStart();
    const { packages } = text.startsWith("[") ? { packages: JSON.parse(text) as unknown } : jsonObject(bytes);
    if (!Array.isArray(packages)) throw new Error("no list of packages");
    return packages.map(packageOf);
  },
};

function packageOf(value: unknown): PackageFacts {
  const { name: full, version, license } = fieldsOf(value);
  const name = textOf(full);
  if (name === undefined) throw new Error("a package without a name");
  const at = name.indexOf("/");
  const licenses = Array.isArray(license) ? license.flatMap((one: unknown) => textOf(one) ?? []) : [];
  return {
    type: "composer",
    ...(at < 0 ? {} : { namespace: name.slice(0, at) }),
    name: name.slice(at + 1),
    version: (textOf(version) ?? "").replace(/^v(?=\d)/, ""),
    ...(licenses.length === 0 ? {} : { licenses }),
  };
}
