import type { ContentSink } from "../../../archives/content/content-sink.ts";
import { DATABASE_HEAD_BYTES, type DatabaseFormat, databaseFormat, holdsRows, ROW_BYTES } from "./format.ts";

const NO_BYTES = Buffer.alloc(0);

/** Detects whether a content is a database while passing it to another sink. */
export class DatabaseSearch implements ContentSink {
  readonly #inner: ContentSink;
  readonly #found: (format: DatabaseFormat) => void;
  #head: Buffer | undefined = NO_BYTES;
  /** Format of a dump in which no rows were found yet, and its last bytes. */
  #dump: DatabaseFormat | undefined;
  #tail: Buffer = NO_BYTES;

  /** @param found called once if the content is a database */
  constructor(inner: ContentSink, found: (format: DatabaseFormat) => void) {
    this.#inner = inner;
    this.#found = found;
  }

  whole(bytes: Uint8Array): void {
    this.#decide(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), true);
    this.#inner.whole(bytes);
  }

  push(bytes: Uint8Array): void {
    const piece = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (this.#head !== undefined) this.#begin(piece);
    else this.#look(piece, false);
    this.#inner.push(bytes);
  }

  end(): void {
    if (this.#head !== undefined) this.#decide(this.#head, true);
    else this.#look(NO_BYTES, true);
    this.#inner.end();
  }

  #begin(piece: Buffer): void {
    const before = this.#head ?? NO_BYTES;
    const head = before.length === 0 ? piece : Buffer.concat([before, piece]);
    if (head.length < DATABASE_HEAD_BYTES) this.#head = Buffer.from(head);
    else this.#decide(head, false);
  }

  #decide(head: Buffer, isEnd: boolean): void {
    this.#head = undefined;
    const format = databaseFormat(head.subarray(0, DATABASE_HEAD_BYTES));
    if (format === undefined) return;
    if (format.isDump !== true) return this.#found(format);
    this.#dump = format;
    this.#look(head, isEnd);
  }

  #look(piece: Buffer, isEnd: boolean): void {
    const dump = this.#dump;
    if (dump === undefined) return;
    const stretch = Buffer.concat([this.#tail, piece]);
    if (holdsRows(stretch, isEnd)) {
      this.#dump = undefined;
      this.#found(dump);
    }
    this.#tail = Buffer.from(stretch.subarray(-ROW_BYTES));
  }
}
