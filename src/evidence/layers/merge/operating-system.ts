import { isDistributions } from "../../../contract/distribution-packages.ts";
import type { ImagePackages, OsFacts, OsStatement, PackageFacts } from "../../../contract/package-facts.ts";
import type { RootFs } from "../../../image/rootfs/root-fs.ts";
import type { LayerFacts } from "../facts/facts.ts";
import type { LayerList } from "./hidden-packages.ts";

type Layers = readonly Pick<LayerFacts, "entries" | "packages">[];
type System = Pick<ImagePackages, "os" | "osConflict">;

/** Locations defined by os-release(5). */
const PLACES = ["/etc/os-release", "/usr/lib/os-release"] as const;

/**
 * Distribution and release. The release is unknown if a statement contradicts the visible os-release: the
 * other os-release file, the file of a lower layer whose packages are still in use, or the package that
 * installs the file.
 *
 * @param packages package lists of all layers, and the lists that count, visible or hidden
 */
export function operatingSystem(
  layers: Layers,
  root: RootFs,
  { lists, stated }: { readonly lists: readonly LayerList[]; readonly stated: readonly LayerList[] },
): System {
  const seen = seenStatement(layers, root, "");
  if (seen === undefined) return {};
  const { os } = seen;
  const all = statements(layers, root);
  const other =
    all.find((one) => one.isShown && one.isTwice) ??
    all.find((one) => one.isShown && releaseKey(one.os) !== releaseKey(os)) ??
    all.find((one) => releaseKey(one.os) !== releaseKey(os) && !isUpgraded(one.layer, seen.layer, lists)) ??
    byPackages(os, stated);
  if (other === undefined) return { os };
  return {
    osConflict: [seen, other].map(({ os: { id, version }, path, layer }) => shown(id, version, path, layer)),
  };
}

/** Whether a root file system in a folder of the image has the same system as the image. */
export function isSameSystem(folder: string, os: OsFacts | undefined, layers: Layers, root: RootFs): boolean {
  const own = seenStatement(layers, root, folder)?.os;
  return own !== undefined && os !== undefined && releaseKey(own) === releaseKey(os);
}

interface Statement extends Pick<OsStatement, "path" | "layer"> {
  readonly os: OsFacts;
}

function shown(id: string, version: string | undefined, path: string, layer: number): OsStatement {
  return { system: version === undefined ? id : `${id} ${version}`, path, layer };
}

/** Statement visible in the container, with links followed. */
function seenStatement(layers: Layers, root: RootFs, folder: string): Statement | undefined {
  for (const place of folder === "" ? PLACES : PLACES.toReversed()) {
    const file = root.resolve(`${folder}${place}`);
    if (file === undefined) continue;
    const { layer, entry } = file.source;
    const path = layers[layer]?.entries.paths[entry] ?? "";
    const os = layers[layer]?.packages.systems.find((system) => system.entry === entry)?.os;
    return os === undefined || !path.startsWith(`${folder}/`) ? undefined : { os, path, layer };
  }
  return undefined;
}

function statements(
  layers: Layers,
  root: RootFs,
): readonly (Statement & { readonly isShown: boolean; readonly isTwice: boolean })[] {
  return layers.flatMap(({ entries, packages }, layer) =>
    packages.systems.flatMap(({ entry, os, isTwice }) => {
      const path = entries.paths[entry] ?? "";
      if (!PLACES.some((place) => place === path)) return [];
      return [{ os, path, layer, isShown: root.showsContent({ layer, entry }), isTwice: isTwice === true }];
    }),
  );
}

/** Whether the package database changes together with os-release, as in an upgrade to a new release. */
function isUpgraded(from: number, to: number, lists: readonly LayerList[]): boolean {
  // A statement that a later layer reverted is skipped, since it adds nothing.
  if (from > to) return true;
  return lists.some(({ list, layer }) => layer === to && list.packages.some(isReleasePackage));
}

function byPackages(os: OsFacts, lists: readonly LayerList[]): Statement | undefined {
  for (const { list, layer, path } of lists) {
    const stating = list.packages.find((one) => isReleasePackage(one) && RELEASES[one.name]?.id === os.id);
    const said = stating && RELEASES[stating.name]?.release(stating.version);
    if (said === undefined || os.version === undefined) continue;
    const own = { id: os.id, version: said };
    if (releaseKey(own) !== releaseKey(os)) return { os: own, path, layer };
  }
  return undefined;
}

/**
 * Packages whose version is that of the release. Debian: `13.8+deb13u8`; the version of a derivative contains
 * its name.
 */
const RELEASES: Readonly<
  Record<string, { readonly id: string; release(version: string): string | undefined }>
> = {
  "base-files": {
    id: "debian",
    release: (version) => /^(\d{1,3})(?:\.\d{1,3})?(?:\+deb\w{1,9})?$/.exec(version)?.[1],
  },
  "alpine-release": { id: "alpine", release: (version) => /^\d{1,3}\.\d{1,3}/.exec(version)?.[0] },
};

function isReleasePackage(facts: PackageFacts): boolean {
  return isDistributions(facts) && (facts.name === "base-files" || /-release(?:-|$)/.test(facts.name));
}

/** Key of a release as advisories name releases: point releases share a key. */
function releaseKey({ id, version = "" }: OsFacts): string {
  const [major = "", minor = ""] = version.split(".");
  if (id === "debian" || id === "rhel" || id === "rocky" || id === "almalinux" || id === "ol")
    return `${id} ${major}`;
  return id === "alpine" ? `${id} ${major}.${minor}` : `${id} ${version}`;
}
