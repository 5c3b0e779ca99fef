import { foreignAptLines, foreignAptSources } from "./apt-sources.ts";
import { isDistributions, type NamedRepository, shownAddress } from "./repository.ts";

type Reader = (text: string) => readonly NamedRepository[];

/** Reader of a package manager's repository configuration at this path; undefined for other files. */
export function repositoryReader(path: string): Reader | undefined {
  if (path === "/etc/apt/sources.list") return foreignAptLines;
  if (path === "/etc/apk/repositories") return foreignApk;
  const [, folder = "", ending] =
    /^\/etc\/(apt\/sources\.list\.d|apk\/repositories\.d|yum\.repos\.d|zypp\/repos\.d)\/[^/]{1,255}?\.?(list|sources|repo)$/.exec(
      path,
    ) ?? [];
  if (folder === "apt/sources.list.d") return ending === "list" ? foreignAptLines : foreignAptSources;
  if (folder === "apk/repositories.d") return foreignApk;
  return folder === "" ? undefined : foreignRpm;
}

/** Foreign repositories of apk: one per line, possibly after a tag (`@edge`). */
function foreignApk(text: string): readonly NamedRepository[] {
  return text.split("\n").flatMap((line) => {
    const address = shownAddress(line.replace(/^\s*@\S+\s/, ""));
    if (address === "" || line.startsWith("#") || isDistributions(address)) return [];
    return [{ manager: "apk", address }];
  });
}

/**
 * Foreign repositories of rpm: sections in brackets with addresses in `baseurl`; variables such as
 * `$releasever` are kept.
 */
function foreignRpm(text: string): readonly NamedRepository[] {
  return text.split("\n[").flatMap((section) => {
    const fields = new Map(section.split("\n").map(fieldOf));
    if (/^(?:0|no|false)$/i.test(fields.get("enabled") ?? "")) return [];
    return ["baseurl", "mirrorlist", "metalink"].flatMap((name) => {
      const address = shownAddress(fields.get(name)?.split(/[\s,]/, 1)[0] ?? "");
      return address === "" || isDistributions(address) ? [] : [{ manager: "rpm" as const, address }];
    });
  });
}

function fieldOf(line: string): readonly [name: string, value: string] {
  const at = line.indexOf("=");
  return [line.slice(0, Math.max(at, 0)).trim().toLowerCase(), line.slice(at + 1).trim()];
}
