import { CHUNK_BYTES } from "../../../image/layer/blocks.ts";

/** Chunks of one layer that are filled or sent at a time. */
const CHUNKS = 3;

/**
 * Memory in which a download is sent to a worker and returned, which bounds memory and slows the download to
 * the worker's speed.
 */
export class ChunkPool {
  readonly #free = Array.from({ length: CHUNKS }, () => new ArrayBuffer(CHUNK_BYTES));
  #waiter: PromiseWithResolvers<ArrayBuffer> | undefined;
  #failure: { readonly error: unknown } | undefined;

  /** Waits until the worker returns a chunk. @throws the error passed to fail() */
  async take(): Promise<ArrayBuffer> {
    if (this.#failure !== undefined) throw this.#failure.error;
    const memory = this.#free.pop();
    if (memory !== undefined) return memory;
    this.#waiter = Promise.withResolvers<ArrayBuffer>();
    return this.#waiter.promise;
  }

  give(memory: ArrayBuffer): void {
    if (this.#waiter === undefined) this.#free.push(memory);
    else this.#waiter.resolve(memory);
    this.#waiter = undefined;
  }

  /** Rejects waiting and future calls: no chunk will be returned any more. */
  fail(error: unknown): void {
    this.#failure = { error };
    this.#waiter?.reject(error);
    this.#waiter = undefined;
  }
}

/** Sends a download in full chunks. `send` takes ownership of the memory. */
export async function sendStream(
  stream: AsyncIterable<Uint8Array>,
  pool: ChunkPool,
  send: (memory: ArrayBuffer, length: number) => void,
): Promise<void> {
  let memory = await pool.take();
  let filled = 0;
  for await (const part of stream) {
    for (let at = 0; at < part.length; ) {
      const piece = part.subarray(at, at + CHUNK_BYTES - filled);
      new Uint8Array(memory).set(piece, filled);
      at += piece.length;
      filled += piece.length;
      if (filled < CHUNK_BYTES) continue;
      send(memory, filled);
      memory = await pool.take();
      filled = 0;
    }
  }
  if (filled > 0) send(memory, filled);
}
