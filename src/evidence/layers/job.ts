import type { LayerBytes } from "../../image/open-image.ts";
import { inLayer } from "./failure.ts";
import type { LayerRequest } from "./layer-task.ts";

/** A layer to read, and where its bytes are. */
export interface LayerJob {
  /** Of the layer in its image. */
  readonly index: number;
  readonly request: LayerRequest;
  readonly bytes: Exclude<LayerBytes, { in: "nowhere" }>;
}

/** Takes the facts of a layer, as formatFacts() gives them, as soon as they are there. */
export type Done = (job: LayerJob, facts: Uint8Array) => void;

/** Awaits the reading of a layer; an error says which one it was. */
export async function nameErrors(job: LayerJob, reading: Promise<Uint8Array>): Promise<Uint8Array> {
  try {
    return await reading;
  } catch (error) {
    throw inLayer(error, job.index, job.request.digest ?? job.request.diffId);
  }
}
