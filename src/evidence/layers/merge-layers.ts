import type { SecretFacts } from "../../contract/image-facts.ts";
import type { LayerSource } from "../../image/open-image.ts";
import { programOf } from "../../image/program.ts";
import { RootFs } from "../../image/rootfs/root-fs.ts";
import { selectFiles } from "../files.ts";
import { Contents } from "./contents.ts";
import type { LayerFacts } from "./facts.ts";
import type { ImageContents } from "./image-contents.ts";
import type { ImageFilesRead, Start } from "./read-image-files.ts";
import { type LayersRead, type ReadOptions, readLayers } from "./read-layers.ts";

/**
 * Reads an image's layers, merges them, selects the files that rules ask for and follows the start
 * command. Contents are kept while the layers stream by, as far as headers tell which will be wanted; the
 * few that only a link of another layer leads to are read in a second pass.
 */
export async function mergeLayers(
  sources: readonly LayerSource[],
  start: Start,
  isComplete: boolean,
  options: ReadOptions,
): Promise<ImageFilesRead> {
  const first = await readLayers(sources, options);
  const { contents, lacks } = examine(first.layers, isComplete, start, options);
  if (lacks.size === 0) return { contents, ...problemOf(first) };
  const second = await readLayers(sources, options, { layers: first.layers, lacks });
  return { contents: examine(second.layers, isComplete, start, options).contents, ...problemOf(second) };
}

function problemOf({ cacheProblem }: LayersRead): Pick<ImageFilesRead, "cacheProblem"> {
  return cacheProblem === undefined ? {} : { cacheProblem };
}

function examine(
  layers: readonly LayerFacts[],
  isComplete: boolean,
  start: Start,
  { selectors }: ReadOptions,
) {
  const root = new RootFs(
    layers.map(({ entries }) => entries),
    isComplete,
  );
  const kept = new Contents(layers);
  const contents: ImageContents = {
    entries: layers.map(({ entries }) => entries.paths.length),
    files: selectFiles({ layers, root, contents: kept }, selectors),
    program: programOf(start.argv, start, root, (file) => kept.scriptOf(file)),
    secrets: secretsIn(layers, root),
  };
  return { contents, lacks: kept.missing };
}

function secretsIn(layers: readonly LayerFacts[], root: RootFs): readonly SecretFacts[] {
  return layers.flatMap(({ entries, secrets }, layer) =>
    secrets.map(({ entry, line, ...secret }) => ({
      ...secret,
      at: {
        in: "file" as const,
        path: entries.paths[entry] ?? "",
        layer,
        line,
        ...(root.shows({ layer, entry }) ? {} : { hidden: true as const }),
      },
    })),
  );
}
