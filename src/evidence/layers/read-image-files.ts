import type { FileFacts, ProgramFacts } from "../../contract/image-facts.ts";
import type { LayerSource } from "../../image/open-image.ts";
import { type ProgramEnvironment, programOf } from "../../image/program.ts";
import { RootFs } from "../../image/rootfs/root-fs.ts";
import { selectFiles } from "../files.ts";
import { Contents } from "./contents.ts";
import type { LayerFacts } from "./facts.ts";
import { type ReadOptions, readLayers } from "./read-layers.ts";

/** What the image's config says of the program that it starts. */
export interface Start extends ProgramEnvironment {
  readonly argv: readonly string[];
}

export interface ImageFilesRead {
  readonly layers: readonly LayerFacts[];
  readonly root: RootFs;
  readonly files: readonly FileFacts[];
  readonly program: ProgramFacts;
  readonly cacheProblem?: string;
}

/**
 * Reads an image's layers, merges them, selects the files that rules ask for and follows the start
 * command. Contents are kept while the layers stream by, as far as headers tell which will be
 * wanted; the few that only a link of another layer leads to are read in a second pass.
 *
 * @throws DouaneError of readLayers() and RootFs
 */
export async function readImageFiles(
  sources: readonly LayerSource[],
  start: Start,
  options: ReadOptions,
): Promise<ImageFilesRead> {
  const first = await readLayers(sources, options);
  const isComplete = sources.every(({ bytes }) => bytes.in !== "nowhere");
  const found = examine(first.layers, isComplete, start, options);
  const lacks = found.contents.missing;
  if (lacks.size === 0) return { ...first, ...found };
  const second = await readLayers(sources, options, { layers: first.layers, lacks });
  return { ...second, ...examine(second.layers, isComplete, start, options) };
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
  const contents = new Contents(layers);
  const files = selectFiles({ layers, root, contents }, selectors);
  const program = programOf(start.argv, start, root, (file) => contents.scriptOf(file));
  return { root, contents, files, program };
}
