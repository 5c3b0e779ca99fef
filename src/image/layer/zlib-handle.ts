import { constants, createGunzip, createZstdDecompress } from "node:zlib";

export const OUTPUT_BYTES = 256 * 1024;

/**
 * A zstd frame of 64 times "a" (RFC 8878 3.1.1): the magic number; a size of one byte follows; 64;
 * the last block repeats one byte 64 times; "a".
 */
const FRAME = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x20, 64, 0x03, 0x02, 0x00, 0x61);
const FRAME_CONTENT = Buffer.alloc(64, "a");

/** What one call of the native decompressor did. */
export interface Written {
  readonly consumed: number;
  /** Bytes now at the beginning of the output buffer. */
  readonly produced: number;
}

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

function newStream(format: "gzip" | "zstd"): SyncStream {
  const stream = format === "gzip" ? createGunzip() : createZstdDecompress();
  // The error is also emitted, later; it is thrown where it happens.
  stream.on("error", () => undefined);
  return stream as unknown as SyncStream;
}

/**
 * node:zlib, synchronously and into one buffer. Its public streams are asynchronous or unpack a
 * whole buffer at once; minizlib drives the same handle, but copies every chunk and hands out all
 * that a chunk expands to at once (6 % slower, 75 MB more resident memory, measured on a 465 MB layer).
 */
export class ZlibHandle {
  readonly output = Buffer.allocUnsafeSlow(OUTPUT_BYTES);
  readonly #format: "gzip" | "zstd";
  readonly #stream: SyncStream;
  #isClosed = false;

  constructor(format: "gzip" | "zstd") {
    this.#format = format;
    this.#stream = (format === "zstd" && idleZstd) || newStream(format);
    if (format === "zstd") idleZstd = undefined;
  }

  /** @throws Error of node:zlib: the input is corrupt. */
  write(input: Uint8Array, offset: number): Written {
    return this.#write(0, input, offset);
  }

  /** Whether the input ended where a gzip member or a zstd frame does. The output is lost, and nothing more may be written. */
  finish(): boolean {
    try {
      if (this.#format === "zstd") return this.#unpacksFrame();
      this.#write(constants.Z_FINISH, new Uint8Array(), 0);
      return true;
    } catch {
      return false;
    }
  }

  /** @param isWhole everything that came out was verified, so that the stream stands behind the end of a frame */
  close(isWhole: boolean): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#format === "zstd" && isWhole && idleZstd === undefined) idleZstd = this.#stream;
    else this.#stream.close();
  }

  /**
   * Node 22 does not tell that a frame is cut off (ZSTD_e_end). But only where none is under way does
   * another one come out as what it is; elsewhere its bytes are taken for those that are missing.
   * Two writes: libzstd unpacks a frame that one write holds as a whole even within another's header.
   */
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
