import { constants, createGunzip, createZstdDecompress } from "node:zlib";
import { type Compressed, OUTPUT_BYTES, type SyncInflater, type Written } from "./sync-inflater.ts";
import { FRAME, FRAME_CONTENT } from "./zstd-frame.ts";

/** The part of node:zlib's streams that works synchronously; the same in Node 22, 24 and 26 (tested). */
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
  };
  /** After writeSync: output bytes left, input bytes left. */
  readonly _writeState: Uint32Array;
  readonly errored: Error | null;
  close(): void;
}

/**
 * Behind the end of one frame another may begin: what has unpacked a layer can unpack the next.
 * Its window is 8 MiB, and malloc is slow to give such blocks back (15 MB less resident memory).
 */
let idleZstd: SyncStream | undefined;

/** Frees what is kept for the next layer. */
export function closeIdle(): void {
  idleZstd?.close();
  idleZstd = undefined;
}

/** Undefined where node:zlib has no such handle any more. */
function newStream(format: Compressed): SyncStream | undefined {
  const stream = format === "gzip" ? createGunzip() : createZstdDecompress();
  // The error is also emitted, later; it is thrown where it happens.
  stream.on("error", () => undefined);
  if (isSynchronous(stream)) return stream;
  stream.close();
  return undefined;
}

function isSynchronous(stream: object): stream is SyncStream {
  // oxlint-disable-next-line no-underscore-dangle -- what node:zlib calls them
  const { _handle, _writeState } = stream as { [key in keyof SyncStream]?: Partial<SyncStream["_handle"]> };
  return typeof _handle?.writeSync === "function" && _writeState instanceof Uint32Array;
}

/**
 * node:zlib, synchronously and into one buffer. Its public streams are asynchronous or unpack a
 * whole buffer at once; minizlib drives the same handle, but copies every chunk and hands out all
 * that a chunk expands to at once (6 % slower, 75 MB more resident memory, measured on a 465 MB layer).
 */
export class ZlibHandle implements SyncInflater {
  readonly output = Buffer.allocUnsafeSlow(OUTPUT_BYTES);
  readonly #format: Compressed;
  readonly #stream: SyncStream;
  #isClosed = false;

  /** Undefined where node:zlib has no such handle any more. */
  static open(format: Compressed): ZlibHandle | undefined {
    const stream = (format === "zstd" && idleZstd) || newStream(format);
    if (format === "zstd") idleZstd = undefined;
    return stream === undefined ? undefined : new ZlibHandle(format, stream);
  }

  private constructor(format: Compressed, stream: SyncStream) {
    this.#format = format;
    this.#stream = stream;
  }

  write(input: Uint8Array, offset: number): Written {
    return this.#write(0, input, offset);
  }

  finish(): boolean {
    try {
      if (this.#format === "zstd") return this.#unpacksFrame();
      this.#write(constants.Z_FINISH, new Uint8Array(), 0);
      return true;
    } catch {
      return false;
    }
  }

  close(isWhole: boolean): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#format === "zstd" && isWhole && idleZstd === undefined) idleZstd = this.#stream;
    else this.#stream.close();
  }

  #unpacksFrame(): boolean {
    this.write(FRAME.subarray(0, 1), 0);
    const { consumed, produced } = this.write(FRAME, 1);
    return consumed === FRAME.length - 1 && this.output.subarray(0, produced).equals(FRAME_CONTENT);
  }

  #write(flush: number, input: Uint8Array, offset: number): Written {
    const length = input.length - offset;
    const { output } = this;
    // oxlint-disable-next-line no-underscore-dangle -- what node:zlib calls it
    this.#stream._handle.writeSync(flush, input, offset, length, output, 0, output.length);
    if (this.#stream.errored !== null) throw this.#stream.errored;
    // oxlint-disable-next-line no-underscore-dangle -- what node:zlib calls it
    const [outputLeft = 0, inputLeft = 0] = this.#stream._writeState;
    return { consumed: length - inputLeft, produced: output.length - outputLeft };
  }
}
