import type { TarEntry } from "../../../src/image/tar/write.ts";
import {
  type HistoryEntry,
  type ImageValue,
  withAnnotations,
  withConfig,
  withHistory,
  withLayer,
} from "../../fixtures/image/image.ts";
import { layerOf } from "../../fixtures/image/layer.ts";
import { smallImage } from "../../fixtures/small-image.ts";
import type { Given, LayerFiles } from "./given.ts";

export interface ImageSketch {
  /** Base of the image; default: smallImage(), Alpine with a program, which conforms. */
  readonly from?: ImageValue;
  /** Files of one more layer. */
  readonly files?: LayerFiles;
  /** The step that made it: default that of `COPY . /app`. */
  readonly by?: string;
  /** Further layers above `files`, each with its step. */
  readonly layers?: readonly { readonly files: LayerFiles; readonly by?: string }[];
  /** Fields of the config's `config`: `User`, `Env`, `Cmd`… */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Steps above the layers that made none. */
  readonly steps?: readonly string[];
  readonly annotations?: Readonly<Record<string, string>>;
}

/** An image, given alone. */
export function image(sketch: ImageSketch = {}): Given {
  return { image: imageOf(sketch) };
}

/** An image as a value: for a workload (`images`), or as a base for another (`from`). */
export function imageOf({
  from = smallImage(),
  files,
  by,
  layers = [],
  config = {},
  steps = [],
  annotations = {},
}: ImageSketch): ImageValue {
  let made = from;
  for (const layer of [
    ...(files === undefined ? [] : [{ files, ...(by === undefined ? {} : { by }) }]),
    ...layers,
  ]) {
    made = withLayer(made, layerOf(entriesOf(layer.files)), {
      created_by: layer.by ?? "COPY . /app # buildkit",
    });
  }
  const history = steps.map((step): HistoryEntry => ({ created_by: step, empty_layer: true }));
  return withAnnotations(withConfig(withHistory(made, ...history), config), annotations);
}

function entriesOf(files: LayerFiles): readonly TarEntry[] {
  return Object.entries(files).map(([path, what]) =>
    typeof what === "string" || what instanceof Uint8Array ? { path, content: what } : { path, ...what },
  );
}
