import type { FileSelector } from "../../../contract/file-selector.ts";
import type {
  DatabaseFacts,
  InlinedFacts,
  SecretFacts,
  UnsearchedFacts,
} from "../../../contract/image-facts.ts";
import { LIMITS } from "../../../contract/limits.ts";
import type { Text } from "../../../contract/text.ts";
import { LayerTrees } from "../../../image/rootfs/layer-tree.ts";
import { RootFs } from "../../../image/rootfs/root-fs.ts";
import type { LayerSource } from "../../../image/source/open-image.ts";
import { programOf } from "../../program/program.ts";
import type { CacheFolder } from "../cache/cache-folder.ts";
import { FactsCache } from "../cache/facts-cache.ts";
import type { LayerFacts } from "../facts/facts.ts";
import type { ImageContents, Start } from "../facts/image-contents.ts";
import { LayerFactsRegistry } from "../known/layer-facts-registry.ts";
import { RunSelectors } from "../known/run-selectors.ts";
import { type ReadOptions, readLayers } from "../read/read-layers.ts";
import { Contents } from "./contents.ts";
import { readSelected, selectFiles } from "./files.ts";
import { imagePackages } from "./image-packages.ts";
import { imageSboms } from "./image-sboms.ts";

/** Layers of an image to merge, with its start commands. */
export interface ImageToMerge {
  readonly sources: readonly LayerSource[];
  readonly starts: readonly Start[];
  /** Whether all layers can be read. */
  readonly isComplete: boolean;
}

/** Merges the layers of each image of a run. */
export class ImageMerger {
  readonly #facts: FactsCache | undefined;
  readonly #run: LayerFactsRegistry;

  /** @param isShared whether several images will be read */
  constructor(selectors: readonly FileSelector[], folder: CacheFolder | undefined, isShared: boolean) {
    this.#facts = folder && new FactsCache(folder);
    this.#run = new LayerFactsRegistry(new RunSelectors(selectors), this.#facts, isShared);
  }

  get cacheProblem(): Text | undefined {
    return this.#facts?.problem;
  }

  /**
   * Reads an image's layers, merges them, selects files for the rules and follows the start commands.
   * Contents are kept while layers are streamed, if headers suffice to select them. Contents found only
   * through a link in another layer, or through a script, are read in further passes. If LIMITS.readPasses do
   * not suffice, the start commands count as not followed.
   *
   * @throws DouaneError as readLayers() and RootFs
   */
  async merge(image: ImageToMerge, options: ReadOptions): Promise<ImageContents> {
    const { sources } = image;
    const { selectors } = this.#run;
    // Trees are built while other layers are read; at the end, only one core would work.
    const trees = new LayerTrees();
    const onLayer = (index: number, { entries }: LayerFacts) => trees.unpack(index, entries);
    let layers = await readLayers(sources, this.#run, { ...options, onLayer });
    let { contents, selected, lacks } = examine(layers, image, selectors, trees);
    for (let pass = 1; lacks.size > 0 && pass < LIMITS.readPasses; pass++) {
      layers = await readLayers(sources, this.#run, options, { layers, lacks });
      ({ contents, selected, lacks } = examine(layers, image, selectors));
    }
    const { entries, programs, ...others } = contents;
    return {
      entries,
      files: readSelected(selected),
      programs: lacks.size === 0 ? programs : programs.map((program) => ({ ...program, cut: true as const })),
      ...others,
    };
  }
}

function examine(
  layers: readonly LayerFacts[],
  { sources, starts, isComplete }: ImageToMerge,
  selectors: RunSelectors,
  trees?: LayerTrees,
) {
  const root = new RootFs(
    layers.map(({ entries }) => entries),
    isComplete,
    trees,
  );
  const kept = new Contents(layers);
  const diffIds = sources.map(({ diffId }) => diffId);
  const { sboms, scripts: described } = imageSboms(layers, root, diffIds);
  const entries = layers.map((layer) => layer.entries.paths.length);
  const selected = selectFiles({ layers, root, contents: kept }, selectors.list);
  const contents: Omit<ImageContents, "files"> = {
    entries,
    programs: starts.map((start) => programOf(start.argv, start, root, kept)),
    secrets: secretsIn(layers, root),
    unsearched: unsearchedIn(layers),
    databases: databasesIn(layers, root),
    inlined: inlinedIn(layers, root),
    packages: imagePackages(layers, root, { starts, described }),
    sboms,
  };
  return { contents, selected, lacks: kept.missing };
}

function secretsIn(layers: readonly LayerFacts[], root: RootFs): readonly SecretFacts[] {
  return layers.flatMap(({ entries, secrets }, layer) =>
    // Keys in a fixed order: cached facts have another order, and saved evidence must always have the same order.
    secrets.found.map(({ kind, entry, line, masked, id, confidence, inside, testOf }) => ({
      kind,
      at: {
        in: "file" as const,
        path: entries.paths[entry] ?? "",
        layer,
        line,
        ...(root.showsContent({ layer, entry }) ? {} : { hidden: true as const }),
        ...(inside === undefined ? {} : { inside }),
        ...(testOf === undefined ? {} : { testOf }),
      },
      masked,
      id,
      confidence,
    })),
  );
}

function inlinedIn(layers: readonly LayerFacts[], root: RootFs): readonly InlinedFacts[] {
  return layers.flatMap(({ entries, secrets }, layer) =>
    secrets.inlined.map(({ entry, inside, kind, value }) => ({
      kind,
      value,
      path: entries.paths[entry] ?? "",
      layer,
      ...(root.showsContent({ layer, entry }) ? {} : { hidden: true as const }),
      ...(inside === undefined ? {} : { inside }),
    })),
  );
}

function databasesIn(layers: readonly LayerFacts[], root: RootFs): readonly DatabaseFacts[] {
  return layers.flatMap(({ entries, secrets }, layer) =>
    secrets.databases.map(({ entry, inside, format, isRead, isScript }) => ({
      format,
      path: entries.paths[entry] ?? "",
      layer,
      ...(root.showsContent({ layer, entry }) ? {} : { hidden: true as const }),
      ...(inside === undefined ? {} : { inside }),
      ...(isRead === undefined ? {} : { isRead }),
      ...(isScript === undefined ? {} : { isScript }),
    })),
  );
}

function unsearchedIn(layers: readonly LayerFacts[]): UnsearchedFacts {
  const files = layers.flatMap(({ entries, secrets }, layer) =>
    secrets.unsearched.map(({ entry, inside, why, sha256 }) => ({
      path: entries.paths[entry] ?? "",
      layer,
      ...(inside === undefined ? {} : { inside }),
      why,
      ...(sha256 === undefined ? {} : { sha256 }),
    })),
  );
  return { files, others: layers.reduce((sum, { secrets }) => sum + secrets.others, 0) };
}
