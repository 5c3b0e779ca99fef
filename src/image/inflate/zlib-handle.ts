import { constants } from "node:zlib";
import { type Compressed, OUTPUT_BYTES, type SyncInflater, type Written } from "./sync-inflater.ts";
import { newZlibStream } from "./zlib-stream.ts";
import { FRAME, FRAME_CONTENT } from "./zstd-frame.ts";

/** Part of node:zlib's streams that works synchronously; the same in Node 22, 24 and 26 (tested). */
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
  /** Result of writeSync: remaining output bytes, remaining input bytes. */
  readonly _writeState: Uint32Array;
  readonly errored: Error | null;
  close(): void;
  reset(): void;
}

/** Stream with its output buffer. */
interface Idle {
  readonly stream: SyncStream;
  readonly output: Buffer;
}

/**
 * Idle streams for reuse: zlib streams can be reset, and zstd continues with a new frame. Reuse saves 15 MB
 * of resident memory, since malloc is slow to return zstd's 8 MiB window, and time for archives with
 * thousands of small members.
 */
const IDLE = new Map<Compressed, Idle[]>();
/** Maximum number of idle streams per format, enough for two levels of nested archives. */
const MOST_IDLE = 3;

/** Frees the idle streams. */
export function closeIdle(): void {
  for (const { stream } of [...IDLE.values()].flat()) stream.close();
  IDLE.clear();
}

function keepIdle(format: Compressed, one: Idle): boolean {
  const idle = IDLE.get(format) ?? [];
  IDLE.set(format, idle);
  // Layers are large: one idle zstd stream, with its window, suffices.
  if (format === "brotli" || idle.length >= (format === "zstd" ? 1 : MOST_IDLE)) return false;
  if (format !== "zstd") one.stream.reset();
  idle.push(one);
  return true;
}

/** New stream; undefined if node:zlib no longer has this handle. */
function newStream(format: Compressed): Idle | undefined {
  const stream = newZlibStream(format);
  // The error is thrown where it occurs; the later event is ignored.
  stream.on("error", () => undefined);
  if (isSynchronous(stream)) return { stream, output: Buffer.allocUnsafeSlow(OUTPUT_BYTES) };
  stream.close();
  return undefined;
}

function isSynchronous<T extends object>(stream: T): stream is T & SyncStream {
  // oxlint-disable-next-line no-underscore-dangle -- what node:zlib calls them
  const { _handle, _writeState } = stream as { [key in keyof SyncStream]?: Partial<SyncStream["_handle"]> };
  return typeof _handle?.writeSync === "function" && _writeState instanceof Uint32Array;
}

/**
 * Inflater on node:zlib's handle: synchronous, with one buffer. Node's public streams are asynchronous, or
 * unpack a whole buffer at once. minizlib uses the same handle, but copies every chunk and returns all output
 * of a chunk at once (6 % slower, 75 MB more resident memory, measured on a 465 MB layer).
 */
export class ZlibHandle implements SyncInflater {
  readonly output: Buffer;
  readonly #format: Compressed;
  readonly #stream: SyncStream;
  #isClosed = false;

  /** New inflater; undefined if node:zlib no longer has this handle. */
  static open(format: Compressed): ZlibHandle | undefined {
    const idle = IDLE.get(format)?.pop() ?? newStream(format);
    return idle === undefined ? undefined : new ZlibHandle(format, idle);
  }

  private constructor(format: Compressed, { stream, output }: Idle) {
    this.#format = format;
    this.#stream = stream;
    this.output = output;
  }

  write(input: Uint8Array, offset: number): Written {
    return this.#write(0, input, offset);
  }

  finish(): boolean {
    try {
      if (this.#format === "zstd") return this.#unpacksFrame();
      const isBrotli = this.#format === "brotli";
      const flush = isBrotli ? constants.BROTLI_OPERATION_FINISH : constants.Z_FINISH;
      this.#write(flush, new Uint8Array(), 0);
      return true;
    } catch {
      return false;
    }
  }

  close(isWhole: boolean): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const kept = isWhole && keepIdle(this.#format, { stream: this.#stream, output: this.output });
    if (!kept) this.#stream.close();
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
