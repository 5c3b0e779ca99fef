import { textOf } from "../../../json/fields.ts";
import { jsonObject } from "../../../json/json-object.ts";
import type { Cataloger } from "../../cataloger/cataloger.ts";
import { packageOf } from "./package-manifest.ts";

/**
 * A tarball of `npm pack` or of the registry, left packed in an image:
 * `NAME-VERSION.tgz!/…!/package/package.json`.
 */
export const NPM_TARBALL: Cataloger = {
  name: "npm-tarball",
  version: 1,
  names: ["package.json"],
  reads: (path) => path.endsWith("!/package/package.json"),
  packages({ bytes, path }) {
    const manifest = jsonObject(bytes);
    const name = textOf(manifest["name"]);
    if (name === undefined) throw new Error(`no name in ${path}`);
    return [packageOf(manifest, name, textOf(manifest["version"]) ?? "")];
  },
};
