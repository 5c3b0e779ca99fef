import { textOf } from "../../../json/fields.ts";
import { jsonObject } from "../../../json/json-object.ts";
import type { Cataloger } from "../../cataloger/cataloger.ts";
import { packageOf } from "./package-manifest.ts";

/**
 * npm packages in the caches of Deno and Bun, which load packages by the folder's name:
 * `npm/registry.npmjs.org/NAME/VERSION`, `.bun/install/cache/NAME@VERSION@@@1`.
 */
export const PACKAGE_CACHES: Cataloger = {
  name: "package-cache",
  version: 1,
  names: ["package.json"],
  reads: (path) => placeOf(path) !== undefined,
  packages({ bytes, path }) {
    const { name = "", version = "" } = placeOf(path) ?? {};
    const manifest = jsonObject(bytes);
    const own = textOf(manifest["name"]) ?? name;
    const facts = packageOf(manifest, own, textOf(manifest["version"]) ?? version);
    return [own === name ? facts : { ...facts, alias: name }];
  },
};

function placeOf(path: string): { readonly name: string; readonly version: string } | undefined {
  const [, name = "", version = ""] = DENO.exec(path) ?? BUN.exec(path) ?? [];
  return name === "" ? undefined : { name, version };
}

const DENO = /\/npm\/[\w.-]{1,100}\/((?:@[^/]{1,100}\/)?[^/@]{1,214})\/(\d[^/]{0,100})\/package\.json$/;
const BUN = /\/install\/cache\/((?:@[^/]{1,100}\/)?[^/@]{1,214})@(\d[^/@]{0,100})@@@\d{1,3}\/package\.json$/;
