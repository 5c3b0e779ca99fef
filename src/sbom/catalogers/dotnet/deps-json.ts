import type { PackageFacts } from "../../../contract/package-facts.ts";
import type { Cataloger } from "../cataloger.ts";
import { isObject, jsonObject } from "../json.ts";

/** What a .NET program was published with: `NAME.deps.json`, its libraries by `NAME/VERSION`. */
export const DEPS_JSON: Cataloger = {
  name: "dotnet-deps",
  names: [".json"],
  reads: (path) => path.endsWith(".deps.json"),
  packages({ bytes, path }) {
    const { libraries } = jsonObject(bytes);
    if (!isObject(libraries)) throw new Error("no libraries");
    const stated = Object.entries(libraries).flatMap(([key, library]) => {
      const at = key.lastIndexOf("/");
      // `project` is the application itself.
      if (at <= 0 || !isObject(library) || !isPackage(library)) return [];
      return [{ type: "nuget", name: key.slice(0, at), version: key.slice(at + 1) } as const];
    });
    return [...runtimeAt(path), ...stated];
  },
};

/** The runtimes that are shared by the programs of a machine, as Bitnami's advisories name them. */
const RUNTIMES: Readonly<Record<string, string>> = {
  "Microsoft.NETCore.App": "dotnet",
  "Microsoft.AspNetCore.App": "aspnet-core",
};

/** `/usr/share/dotnet/shared/Microsoft.NETCore.App/8.0.11/Microsoft.NETCore.App.deps.json`. */
function runtimeAt(path: string): readonly PackageFacts[] {
  const [, folder = "", version, file] =
    /\/shared\/([\w.]{1,60})\/(\d[\w.-]{0,60})\/([\w.]{1,60})\.deps\.json$/.exec(path) ?? [];
  const name = Object.hasOwn(RUNTIMES, folder) ? RUNTIMES[folder] : undefined;
  return name === undefined || version === undefined || file !== folder
    ? []
    : [{ type: "generic", name, version }];
}

function isPackage({ type }: Readonly<Record<string, unknown>>): boolean {
  return type === "package";
}
