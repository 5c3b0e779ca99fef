import type { Text } from "../../contract/text.ts";
import { corruptImage } from "../corrupt-image.ts";
import { OUTPUT_BYTES, ZlibHandle } from "./zlib-handle.ts";

/** Pushed chunks of any size come out unpacked, in chunks that are valid during the call. */
export interface Decompressor {
  push(chunk: Uint8Array): void;
  end(): void;
  /** Frees native memory; safe to call at any time. */
  /** @param isWhole see ZlibHandle.close() */
  close(isWhole: boolean): void;
}

const MAGIC_BYTES = 4;

/**
 * Unpacks gzip and zstd, with any number of members or frames, and passes on what is neither. The
 * first bytes decide, as they do for containerd, Docker and Podman: media types are often wrong.
 *
 * @throws InvalidInputError layer-compression
 */
export class Unpacker implements Decompressor {
  readonly #sink: (chunk: Uint8Array) => void;
  #head = new Uint8Array();
  #inner: Decompressor | undefined;

  constructor(sink: (chunk: Uint8Array) => void) {
    this.#sink = sink;
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
    this.#inner = format === undefined ? plain(this.#sink) : new Inflater(format, this.#sink);
    return this.#inner;
  }
}

/** Magic numbers: RFC 1952 2.3.1 (gzip, deflate), RFC 8878 3.1 (zstd, also its skippable frames). */
function formatOf(head: Uint8Array): "gzip" | "zstd" | undefined {
  const [a = 0, b = 0, c = 0, d = 0] = head;
  if (a === 0x1f && b === 0x8b && c === 8) return "gzip";
  if (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd) return "zstd";
  return a >> 4 === 5 && b === 0x2a && c === 0x4d && d === 0x18 ? "zstd" : undefined;
}

function plain(sink: (chunk: Uint8Array) => void): Decompressor {
  return { push: sink, end: () => undefined, close: () => undefined };
}

class Inflater implements Decompressor {
  readonly #handle: ZlibHandle;
  readonly #format: string;
  readonly #sink: (chunk: Uint8Array) => void;
  #padding = false;

  constructor(format: "gzip" | "zstd", sink: (chunk: Uint8Array) => void) {
    this.#handle = new ZlibHandle(format);
    this.#format = format;
    this.#sink = sink;
  }

  push(chunk: Uint8Array): void {
    let at = 0;
    let mayHoldOutput = false;
    while (!this.#padding && (at < chunk.length || mayHoldOutput)) {
      const { consumed, produced } = this.#run(() => this.#handle.write(chunk, at));
      at += consumed;
      mayHoldOutput = produced === OUTPUT_BYTES;
      if (produced > 0) this.#sink(this.#handle.output.subarray(0, produced));
      this.#padding = at < chunk.length && consumed === 0 && produced === 0;
    }
    if (this.#padding && chunk.subarray(at).some((byte) => byte !== 0)) {
      throw this.#corrupt({ fr: "des données suivent sa fin", en: "data follows its end" });
    }
  }

  end(): void {
    this.#run(() => this.#handle.finish());
  }

  close(isWhole: boolean): void {
    this.#handle.close(isWhole);
  }

  #run<T>(step: () => T): T {
    try {
      return step();
    } catch (error) {
      const seen = error instanceof Error ? error.message : String(error);
      throw this.#corrupt({ fr: seen, en: seen }, { cause: error });
    }
  }

  #corrupt({ fr, en }: Text, options?: ErrorOptions): Error {
    const text = {
      fr: `flux ${this.#format} corrompu ou tronqué : ${fr}`,
      en: `corrupt or truncated ${this.#format} stream: ${en}`,
    };
    return corruptImage("layer-compression", text, options);
  }
}
