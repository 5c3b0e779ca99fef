import { InvalidInputError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";

// Indices of 64-bit byte counters. Two 32-bit counters for entries follow, since a BigInt for each entry
// costs memory.
const UNPACKED = 0;
const READ = 1;
const ENTRIES = 4;
const PATH_BYTES = 5;
const SIZE = 24;

/** Budget of the layers of one image, in memory that the threads share. */
export class ImageBudget {
  readonly shared: SharedArrayBuffer;
  readonly #bytes: BigInt64Array<SharedArrayBuffer>;
  readonly #counts: Int32Array<SharedArrayBuffer>;

  constructor(shared = new SharedArrayBuffer(SIZE)) {
    this.shared = shared;
    this.#bytes = new BigInt64Array(shared);
    this.#counts = new Int32Array(shared);
  }

  /** Compressed bytes read so far, of all layers. */
  get read(): number {
    return Number(Atomics.load(this.#bytes, READ));
  }

  addRead(bytes: number): void {
    Atomics.add(this.#bytes, READ, BigInt(bytes));
  }

  /** Returns the amounts of a layer that was corrupt. */
  giveBack(read: number, unpacked: number): void {
    Atomics.sub(this.#bytes, READ, BigInt(read));
    Atomics.sub(this.#bytes, UNPACKED, BigInt(unpacked));
  }

  /** @throws InvalidInputError image-unpacked-limit */
  addUnpacked(bytes: number): void {
    const unpacked = Number(Atomics.add(this.#bytes, UNPACKED, BigInt(bytes))) + bytes;
    if (unpacked <= LIMITS.unpackedBytesPerImage) return;
    const gigabytes = LIMITS.unpackedBytesPerImage / 1024 ** 3;
    throw new InvalidInputError("image-unpacked-limit", {
      fr: `les couches de l'image dépassent ${gigabytes} Gio une fois décompressées (borne unpackedBytesPerImage)`,
      en: `the image's layers exceed ${gigabytes} GiB once unpacked (bound unpackedBytesPerImage)`,
    });
  }

  /**
   * Counts entries.
   *
   * @param pathLength total length of their paths and link targets
   * @throws InvalidInputError image-entry-limit, image-path-limit
   */
  addEntries(count: number, pathLength: number): void {
    if (Atomics.add(this.#counts, ENTRIES, count) + count > LIMITS.entriesPerImage) {
      throw new InvalidInputError("image-entry-limit", {
        fr: `l'image contient plus de ${LIMITS.entriesPerImage} entrées (borne entriesPerImage)`,
        en: `the image holds more than ${LIMITS.entriesPerImage} entries (bound entriesPerImage)`,
      });
    }
    if (Atomics.add(this.#counts, PATH_BYTES, pathLength) + pathLength > LIMITS.pathBytesPerImage) {
      throw new InvalidInputError("image-path-limit", {
        fr: `les chemins de l'image dépassent ensemble ${LIMITS.pathBytesPerImage} octets (borne pathBytesPerImage)`,
        en: `the image's paths exceed ${LIMITS.pathBytesPerImage} bytes together (bound pathBytesPerImage)`,
      });
    }
  }
}
