import type { SecretFacts } from "../../../contract/image-facts.ts";
import { LIMITS } from "../../../contract/limits.ts";
import type { LayerSource } from "../../../image/open-image.ts";
import { programOf } from "../../../image/program.ts";
import { LayerTrees } from "../../../image/rootfs/layer-trees.ts";
import { RootFs } from "../../../image/rootfs/root-fs.ts";
import { selectFiles } from "../../files.ts";
import type { LayerFacts } from "../facts.ts";
import type { ImageContents, ImageFilesRead, Start } from "../image-contents.ts";
import { type LayersRead, type ReadOptions, readLayers } from "../read/read-layers.ts";
import { Contents } from "./contents.ts";

/**
 * Reads an image's layers, merges them, selects the files that rules ask for and follows the start
 * commands. Contents are kept while the layers stream by, as far as headers tell which will be wanted; the
 * few that only a link of another layer, or a script read so late, leads to are read in passes of
 * their own; where LIMITS.readPasses are not enough, the start commands count as not followed.
 */
export async function mergeLayers(
  sources: readonly LayerSource[],
  starts: readonly Start[],
  isComplete: boolean,
  options: ReadOptions,
): Promise<ImageFilesRead> {
  // Unpacked while the others are read: at the end one core works and the others wait.
  const trees = new LayerTrees();
  const onLayer = (index: number, { entries }: LayerFacts) => trees.unpack(index, entries);
  let read = await readLayers(sources, { ...options, onLayer });
  let { contents, lacks } = examine(read.layers, isComplete, starts, options, trees);
  for (let pass = 1; lacks.size > 0 && pass < LIMITS.readPasses; pass++) {
    read = await readLayers(sources, options, { layers: read.layers, lacks });
    ({ contents, lacks } = examine(read.layers, isComplete, starts, options));
  }
  if (lacks.size === 0) return { contents, ...problemOf(read) };
  const programs = contents.programs.map((program) => ({ ...program, cut: true as const }));
  return { contents: { ...contents, programs }, ...problemOf(read) };
}

function problemOf({ cacheProblem }: LayersRead): Pick<ImageFilesRead, "cacheProblem"> {
  return cacheProblem === undefined ? {} : { cacheProblem };
}

function examine(
  layers: readonly LayerFacts[],
  isComplete: boolean,
  starts: readonly Start[],
  { selectors }: ReadOptions,
  trees?: LayerTrees,
) {
  const root = new RootFs(
    layers.map(({ entries }) => entries),
    isComplete,
    trees,
  );
  const kept = new Contents(layers);
  const contents: ImageContents = {
    entries: layers.map(({ entries }) => entries.paths.length),
    files: selectFiles({ layers, root, contents: kept }, selectors),
    programs: starts.map((start) => programOf(start.argv, start, root, (file) => kept.scriptOf(file))),
    secrets: secretsIn(layers, root),
  };
  return { contents, lacks: kept.missing };
}

function secretsIn(layers: readonly LayerFacts[], root: RootFs): readonly SecretFacts[] {
  return layers.flatMap(({ entries, secrets }, layer) =>
    // Each key by name: facts that were stored have them in another order, saved evidence must not.
    secrets.map(({ kind, entry, line, masked, id, confidence }) => ({
      kind,
      at: {
        in: "file" as const,
        path: entries.paths[entry] ?? "",
        layer,
        line,
        ...(root.showsContent({ layer, entry }) ? {} : { hidden: true as const }),
      },
      masked,
      id,
      confidence,
    })),
  );
}
