import { LIMITS } from "../contract/limits.ts";
import { AsarContent } from "./asar-content.ts";
import { CompressedContent } from "./compressed-content.ts";
import { type ContentSink, NOTHING } from "./content/content-sink.ts";
import type { Opening } from "./content/opening.ts";
import type { ContentVisitor, Place } from "./content/place.ts";
import type { UnpackBudget } from "./content/unpack-budget.ts";
import { Unreadable, type UnreadReason } from "./content/unreadable.ts";
import { HEAD_BYTES, packedFormat } from "./format.ts";
import { LooseObject } from "./git/loose-object.ts";
import { GitPack } from "./git/pack.ts";
import { END_BYTES, endsLikeZip, isFollowedScript, isPrefix, PrefixedArchive } from "./prefixed-archive.ts";
import { isAppImage, ProgramOverlay, programEnd } from "./program-overlay.ts";
import { TarContent } from "./tar-content.ts";
import { XzContent } from "./xz/xz-content.ts";
import { ZipContent } from "./zip/zip-content.ts";

/**
 * Reads files under any name, and the contents found inside; a content given to a visitor is not unpacked
 * further.
 */
export function openings(visitor: ContentVisitor, budget: UnpackBudget): Opening {
  const opening: Opening = { visitor, budget, open: (place) => new OpenedContent(place, opening) };
  return opening;
}

const NO_BYTES = Buffer.alloc(0);

class OpenedContent implements ContentSink {
  readonly #place: Place;
  readonly #opening: Opening;
  #head: Buffer = NO_BYTES;
  #inner: ContentSink | undefined;
  /** Last bytes of a content that is not an archive: possibly the end of a zip. */
  #end: Buffer | undefined;

  constructor(place: Place, opening: Opening) {
    this.#place = place;
    this.#opening = opening;
  }

  whole(bytes: Uint8Array): void {
    this.#inner = this.#choose(bytes, endsLikeZip(bytes) || isFollowedScript(bytes, this.#place.path));
    this.#inner.whole(bytes);
  }

  push(bytes: Uint8Array): void {
    if (this.#inner !== undefined) {
      if (this.#end !== undefined) this.#end = lastOf(this.#end, bytes);
      return this.#inner.push(bytes);
    }
    const head = this.#head.length === 0 ? bytes : Buffer.concat([this.#head, bytes]);
    if (head.length < HEAD_BYTES) this.#head = Buffer.from(head);
    else {
      this.#inner = this.#choose(head, isPrefix(head, this.#place.path));
      if (this.#end !== undefined) this.#end = lastOf(this.#end, head);
      this.#inner.push(head);
    }
  }

  end(): void {
    if (this.#inner === undefined) return this.whole(this.#head);
    this.#inner.end();
    if (this.#end !== undefined && endsLikeZip(this.#end)) {
      this.#opening.visitor.unread(this.#place, "appended");
    }
  }

  /** @param mayHoldZip whether a zip may follow the first bytes */
  #choose(head: Uint8Array, mayHoldZip: boolean): ContentSink {
    const place = this.#place;
    const { visitor } = this.#opening;
    const format = packedFormat(head.length > HEAD_BYTES ? head.subarray(0, HEAD_BYTES) : head, place.path);
    if (format === undefined && !mayHoldZip) {
      this.#end = NO_BYTES;
      return this.#program(head, visitor.content(place) ?? NOTHING);
    }
    const deep = place.depth >= LIMITS.packedDepth;
    const reader = deep ? "too-deep" : readerOf(format ?? "prefixed", place, this.#opening);
    if (typeof reader !== "string") return new Guarded(reader, (reason) => visitor.unread(place, reason));
    visitor.unread(place, reader);
    return visitor.content(place) ?? NOTHING;
  }

  /** Sink for the content and, if the content is a program, for an archive after the program. */
  #program(head: Uint8Array, content: ContentSink): ContentSink {
    const end = programEnd(head);
    if (end === undefined || this.#place.depth >= LIMITS.packedDepth) return content;
    if (isAppImage(head)) this.#opening.visitor.unread(this.#place, "squashfs");
    return new ProgramOverlay(content, end, this.#place, this.#opening);
  }
}

type Format = NonNullable<ReturnType<typeof packedFormat>> | "prefixed";

function readerOf(format: Format, place: Place, opening: Opening): ContentSink | UnreadReason {
  switch (format) {
    case "gzip":
    case "zstd":
    case "deflate":
    case "brotli":
      return new CompressedContent(format, place, opening);
    case "prefixed":
      return new PrefixedArchive(place, opening);
    case "zip":
      return new ZipContent(place, opening);
    case "tar":
      return new TarContent(place, opening);
    case "zlib":
      return new LooseObject(place, opening);
    case "xz":
      return new XzContent(place, opening);
    case "git-pack":
      return new GitPack(place, opening);
    case "asar":
      return new AsarContent(place, opening);
    default:
      return format;
  }
}

/** Last bytes of a content after more bytes came. */
function lastOf(end: Buffer, more: Uint8Array): Buffer {
  const last = more.subarray(-END_BYTES);
  return last.length === END_BYTES ? Buffer.from(last) : Buffer.concat([end, last]).subarray(-END_BYTES);
}

/**
 * Stops reading an archive that cannot be read, and reports the archive; the reading of enclosing contents
 * continues.
 */
class Guarded implements ContentSink {
  readonly #reader: ContentSink;
  readonly #onUnreadable: (reason: UnreadReason) => void;
  #isOver = false;

  constructor(reader: ContentSink, onUnreadable: (reason: UnreadReason) => void) {
    this.#reader = reader;
    this.#onUnreadable = onUnreadable;
  }

  whole(bytes: Uint8Array): void {
    this.#guard(() => this.#reader.whole(bytes));
  }

  push(bytes: Uint8Array): void {
    this.#guard(() => this.#reader.push(bytes));
  }

  end(): void {
    this.#guard(() => this.#reader.end());
  }

  #guard(work: () => void): void {
    if (this.#isOver) return;
    try {
      work();
    } catch (error) {
      this.#isOver = true;
      if (!(error instanceof Unreadable)) throw error;
      this.#onUnreadable(error.reason);
    }
  }
}
