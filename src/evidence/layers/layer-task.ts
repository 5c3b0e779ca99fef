import { readSync } from "node:fs";
import { UnavailableError } from "../../contract/error.ts";
import type { ImageBudget } from "../../image/layer/budget.ts";
import { type DeclaredLayer, LayerReader } from "../../image/layer/reader.ts";
import type { LayerBytes } from "../../image/open-image.ts";
import type { LayerFacts } from "./facts.ts";
import { LayerObserver } from "./observer.ts";
import type { WantedContent } from "./wanted-content.ts";

/** Bytes per read and per chunk handed to a worker; SHA-256 and inflate gain nothing beyond. */
export const CHUNK_BYTES = 256 * 1024;

/** What is asked of one layer: plain data. */
export interface LayerRequest extends DeclaredLayer {
  /** Entries of which so many bytes are kept, whatever their header says. */
  readonly also: readonly (readonly [entry: number, bytes: number])[];
}

export type FileRange = Extract<LayerBytes, { in: "file" }>;

/** One layer being read, by chunks that are pushed. Close it, however it ends. */
export class LayerTask {
  readonly #request: LayerRequest;
  readonly #observer: LayerObserver;
  readonly #reader: LayerReader;

  constructor(request: LayerRequest, wanted: WantedContent, budget: ImageBudget) {
    this.#request = request;
    this.#observer = new LayerObserver(wanted, budget, new Map(request.also));
    this.#reader = new LayerReader(request, budget, this.#observer);
  }

  push(chunk: Uint8Array): void {
    this.#reader.push(chunk);
  }

  end(): LayerFacts {
    const unpackedBytes = this.#reader.end();
    return this.#observer.facts(this.#request.diffId, unpackedBytes);
  }

  close(): void {
    this.#reader.close();
  }
}

/** The range in blocks, each valid until the next. @throws UnavailableError layer-read */
export function* readBlocks({ fd, offset, size }: FileRange): Generator<Uint8Array> {
  const block = Buffer.allocUnsafeSlow(Math.min(CHUNK_BYTES, size));
  for (let at = 0; at < size; ) {
    const read = readBlock(fd, block, Math.min(block.length, size - at), offset + at);
    // A file that became shorter: its layer's size or digest will not match.
    if (read === 0) return;
    yield block.subarray(0, read);
    at += read;
  }
}

function readBlock(fd: number, block: Buffer, length: number, position: number): number {
  try {
    return readSync(fd, block, 0, length, position);
  } catch (error) {
    const seen = error instanceof Error ? error.message : String(error);
    const text = { fr: `lecture impossible : ${seen}`, en: `cannot be read: ${seen}` };
    throw new UnavailableError("layer-read", text, { cause: error });
  }
}
