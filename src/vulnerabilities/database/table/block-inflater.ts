import { constants, createInflateRaw, inflateRawSync } from "node:zlib";
import { BLOCK_BYTES } from "./table-format.ts";

/** Part of node:zlib's streams that works synchronously (ADR 0005). */
interface SyncStream {
  readonly _handle: {
    writeSync(
      flush: number,
      input: Uint8Array,
      inputOffset: number,
      inputLength: number,
      output: Uint8Array,
      outputOffset: number,
      outputLength: number,
    ): void;
    reset(): void;
  };
  /** Result of writeSync: remaining output bytes, remaining input bytes. */
  readonly _writeState: Uint32Array;
  readonly errored: Error | null;
  close(): void;
}

/**
 * Output buffer. Larger blocks, of packages with thousands of records, are inflated through node:zlib's
 * public interface.
 */
const OUTPUT = Buffer.allocUnsafeSlow(16 * BLOCK_BYTES);

/**
 * Inflates the blocks of one table in turn with a single stream, which is reset: a new stream per block takes
 * three times as long, and an evaluation needs hundreds of blocks.
 */
export class BlockInflater {
  readonly #dictionary: { readonly dictionary?: Buffer };
  readonly #maxBytes: number;
  #stream: SyncStream | undefined;

  /** @param maxBytes largest inflated size of a block */
  constructor(dictionary: Buffer, maxBytes: number) {
    this.#dictionary = dictionary.length === 0 ? {} : { dictionary };
    this.#maxBytes = maxBytes;
    this.#stream = this.#newStream();
  }

  /** Text of a block. @throws Error of node:zlib for a damaged or too large block */
  text(packed: Buffer): string {
    const length = this.#inflated(packed);
    if (length !== undefined) return OUTPUT.toString("utf8", 0, length);
    const options = { chunkSize: 2 * BLOCK_BYTES, maxOutputLength: this.#maxBytes, ...this.#dictionary };
    return inflateRawSync(packed, options).toString("utf8");
  }

  close(): void {
    this.#stream?.close();
    this.#stream = undefined;
  }

  /**
   * Number of bytes of the block; undefined if the block must be read through the public interface, or fails
   * there.
   */
  #inflated(packed: Buffer): number | undefined {
    const stream = this.#stream;
    if (stream === undefined) return undefined;
    // oxlint-disable-next-line no-underscore-dangle -- what node:zlib calls it
    const { _handle: handle, _writeState: state } = stream;
    handle.reset();
    handle.writeSync(constants.Z_SYNC_FLUSH, packed, 0, packed.length, OUTPUT, 0, OUTPUT.length);
    const [outputLeft = 0, inputLeft = 0] = state;
    if (stream.errored !== null) this.close();
    else if (outputLeft > 0 && inputLeft === 0) return OUTPUT.length - outputLeft;
    return undefined;
  }

  /** New stream; undefined if node:zlib no longer has this handle. */
  #newStream(): SyncStream | undefined {
    const stream = createInflateRaw({ chunkSize: 2 * BLOCK_BYTES, ...this.#dictionary });
    // A failing block is read again through the public interface, which throws the error.
    stream.on("error", () => undefined);
    if (isSynchronous(stream)) return stream;
    stream.close();
    return undefined;
  }
}

function isSynchronous<T extends object>(stream: T): stream is T & SyncStream {
  // oxlint-disable-next-line no-underscore-dangle -- what node:zlib calls them
  const { _handle, _writeState } = stream as { [key in keyof SyncStream]?: Partial<SyncStream["_handle"]> };
  const isHandle = typeof _handle?.writeSync === "function" && typeof _handle.reset === "function";
  return isHandle && _writeState instanceof Uint32Array;
}
