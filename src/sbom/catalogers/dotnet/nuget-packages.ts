import type { Cataloger } from "../../cataloger/cataloger.ts";

/**
 * Packages in NuGet's global folder, from which `dotnet` also loads libraries at run time:
 * `.nuget/packages/NAME/VERSION/NAME.nuspec`
 * (https://learn.microsoft.com/nuget/consume-packages/managing-the-global-packages-and-cache-folders).
 */
export const NUGET_PACKAGES: Cataloger = {
  name: "nuget-packages",
  version: 1,
  names: [".nuspec"],
  reads: (path) => placeOf(path) !== undefined,
  packages({ bytes, path }) {
    const text = bytes.toString("utf8", 0, HEAD_BYTES);
    const { folder = "", version = "" } = placeOf(path) ?? {};
    const name = elementOf(text, "id");
    if (name === undefined || name.toLowerCase() !== folder) throw new Error(`another id in ${path}`);
    const license = /<license\s{1,8}type="expression"\s{0,8}>([^<]{1,200})<\/license>/.exec(text)?.[1];
    return [
      {
        type: "nuget",
        name,
        version: elementOf(text, "version") ?? version,
        ...(license === undefined ? {} : { licenses: [license.trim()] }),
      },
    ];
  },
};

/** Bytes read of a .nuspec: its metadata precedes dependencies and file groups. */
const HEAD_BYTES = 64 * 1024;

/** Folder and version of a package; both folders are in lower case. */
function placeOf(path: string): { readonly folder: string; readonly version: string } | undefined {
  const [, folder = "", version = "", file = ""] = PLACE.exec(path) ?? [];
  return folder !== "" && file.toLowerCase() === folder ? { folder, version } : undefined;
}

const PLACE = /\/([a-z0-9_.-]{1,100})\/(\d[\w.+-]{0,60})\/([\w.-]{1,100})\.nuspec$/;

/** Text of the first element with this name that contains only text. */
function elementOf(text: string, name: "id" | "version"): string | undefined {
  const begin = text.indexOf(`<${name}>`);
  const end = text.indexOf("<", begin + 1);
  if (begin < 0 || !text.startsWith(`</${name}>`, end)) return undefined;
  const value = text.slice(begin + name.length + 2, end).trim();
  return value === "" ? undefined : value;
}
