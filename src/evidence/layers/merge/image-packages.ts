import {
  type ComponentFacts,
  type FoundAt,
  type ImagePackages,
  NO_EXECUTABLES,
  type OsFacts,
} from "../../../contract/package-facts.ts";
import type { RootFs } from "../../../image/rootfs/root-fs.ts";
import { isDistributions } from "../../../sbom/distribution.ts";
import type { LayerFacts, PackageList } from "../facts.ts";

type FoundIn = Pick<PackageList, "entry" | "inside" | "cataloger">;
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
    unread: layers.flatMap(({ packages }, layer) =>
      packages.unread
        .filter(({ entry }) => root.showsContent({ layer, entry }))
        .map((list) => ({ ...placeOf(list, layer, layers), why: list.why })),
    ),
    hidings: [],
    executables: NO_EXECUTABLES,
    repositories: [],
    unidentified: shown
      .filter(({ list }) => list.unidentified === true)
      .map(({ list, layer }) => placeOf(list, layer, layers)),
  };
}

/** What a distribution installs is stated by its package, with the version that its advisories speak of. */
function isDistributionsRuntime({ cataloger, path }: ComponentFacts): boolean {
  const isRuntime = cataloger === "runtime" || cataloger === "openjdk-release";
  return isRuntime && /^\/(?:usr\/(?!local\/)|s?bin\/|lib)/.test(path);
}

function componentsOf(list: PackageList, layer: number, layers: Layers): readonly ComponentFacts[] {
  const place = placeOf(list, layer, layers);
  return list.packages.map((stated) => ({ ...stated, ...place }));
}

function placeOf({ entry, inside, cataloger }: FoundIn, layer: number, layers: Layers): FoundAt {
  const path = layers[layer]?.entries.paths[entry] ?? "";
  return { path, ...(inside === undefined ? {} : { inside }), layer, cataloger };
}

/** Where os-release(5) says to look, links followed. */
function systemOf(layers: Layers, root: RootFs): OsFacts | undefined {
  const file = root.resolve("/etc/os-release") ?? root.resolve("/usr/lib/os-release");
  if (file === undefined) return undefined;
  const { layer, entry } = file.source;
  return layers[layer]?.packages.systems.find((system) => system.entry === entry)?.os;
}
