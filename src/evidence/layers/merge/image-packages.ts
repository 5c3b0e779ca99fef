import {
  type ComponentFacts,
  type ImagePackages,
  NO_EXECUTABLES,
  type OsFacts,
} from "../../../contract/package-facts.ts";
import type { RootFs } from "../../../image/rootfs/root-fs.ts";
import { isDistributions } from "../../../sbom/distribution.ts";
import type { LayerFacts, PackageList } from "../facts.ts";

type Layers = readonly Pick<LayerFacts, "entries" | "packages">[];

/** The packages that the container has, as the files that it sees state them. */
export function imagePackages(layers: Layers, root: RootFs): ImagePackages {
  const os = systemOf(layers, root);
  const shown = layers.flatMap(({ packages }, layer) =>
    packages.lists
      .filter(({ entry }) => root.showsContent({ layer, entry }))
      .map((list) => ({ list, layer })),
  );
  const isManaged = shown.some(({ list }) => list.packages.some(isDistributions));
  return {
    ...(os === undefined ? {} : { os }),
    components: shown
      .flatMap(({ list, layer }) => componentsOf(list, layer, layers))
      .filter((component) => !(isManaged && isDistributionsRuntime(component))),
    unread: layers.flatMap(({ packages, entries }, layer) =>
      packages.unread
        .filter(({ entry }) => root.showsContent({ layer, entry }))
        .map(({ entry, inside, cataloger, why }) => ({
          path: entries.paths[entry] ?? "",
          ...(inside === undefined ? {} : { inside }),
          layer,
          cataloger,
          why,
        })),
    ),
    hidings: [],
    executables: NO_EXECUTABLES,
    repositories: [],
  };
}

/** What a distribution installs is stated by its package, with the version that its advisories speak of. */
function isDistributionsRuntime({ cataloger, path }: ComponentFacts): boolean {
  const isRuntime = cataloger === "runtime" || cataloger === "openjdk-release";
  return isRuntime && /^\/(?:usr\/(?!local\/)|s?bin\/|lib)/.test(path);
}

function componentsOf(
  { entry, inside, cataloger, packages }: PackageList,
  layer: number,
  layers: Layers,
): readonly ComponentFacts[] {
  const path = layers[layer]?.entries.paths[entry] ?? "";
  return packages.map((stated) => ({
    ...stated,
    path,
    ...(inside === undefined ? {} : { inside }),
    layer,
    cataloger,
  }));
}

/** Where os-release(5) says to look, links followed. */
function systemOf(layers: Layers, root: RootFs): OsFacts | undefined {
  const file = root.resolve("/etc/os-release") ?? root.resolve("/usr/lib/os-release");
  if (file === undefined) return undefined;
  const { layer, entry } = file.source;
  return layers[layer]?.packages.systems.find((system) => system.entry === entry)?.os;
}
