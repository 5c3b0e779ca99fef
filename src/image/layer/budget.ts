import { InvalidInputError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";

const UNPACKED = 0;
const ENTRIES = 1;
const PATH_BYTES = 2;
const READ = 3;

/** What the layers of one image may use together, counted in memory that its threads share. */
export class ImageBudget {
  readonly shared: SharedArrayBuffer;
  readonly #counters: BigInt64Array<SharedArrayBuffer>;

  constructor(shared = new SharedArrayBuffer(4 * BigInt64Array.BYTES_PER_ELEMENT)) {
    this.shared = shared;
    this.#counters = new BigInt64Array(shared);
  }

  /** Compressed bytes read so far, of all layers. */
  get read(): number {
    return Number(Atomics.load(this.#counters, READ));
  }

  addRead(bytes: number): void {
    Atomics.add(this.#counters, READ, BigInt(bytes));
  }

  /** @throws InvalidInputError image-unpacked-limit */
  addUnpacked(bytes: number): void {
    if (this.#add(UNPACKED, bytes) <= LIMITS.unpackedBytesPerImage) return;
    const gigabytes = LIMITS.unpackedBytesPerImage / 1024 ** 3;
    throw new InvalidInputError("image-unpacked-limit", {
      fr: `les couches de l'image dépassent ${gigabytes} Gio une fois décompressées (borne unpackedBytesPerImage)`,
      en: `the image's layers exceed ${gigabytes} GiB once unpacked (bound unpackedBytesPerImage)`,
    });
  }

  /**
   * @param pathLength of their paths and the targets of their links
   * @throws InvalidInputError image-entry-limit, image-path-limit
   */
  addEntries(count: number, pathLength: number): void {
    if (this.#add(ENTRIES, count) > LIMITS.entriesPerImage) {
      throw new InvalidInputError("image-entry-limit", {
        fr: `l'image contient plus de ${LIMITS.entriesPerImage} entrées (borne entriesPerImage)`,
        en: `the image holds more than ${LIMITS.entriesPerImage} entries (bound entriesPerImage)`,
      });
    }
    if (this.#add(PATH_BYTES, pathLength) > LIMITS.pathBytesPerImage) {
      throw new InvalidInputError("image-path-limit", {
        fr: `les chemins de l'image dépassent ensemble ${LIMITS.pathBytesPerImage} octets (borne pathBytesPerImage)`,
        en: `the image's paths exceed ${LIMITS.pathBytesPerImage} bytes together (bound pathBytesPerImage)`,
      });
    }
  }

  #add(index: number, amount: number): number {
    return Number(Atomics.add(this.#counters, index, BigInt(amount))) + amount;
  }
}
