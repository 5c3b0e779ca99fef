import type { FileRange } from "../../../image/layer/blocks.ts";
import { inLayer } from "../../../image/layer/failure.ts";
import type { LayerBytes, LayerDownload } from "../../../image/source/open-image.ts";
import type { SealedFacts } from "../cache/layer-entry.ts";
import type { SomeFacts } from "../facts/facts.ts";
import type { LayerRequest } from "./layer-task.ts";

/** Layer to read, with the place of its bytes. */
export interface LayerJob {
  /** Index of the layer in its image. */
  readonly index: number;
  readonly request: LayerRequest;
  readonly bytes: Exclude<LayerBytes, { kind: "unreadable" }>;
}

/** Layer in a file, as plain data, so that any thread can read the layer on its own. */
export interface FileJob extends LayerJob {
  readonly bytes: FileRange;
}

/** A layer that must be downloaded. */
export interface DownloadJob extends LayerJob {
  readonly bytes: LayerDownload;
}

/** Facts made by this thread, or sealed facts from another. */
type ReadLayer = SomeFacts | SealedFacts;

/** Receives the facts of a layer as soon as they are known. */
export type Done = (job: LayerJob, facts: ReadLayer) => void;

/** Awaits the reading of a layer and adds the layer to an error. */
export async function nameErrors<T>(job: LayerJob, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    throw namingLayer(error, job);
  }
}

export function namingLayer(error: unknown, { index, request }: LayerJob): unknown {
  return inLayer(error, index, request.digest ?? request.diffId);
}
