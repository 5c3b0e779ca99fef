import type { ContentSink } from "../content/content-sink.ts";
import { Inflating } from "../content/inflating.ts";
import type { Opening } from "../content/opening.ts";
import type { PieceReader } from "../content/piece-reader.ts";
import type { Place } from "../content/place.ts";
import { Unreadable } from "../content/unreadable.ts";
import { METHOD, type Sizes, type ZipMember } from "./records.ts";

/** Content of one member: stored, deflated, or in a compression that is skipped and reported. */
export class MemberContent implements Sizes {
  readonly #member: ZipMember;
  readonly #sink: ContentSink | undefined;
  readonly #inflating: Inflating | undefined;
  /** Sizes of the content so far, as stored and as unpacked. */
  compressedSize = 0;
  size = 0;

  constructor(member: ZipMember, place: Place, opening: Opening) {
    const { method, isEncrypted, hasDescriptor } = member;
    this.#member = member;
    const isDeflated = method === METHOD.deflated && !isEncrypted;
    // Only the directory states the end of a stored content with a descriptor; Java does not read members of
    // this form either.
    if (hasDescriptor && !isDeflated) throw new Unreadable(isEncrypted ? "encrypted" : "method");
    const isRead = isDeflated || (method === METHOD.stored && !isEncrypted);
    if (!isRead) opening.visitor.unread(place, isEncrypted ? "encrypted" : "method");
    const isEmpty = !hasDescriptor && member.size === 0 && member.compressedSize === 0;
    this.#sink = isRead && !isEmpty ? opening.open(place) : undefined;
    this.#inflating = isDeflated && !isEmpty ? new Inflating("deflate", opening.budget) : undefined;
  }

  /**
   * Reads a part of the content.
   *
   * @returns whether the whole content was read
   */
  take(reader: PieceReader): boolean {
    return this.#member.hasDescriptor ? this.#takeToEnd(reader) : this.#takeDeclared(reader);
  }

  get #isOver(): boolean {
    return this.#inflating?.isOver ?? true;
  }

  #takeDeclared(reader: PieceReader): boolean {
    const { compressedSize: declared, size } = this.#member;
    const bytes = reader.some(declared - this.compressedSize);
    const isAll = bytes.length === declared;
    this.compressedSize += bytes.length;
    if (this.#inflating !== undefined) this.#inflate(bytes);
    else {
      this.size += bytes.length;
      if (isAll) this.#sink?.whole(bytes);
      else if (bytes.length > 0) this.#sink?.push(bytes);
    }
    if (this.compressedSize < declared) return false;
    if (this.#inflating !== undefined) this.#finish();
    else if (!isAll) this.#sink?.end();
    if (this.#sink !== undefined && this.size !== size) throw new Unreadable("damaged", "size");
    return true;
  }

  #takeToEnd(reader: PieceReader): boolean {
    const bytes = reader.some(Infinity);
    if (bytes.length === 0) return false;
    const consumed = this.#inflate(bytes, true);
    this.compressedSize += consumed;
    reader.unread(bytes.length - consumed);
    if (!this.#isOver) return false;
    this.#finish();
    return true;
  }

  #inflate(bytes: Buffer, mayEnd = false): number {
    const inflating = this.#inflating;
    if (inflating === undefined) return 0;
    const consumed = inflating.push(bytes, (piece) => {
      this.size += piece.length;
      this.#sink?.push(piece);
    });
    if (!mayEnd && consumed < bytes.length) throw new Unreadable("damaged", "size");
    return consumed;
  }

  #finish(): void {
    this.#inflating?.finish();
    this.#sink?.end();
  }
}
