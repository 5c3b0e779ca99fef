import type { PackageFacts } from "../../../contract/package-facts.ts";
import { type Fields, isFields, textOf } from "../../../json/fields.ts";

/** Facts of a `package.json`, with the name and version that the caller determined. */
export function packageOf(manifest: Fields, name: string, version: string): PackageFacts {
  const licenses = licensesOf(manifest);
  return { ...named(name, version), ...(licenses.length === 0 ? {} : { licenses }) };
}

/** A package by its full name: `@scope/name`. */
export function named(full: string, version: string): PackageFacts {
  const scope = /^(@[^/]+)\/(.+)$/.exec(full);
  return {
    type: "npm",
    ...(scope === null ? {} : { namespace: scope[1] ?? "" }),
    name: scope?.[2] ?? full,
    version,
  };
}

/** Licences in `license`, or in older forms of npm: an object, a list of objects. */
function licensesOf({ license, licenses }: Fields): PackageFacts["licenses"] & {} {
  const all = Array.isArray(licenses) ? licenses : [license];
  return all.flatMap((one: unknown) => textOf(isFields(one) ? (one["type"] ?? one["name"]) : one) ?? []);
}
