import { baseName } from "../../../contract/base-name.ts";
import type { PackageFacts } from "../../../contract/package-facts.ts";
import type { RootFs } from "../../../image/rootfs/root-fs.ts";
import { directoryOf } from "../../../image/tar/path.ts";
import type { LayerFacts } from "../facts/facts.ts";
import type { LayerList } from "./hidden-packages.ts";

type Layers = readonly Pick<LayerFacts, "entries" | "packages">[];

/**
 * Package lists, with only the npm manifests outside node_modules that count. A manifest counts if a link in
 * node_modules leads to it, whether its package is published or not. The manifest of a published package also
 * counts in a folder of the package's name (a copy), and if the started application has a manifest of its
 * own.
 *
 * @param projects folders of applications
 */
export function withOwnManifests(
  lists: readonly LayerList[],
  layers: Layers,
  root: RootFs,
  projects: ReadonlySet<string>,
): readonly LayerList[] {
  if (!lists.some(({ list }) => list.cataloger === MANIFEST)) return lists;
  const linked = linkedManifests(layers, root);
  return lists.flatMap((one) => {
    const { list, layer, path } = one;
    if (list.cataloger !== MANIFEST) return [one];
    const folder = directoryOf(path);
    const [facts] = list.packages;
    if (facts === undefined) return [];
    const isCopy = baseName(folder) === facts.name && !OF_TESTS.test(path);
    const isPublished = !isUnpublished(facts) && (isCopy || projects.has(folder));
    if (!isPublished && !linked.has(keyOf(layer, list.entry))) return [];
    return [{ ...one, list: { ...list, packages: list.packages.map(withoutMark) } }];
  });
}

/** Cataloger of manifests outside node_modules, and its mark for unpublished packages. */
const MANIFEST = "node-linked";
const UNPUBLISHED = "unpublished";

function isUnpublished({ qualifiers }: PackageFacts): boolean {
  return qualifiers?.[UNPUBLISHED] === "true";
}

function withoutMark({ type, namespace, name, version, licenses }: PackageFacts): PackageFacts {
  return {
    type,
    ...(namespace === undefined ? {} : { namespace }),
    name,
    version,
    ...(licenses === undefined ? {} : { licenses }),
  };
}

const OF_TESTS =
  /\/(?:tests?|__tests__|fixtures?|__fixtures__|examples?|benchmarks?|demos?|templates?|\.yarn)\//i;

/** Manifests of folders that links in node_modules point to. */
function linkedManifests(layers: Layers, root: RootFs): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [layer, { entries }] of layers.entries()) {
    for (const [entry] of entries.links) {
      const path = entries.paths[entry] ?? "";
      if (!LINKED.test(path) || !root.shows({ layer, entry })) continue;
      const source = root.resolve(`${path}/package.json`)?.source;
      if (source !== undefined) found.add(keyOf(source.layer, source.entry));
    }
  }
  return found;
}

/** Path of a package's or scoped package's link in node_modules. */
const LINKED = /\/node_modules\/(?:@[^/]+\/)?[^/@.][^/]*$/;

function keyOf(layer: number, entry: number): string {
  return `${layer} ${entry}`;
}
