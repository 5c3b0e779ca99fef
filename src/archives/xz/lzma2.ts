import type { PieceReader } from "../content/piece-reader.ts";
import { Unreadable } from "../content/unreadable.ts";
import { History } from "./history.ts";
import { Lzma } from "./lzma.ts";

/** Values of a chunk's first byte. */
const END = 0x00;
const RESETTING = 0x01;
const COPIED = 0x02;
const PACKED = 0x80;
/** Lowest control byte of packed chunks that reset the state; also the properties; also the history. */
const NEW_STATE = 0xa0;
const NEW_PROPERTIES = 0xc0;
const NEW_HISTORY = 0xe0;

/** Header of a chunk, with the number of its bytes read so far. */
interface Chunk {
  readonly control: number;
  readonly length: number;
  readonly packed: number;
  readonly properties: number | undefined;
}

/** Decoder of a block of LZMA2, with compressed and uncompressed chunks (The .xz File Format, 5.3.1). */
export class Lzma2 {
  readonly #history: History;
  readonly #lzma: Lzma;
  readonly #found: (bytes: Buffer) => void;
  #control: number | undefined;
  #chunk: Chunk | undefined;
  #hasHistory = false;
  #hasProperties = false;

  /** @param dictionary maximum distance of matches, in bytes */
  constructor(dictionary: number, found: (bytes: Buffer) => void) {
    this.#history = new History(dictionary);
    this.#lzma = new Lzma(this.#history);
    this.#found = found;
  }

  /**
   * Reads the available part of the next chunk.
   *
   * @returns whether the block is over; undefined if bytes are missing
   * @throws Unreadable damaged
   */
  read(reader: PieceReader): boolean | undefined {
    this.#control ??= reader.take(1)?.[0];
    if (this.#control === undefined) return undefined;
    if (this.#control === END) return true;
    this.#chunk ??= header(this.#control, reader);
    const content = this.#chunk && reader.take(this.#chunk.packed);
    if (this.#chunk === undefined || content === undefined) return undefined;
    this.#take(this.#chunk, content);
    this.#control = undefined;
    this.#chunk = undefined;
    return false;
  }

  #take(chunk: Chunk, content: Buffer): void {
    if (chunk.control === RESETTING || chunk.control >= NEW_HISTORY) {
      this.#history.reset();
      this.#lzma.resetPosition();
      this.#hasHistory = true;
    }
    if (!this.#hasHistory) throw new Unreadable("damaged");
    if (chunk.control < PACKED) this.#copy(content);
    else this.#unpack(chunk, content);
    this.#found(this.#history.written);
  }

  #copy(content: Buffer): void {
    this.#history.begin(content.length);
    this.#history.putAll(content);
    this.#lzma.passed(content.length);
  }

  #unpack({ control, length, properties }: Chunk, content: Buffer): void {
    if (properties !== undefined) {
      this.#lzma.setProperties(properties);
      this.#hasProperties = true;
    }
    if (!this.#hasProperties) throw new Unreadable("damaged");
    if (control >= NEW_STATE) this.#lzma.resetState();
    this.#lzma.decode(content, length);
  }
}

/** Header of the next chunk; undefined if the header is not complete yet. */
function header(control: number, reader: PieceReader): Chunk | undefined {
  if (control > COPIED && control < PACKED) throw new Unreadable("damaged");
  const hasProperties = control >= NEW_PROPERTIES;
  const bytes = reader.take(control < PACKED ? 2 : hasProperties ? 5 : 4);
  if (bytes === undefined) return undefined;
  const low = bytes.readUInt16BE(0) + 1;
  if (control < PACKED) return { control, length: low, packed: low, properties: undefined };
  const length = (control & 0x1f) * 0x1_0000 + low;
  return {
    control,
    length,
    packed: bytes.readUInt16BE(2) + 1,
    properties: hasProperties ? bytes[4] : undefined,
  };
}
