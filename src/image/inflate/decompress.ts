import { DouaneError } from "../../contract/error.ts";
import type { Text } from "../../contract/text.ts";
import { corruptImage } from "../tar/corrupt-image.ts";
import { type Compressed, OUTPUT_BYTES, type SyncInflater, type Written } from "./sync-inflater.ts";
import { ThreadedZlib } from "./threaded-zlib.ts";
import { ZlibHandle } from "./zlib-handle.ts";

/** Decompresses pushed chunks of any size into chunks that are valid during the call. */
export interface Decompressor {
  push(chunk: Uint8Array): void;
  end(): void;
  /** Frees native memory; safe to call at any time. @param isWhole see SyncInflater.close() */
  close(isWhole: boolean): void;
}

/** Creates the error for a corrupt or truncated stream. `text`: the problem, without a full stop. */
type CorruptStream = (text: Text, options?: ErrorOptions) => Error;

const MAGIC_BYTES = 4;

/**
 * Decompresses gzip and zstd, with any number of members or frames, and passes other content through. The
 * first bytes decide, as in containerd, Docker and Podman, since media types are often wrong.
 *
 * @throws InvalidInputError layer-compression, or the error made by `corrupt`
 */
export class Unpacker implements Decompressor {
  readonly #sink: (chunk: Uint8Array) => void;
  readonly #corrupt: CorruptStream;
  #head = new Uint8Array();
  #inner: Decompressor | undefined;

  constructor(sink: (chunk: Uint8Array) => void, corrupt: CorruptStream = corruptLayer) {
    this.#sink = sink;
    this.#corrupt = corrupt;
  }

  push(chunk: Uint8Array): void {
    if (this.#inner !== undefined) return this.#inner.push(chunk);
    const head = this.#head.length === 0 ? chunk : Buffer.concat([this.#head, chunk]);
    if (head.length < MAGIC_BYTES) this.#head = new Uint8Array(head);
    else this.#start(head).push(head);
  }

  end(): void {
    if (this.#inner === undefined) this.#start(this.#head).push(this.#head);
    this.#inner?.end();
  }

  close(isWhole: boolean): void {
    this.#inner?.close(isWhole);
  }

  #start(head: Uint8Array): Decompressor {
    const format = formatOf(head);
    this.#inner = format === undefined ? plain(this.#sink) : new Inflater(format, this.#sink, this.#corrupt);
    return this.#inner;
  }
}

function corruptLayer(text: Text, options?: ErrorOptions): Error {
  return corruptImage("layer-compression", text, options);
}

/** Format by magic number: RFC 1952 2.3.1 (gzip, deflate), RFC 8878 3.1 (zstd, also its skippable frames). */
export function formatOf(head: Uint8Array): Compressed | undefined {
  const [a = 0, b = 0, c = 0, d = 0] = head;
  if (a === 0x1f && b === 0x8b && c === 8) return "gzip";
  if (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd) return "zstd";
  return a >> 4 === 5 && b === 0x2a && c === 0x4d && d === 0x18 ? "zstd" : undefined;
}

/**
 * Fast inflater on node:zlib's internal handle; if this Node lacks the handle, on the public interface (ADR
 * 0005).
 */
export function newInflater(format: Compressed): SyncInflater {
  return ZlibHandle.open(format) ?? new ThreadedZlib(format);
}

function plain(sink: (chunk: Uint8Array) => void): Decompressor {
  return { push: sink, end: () => undefined, close: () => undefined };
}

class Inflater implements Decompressor {
  readonly #inflater: SyncInflater;
  readonly #format: string;
  readonly #sink: (chunk: Uint8Array) => void;
  readonly #corrupt: CorruptStream;
  #padding = false;

  constructor(format: Compressed, sink: (chunk: Uint8Array) => void, corrupt: CorruptStream) {
    this.#inflater = newInflater(format);
    this.#format = format;
    this.#sink = sink;
    this.#corrupt = corrupt;
  }

  push(chunk: Uint8Array): void {
    let at = 0;
    let mayHoldOutput = false;
    while (!this.#padding && (at < chunk.length || mayHoldOutput)) {
      const { consumed, produced } = this.#write(chunk, at);
      at += consumed;
      mayHoldOutput = produced === OUTPUT_BYTES;
      if (produced > 0) this.#sink(this.#inflater.output.subarray(0, produced));
      this.#padding = at < chunk.length && consumed === 0 && produced === 0;
    }
    if (this.#padding && chunk.subarray(at).some((byte) => byte !== 0)) {
      throw this.#error({ fr: "des données suivent sa fin", en: "data follows its end" });
    }
  }

  end(): void {
    if (this.#inflater.finish()) return;
    throw this.#error({ fr: "fin de fichier inattendue", en: "unexpected end of file" });
  }

  close(isWhole: boolean): void {
    this.#inflater.close(isWhole);
  }

  #write(chunk: Uint8Array, at: number): Written {
    try {
      return this.#inflater.write(chunk, at);
    } catch (error) {
      if (error instanceof DouaneError) throw error;
      const seen = error instanceof Error ? error.message : String(error);
      throw this.#error({ fr: seen, en: seen }, { cause: error });
    }
  }

  #error({ fr, en }: Text, options?: ErrorOptions): Error {
    const text = {
      fr: `flux ${this.#format} corrompu ou tronqué : ${fr}`,
      en: `corrupt or truncated ${this.#format} stream: ${en}`,
    };
    return this.#corrupt(text, options);
  }
}
