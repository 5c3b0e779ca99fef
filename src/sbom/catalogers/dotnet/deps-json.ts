import type { PackageFacts } from "../../../contract/package-facts.ts";
import { type Fields, isFields } from "../../../json/fields.ts";
import { jsonObject } from "../../../json/json-object.ts";
import type { Cataloger } from "../../cataloger/cataloger.ts";

/** Libraries of a published .NET program, `NAME.deps.json`, with keys `NAME/VERSION`. */
export const DEPS_JSON: Cataloger = {
  name: "dotnet-deps",
  version: 1,
  names: [".json"],
  reads: (path) => path.endsWith(".deps.json"),
  packages({ bytes, path }) {
    const { libraries } = jsonObject(bytes);
    if (!isFields(libraries)) throw new Error("no libraries");
    const stated = Object.entries(libraries).flatMap(([key, library]) => {
      const at = key.lastIndexOf("/");
      // The type `project` is the application itself.
      if (at <= 0 || !isFields(library)) return [];
      const [name, version] = [key.slice(0, at), key.slice(at + 1)];
      if (library["type"] === "runtimepack") return runtimePack(name.replace(/^runtimepack\./, ""), version);
      return isPackage(library) ? [{ type: "nuget", name, version } as const] : [];
    });
    return [...runtimeAt(path), ...stated];
  },
};

/** Runtimes shared by a machine's programs, by their names in Bitnami's advisories. */
const RUNTIMES: Readonly<Record<string, string>> = {
  "Microsoft.NETCore.App": "dotnet",
  "Microsoft.AspNetCore.App": "aspnet-core",
};

/**
 * Shared runtime by its path:
 * `/usr/share/dotnet/shared/Microsoft.NETCore.App/8.0.11/Microsoft.NETCore.App.deps.json`.
 */
function runtimeAt(path: string): readonly PackageFacts[] {
  const [, folder = "", version, file] =
    /\/shared\/([\w.]{1,60})\/(\d[\w.-]{0,60})\/([\w.]{1,60})\.deps\.json$/.exec(path) ?? [];
  const name = Object.hasOwn(RUNTIMES, folder) ? RUNTIMES[folder] : undefined;
  return name === undefined || version === undefined || file !== folder
    ? []
    : [{ type: "generic", name, version }];
}

/**
 * Runtime in a self-contained program: `Microsoft.NETCore.App.Runtime.linux-x64`. NuGet's advisories name
 * this package, Bitnami's the runtime.
 */
function runtimePack(name: string, version: string): readonly PackageFacts[] {
  const framework = /^([\w.]{1,60})\.Runtime\./.exec(name)?.[1] ?? "";
  const runtime = Object.hasOwn(RUNTIMES, framework) ? RUNTIMES[framework] : undefined;
  return [
    { type: "nuget", name, version },
    ...(runtime === undefined ? [] : [{ type: "generic", name: runtime, version } as const]),
  ];
}

function isPackage({ type }: Fields): boolean {
  return type === "package";
}
