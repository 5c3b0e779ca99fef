import type { Cataloger } from "../cataloger.ts";
import { isObject, jsonObject } from "../json.ts";

/** What a .NET program was published with: `NAME.deps.json`, its libraries by `NAME/VERSION`. */
export const DEPS_JSON: Cataloger = {
  name: "dotnet-deps",
  names: [".json"],
  reads: (path) => path.endsWith(".deps.json"),
  packages({ bytes }) {
    const { libraries } = jsonObject(bytes);
    if (!isObject(libraries)) throw new Error("no libraries");
    return Object.entries(libraries).flatMap(([key, library]) => {
      const at = key.lastIndexOf("/");
      // `project` is the application itself.
      if (at <= 0 || !isObject(library) || !isPackage(library)) return [];
      return [{ type: "nuget", name: key.slice(0, at), version: key.slice(at + 1) }];
    });
  },
};

function isPackage({ type }: Readonly<Record<string, unknown>>): boolean {
  return type === "package";
}
