import { isDistributions } from "../../../contract/distribution-packages.ts";
import { LIMITS } from "../../../contract/limits.ts";
import {
  type ComponentFacts,
  type FoundAt,
  type HidingFacts,
  type ImagePackages,
  type PackageFacts,
  type RepositoryFacts,
  type UnreadPackages,
} from "../../../contract/package-facts.ts";
import type { RootFs } from "../../../image/rootfs/root-fs.ts";
import { directoryOf } from "../../../image/tar/path.ts";
import { isReleaseFile } from "../../../sbom/catalogers/cataloger-index.ts";
import { isOfJdk } from "../../../sbom/catalogers/java/jar.ts";
import { DescribedScripts } from "../../../sbom/embedded/embedded-sbom.ts";
import type { LayerFacts, PackageList, PackagesFacts } from "../facts/facts.ts";
import { Executables } from "./executables.ts";
import { whiteoutsOf } from "./hidden-files.ts";
import { hiddenPackages, type LayerList } from "./hidden-packages.ts";
import { ListingPackages } from "./listing-packages.ts";
import { isSameSystem, operatingSystem } from "./operating-system.ts";
import { withOwnManifests } from "./own-manifests.ts";
import { ofStartedBundles, undescribed } from "./packages-of-bundles.ts";
import { projectOf, type StartWords, scriptsNamed, startedBundles } from "./started-bundles.ts";

type FoundIn = Pick<PackageList, "entry" | "inside" | "cataloger">;
type Layers = readonly Pick<LayerFacts, "entries" | "packages">[];

/** Facts beside layers that determine an image's packages. */
export interface PackageContext {
  readonly starts?: readonly StartWords[];
  /** JavaScript files whose packages are stated by SBOMs that count. */
  readonly described?: DescribedScripts;
}

/**
 * Packages of the container: packages in visible lists, and packages in deleted lists whose files remained.
 */
export function imagePackages(
  layers: Layers,
  root: RootFs,
  { starts = [], described = new DescribedScripts() }: PackageContext = {},
): ImagePackages {
  const bundles = startedBundles(layers, root, starts);
  const projects = new Set(scriptsNamed(starts, root).map((path) => projectOf(path, root)));
  const all = layers.flatMap(({ packages, entries }, layer) =>
    packages.lists.map((list) => ({ list, layer, path: entries.paths[list.entry] ?? "" })),
  );
  const lists = withOwnManifests(ofStartedBundles(all, bundles), layers, root, projects);
  const shown = lists.filter(({ list: { entry }, layer }) => root.showsContent({ layer, entry }));
  const hidden = hiddenPackages(lists, layers, root);
  const executables = new Executables(layers, root, [...shown, ...hidden]);
  const system = operatingSystem(layers, root, { lists, stated: [...shown, ...hidden] });
  const context = {
    layers,
    root,
    system,
    listing: new ListingPackages(layers, lists, [...shown, ...hidden]),
  };
  const homes = shown
    .filter(({ list }) => list.cataloger === "openjdk-release")
    .map(({ path }) => `${directoryOf(path)}/`);
  const shownPlaces = <T extends FoundIn>(of: (packages: PackagesFacts) => readonly T[]) =>
    layers.flatMap(({ packages }, layer) =>
      of(packages)
        .filter(({ entry }) => root.showsContent({ layer, entry }))
        .map((list) => ({ list, place: placeOf(list, layer, layers) })),
    );
  return {
    ...system,
    components: [
      ...shown
        .filter((list) => !isDistributionsRuntime(list, executables) && !isSaidByRelease(list, homes))
        .map((list) => ({ ...list, list: withoutNamelessJars(list, homes, executables) }))
        .flatMap((list) => componentsOf(list, context)),
      ...hidden.flatMap((list) =>
        componentsOf(list, context).map((one) => ({ ...one, hidden: true as const })),
      ),
    ],
    unread: [
      ...shownPlaces(({ unread }) => unread).map(({ list: { why }, place }) => ({ ...place, why })),
      ...executables.unownedArchives(),
      ...beyondBound(layers),
      ...undescribed(bundles, described),
    ],
    hidings: hidingsOf(hidden, layers),
    executables: executables.facts(),
    repositories: repositoriesOf(layers),
    unidentified: [
      ...shown
        .filter(({ list }) => list.unidentified === true)
        .map(({ list, layer }) => placeOf(list, layer, layers)),
      ...shownPlaces(({ unidentified }) => unidentified).map(({ place }) => place),
    ],
  };
}

/**
 * Layers with more unread lists than are named. A later layer may hide some of these lists, but it is unknown
 * whether all.
 */
