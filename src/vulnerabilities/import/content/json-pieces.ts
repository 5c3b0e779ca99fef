import { LIMITS } from "../../../contract/limits.ts";
import { malformedFeed } from "./feed-errors.ts";

/**
 * Called with each piece of a large document: an element of the top-level array (""), or a member of the
 * top-level object.
 */
export type OnPiece = (key: string, text: string, isElement: boolean) => void;

const [QUOTE, BACKSLASH, COLON, COMMA] = [0x22, 0x5c, 0x3a, 0x2c];
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x7b, 0x7d, 0x5b, 0x5d];

/**
 * Splits a large JSON document into pieces that can be parsed separately: members of the top-level object,
 * elements of the top-level array, and elements of arrays that are members. Only strings and brackets are
 * tracked; the parser of a piece validates it.
 */
export class JsonPieces {
  readonly #name: string;
  readonly #onPiece: OnPiece;
  /** Kinds of the open brackets, at most two; deeper brackets are only counted. */
  readonly #open: number[] = [];
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** Earlier chunks of the current value. */
  #kept: Buffer[] = [];
  #keptBytes = 0;
  #key = "";
  #isOver = false;

  constructor(name: string, onPiece: OnPiece) {
    this.#name = name;
    this.#onPiece = onPiece;
  }

  /** @throws InvalidInputError feed-malformed, feed-piece-too-large */
  push(chunk: Buffer): void {
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0;
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (byte === BACKSLASH) this.#escaped = true;
        else if (byte === QUOTE) this.#inString = false;
        continue;
      }
      switch (byte) {
        case QUOTE:
          this.#inString = true;
          break;
        case OPEN_BRACE:
        case OPEN_BRACKET:
          if (this.#opens(byte)) start = at + 1;
          break;
        case CLOSE_BRACE:
        case CLOSE_BRACKET:
          if (this.#closes(chunk, start, at)) start = at + 1;
          break;
        case COLON:
          if (this.#isAtMember && this.#key === "") {
            this.#key = this.#keyOf(this.#take(chunk, start, at));
            start = at + 1;
          }
          break;
        case COMMA:
          if (this.#depth === this.#open.length) {
            this.#emit(chunk, start, at);
            start = at + 1;
          }
          break;
        default:
      }
    }
    if (start < chunk.length) this.#keep(chunk.subarray(start));
  }

  /** @throws InvalidInputError feed-malformed */
  end(): void {
    if (!this.#isOver || this.#depth > 0 || this.#inString) throw malformedFeed(this.#name, "EOF");
  }

  get #isAtMember(): boolean {
    return this.#depth === 1 && this.#open[0] === OPEN_BRACE && this.#open.length === 1;
  }

  /** Whether a bracket opens the document or a member with an array, whose elements are the pieces. */
  #opens(byte: number): boolean {
    this.#depth++;
    const isTop = this.#depth === 1;
    const isArrayOfMember =
      this.#depth === 2 && byte === OPEN_BRACKET && this.#open[0] === OPEN_BRACE && this.#key !== "";
    if (!isTop && !isArrayOfMember) return false;
    if (isTop && this.#isOver) throw malformedFeed(this.#name, "}{");
    this.#open.push(byte);
    this.#kept = [];
    this.#keptBytes = 0;
    return true;
  }

  #closes(chunk: Buffer, start: number, at: number): boolean {
    const isContainer = this.#depth === this.#open.length;
    if (isContainer) {
      this.#emit(chunk, start, at);
      this.#open.pop();
    }
    this.#depth--;
    if (this.#depth < 0) throw malformedFeed(this.#name, "}");
    if (this.#depth === 0) this.#isOver = true;
    return isContainer;
  }

  #emit(chunk: Buffer, start: number, at: number): void {
    const text = this.#take(chunk, start, at).trim();
    const isElement = this.#open.at(-1) === OPEN_BRACKET;
    if (text !== "") this.#onPiece(this.#key, text, isElement);
    if (this.#open.length === 1) this.#key = "";
  }

  #take(chunk: Buffer, start: number, end: number): string {
    const piece = chunk.subarray(start, end);
    const text =
      this.#kept.length === 0
        ? piece.toString("utf8")
        : Buffer.concat([...this.#kept, piece]).toString("utf8");
    this.#kept = [];
    this.#keptBytes = 0;
    return text;
  }

  #keep(piece: Buffer): void {
    this.#keptBytes += piece.length;
    if (this.#keptBytes > LIMITS.jsonBytes) throw malformedFeed(this.#name, `jsonBytes ${LIMITS.jsonBytes}`);
    this.#kept.push(piece);
  }

  #keyOf(text: string): string {
    try {
      return String(JSON.parse(text));
    } catch {
      throw malformedFeed(this.#name, text.slice(0, 100));
    }
  }
}
