import type { PackageFacts } from "../../../contract/package-facts.ts";
import { isObject, textOf } from "../../cataloger/json.ts";

type Manifest = Readonly<Record<string, unknown>>;

/** Facts of a `package.json`, with the name and version that the caller determined. */
export function packageOf(manifest: Manifest, name: string, version: string): PackageFacts {
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
function licensesOf({ license, licenses }: Manifest): PackageFacts["licenses"] & {} {
  const all = Array.isArray(licenses) ? licenses : [license];
  return all.flatMap((one: unknown) => textOf(isObject(one) ? (one["type"] ?? one["name"]) : one) ?? []);
}