function beyondBound(layers: Layers): readonly UnreadPackages[] {
  return layers.flatMap(({ packages }, layer) =>
    packages.otherUnread === 0 ? [] : [{ path: "/", layer, cataloger: "packages", why: "bound" as const }],
  );
}

/**
 * Whether a distribution's package installed the runtime; the package then states the version that advisories
 * refer to.
 */
function isDistributionsRuntime({ list, layer, path }: LayerList, executables: Executables): boolean {
  if (!/^\/(?:usr\/(?!local\/)|s?bin\/|lib)/.test(path)) return false;
  if (list.cataloger === "runtime") return executables.isDistributions(layer, list.entry);
  return isReleaseFile(list.cataloger) && executables.isListedBelow(homeOf(path));
}

/** Folder of a runtime, derived from its file; Erlang's is two levels up. */
function homeOf(path: string): string {
  return directoryOf(path).replace(/\/releases\/\d{1,3}$/, "");
}

/** Whether a Java library repeats the statement of the `release` file beside it. */
function isSaidByRelease({ list, path }: LayerList, homes: readonly string[]): boolean {
  return (
    list.cataloger === "runtime" && path.endsWith("/libjvm.so") && homes.some((home) => path.startsWith(home))
  );
}

/**
 * Lists without the jars that have no Maven group and were installed by a distribution's package or the JDK:
 * the installing package is then the component.
 */
function withoutNamelessJars(
  { list, layer, path }: LayerList,
  homes: readonly string[],
  executables: Executables,
): PackageList {
  if (list.cataloger !== "java" || list.packages.every(isWhole)) return list;
  const isOwned = isOfJdk(path, homes) || executables.isDistributions(layer, list.entry);
  return isOwned ? { ...list, packages: list.packages.filter(isWhole) } : list;
}

function isWhole({ namespace, groupGuessed }: PackageFacts): boolean {
  return namespace !== undefined && groupGuessed !== true;
}

function hidingsOf(hidden: readonly LayerList[], layers: Layers): readonly HidingFacts[] {
  const named = hidden.slice(0, LIMITS.hidingsNamed);
  const hiders = whiteoutsOf(
    layers.map(({ entries }) => entries),
    named.map(({ path, layer, list: { entry } }) => ({ path, layer, entry })),
  );
  return named.flatMap(({ list: { cataloger, packages }, layer, path }, index) => {
    const by = hiders[index];
    const names = packages.slice(0, LIMITS.hiddenNamed).map(nameOf);
    return by === undefined ? [] : [{ path, layer, cataloger, packages: packages.length, names, by }];
  });
}

function nameOf({ namespace, name }: PackageFacts): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** Repositories of all layers, since packages remain when the file that names their repository is deleted. */
function repositoriesOf(layers: Layers): readonly RepositoryFacts[] {
  const found = new Map<string, RepositoryFacts>();
  for (const [layer, { entries, packages }] of layers.entries()) {
    for (const { entry, manager, address } of packages.repositories) {
      const path = entries.paths[entry] ?? "";
      if (!found.has(`${manager} ${address}`))
        found.set(`${manager} ${address}`, { path, layer, manager, address });
    }
  }
  return [...found.values()];
}

interface Context {
  readonly layers: Layers;
  readonly root: RootFs;
  readonly system: Pick<ImagePackages, "os">;
  readonly listing: ListingPackages;
}

/** Paths of a distribution's package databases, relative to their root. */
const DATABASE =
  /^(.{1,4096}?)\/(?:var\/lib\/(?:dpkg|rpm|rpmmanifest)|usr\/lib\/sysimage\/rpm|(?:usr\/)?lib\/apk\/db)\//;

function componentsOf(
  { list, layer, path }: LayerList,
  { layers, root, system, listing }: Context,
): readonly ComponentFacts[] {
  const place = placeOf(list, layer, layers);
  const folder = DATABASE.exec(path)?.[1] ?? "";
  const isOther =
    folder !== "" && list.packages.some(isDistributions) && !isSameSystem(folder, system.os, layers, root);
  return list.packages.map((stated) => ({
    ...stated,
    ...place,
    ...(listing.brought(stated, path, layer) ? { ofDistribution: true as const } : {}),
    ...(isOther ? { ofOtherSystem: true as const } : {}),
  }));
}

function placeOf({ entry, inside, cataloger }: FoundIn, layer: number, layers: Layers): FoundAt {
  const path = layers[layer]?.entries.paths[entry] ?? "";
  return { path, ...(inside === undefined ? {} : { inside }), layer, cataloger };
}
