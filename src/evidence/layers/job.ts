import { inLayer } from "../../image/layer/failure.ts";
import type { LayerBytes } from "../../image/open-image.ts";
import type { LayerFacts } from "./facts.ts";
import type { LayerRequest } from "./layer-task.ts";

/** A layer to read, and where its bytes are. */
export interface LayerJob {
  /** Of the layer in its image. */
  readonly index: number;
  readonly request: LayerRequest;
  readonly bytes: Exclude<LayerBytes, { in: "nowhere" }>;
}

/** Facts as this thread made them, or as formatFacts() gives those of another. */
export type ReadLayer = LayerFacts | Uint8Array;

/** Takes the facts of a layer as soon as they are there. */
export type Done = (job: LayerJob, facts: ReadLayer) => void;

/** Awaits the reading of a layer; an error says which one it was. */
export async function nameErrors<T>(job: LayerJob, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    throw inLayer(error, job.index, job.request.digest ?? job.request.diffId);
  }
}
