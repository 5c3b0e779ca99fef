import { InvalidInputError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { decodeName } from "../../files/names.ts";
import { Collector } from "./collector.ts";
import { corruptImage } from "./corrupt-image.ts";
import { verifyGlobalHeader } from "./global-header.ts";
import { BLOCK, isZeroBlock, parseHeader, type TarHeader } from "./header.ts";
import { type Extensions, memberOf, type TarMember } from "./member.ts";
import { parsePax } from "./pax.ts";
import {
  DataMap,
  expandSparse,
  extensionContinues,
  extensionSegments,
  headerContinues,
  headerRealSize,
  headerSegments,
  paxSparse,
  type Segment,
  SegmentPlacer,
  verifySegments,
} from "./sparse.ts";

export interface TarVisitor {
  /**
   * Called with each member in order. Returns how much of its content to pass on: a number of bytes for
   * body(), 0 to skip the content, or `pieces` for all of it through data().
   */
  member(member: TarMember): number | "pieces";
  /** Receives the first bytes of the content, as many as requested or present; valid during the call. */
  body(member: TarMember, bytes: Uint8Array): void;
  /** Receives a piece of the content at its offset in the file, valid during the call; holes are omitted. */
  data?(member: TarMember, bytes: Uint8Array, offset: number): void;
  /** Called after the last piece of a member. */
  dataEnd?(member: TarMember): void;
}

const NO_EXTENSIONS: Extensions = { pax: new Map() };

/**
 * Reads a tar pushed in chunks of any size. Content that was not requested is skipped. Members after the end
 * of the archive (concatenated tars) are read, too, and marked.
 *
 * @throws InvalidInputError tar-checksum, tar-number, tar-pax, tar-sparse, tar-type, tar-end, tar-global,
 * tar-overlay, tar-truncated, tar-path-limit, tar-extension-limit; errors of the visitor
 */
export class TarWalker {
  readonly #visitor: TarVisitor;
  readonly #stretch = new Collector();
  #extensions = NO_EXTENSIONS;
  #extensionBytes = 0;
  #zeroBlocks = 0;
  #atHeader = true;
  #padding = 0;

  constructor(visitor: TarVisitor) {
    this.#visitor = visitor;
    this.#nextHeader();
  }

  push(chunk: Uint8Array): void {
    this.#stretch.push(chunk);
  }

  /** Bytes to push next for a seekable source: the next header or extension. */
  get wanting(): number {
    return this.#stretch.wanting;
  }

  /**
   * Counts skipped content as pushed, up to a number of bytes.
   *
   * @returns the number of counted bytes
   */
  passOver(most: number): number {
    return this.#stretch.passOver(most);
  }

  /** Whether two zero blocks were read, where the archive ends for unpackers. */
  get isEnded(): boolean {
    return this.#zeroBlocks > 1;
  }

  /** Whether the tar may end here. Like in Go's reader, end blocks and the last padding may be missing. */
  get isWhole(): boolean {
    const { held, skipping } = this.#stretch;
    return (
      this.#atHeader &&
      this.#extensions === NO_EXTENSIONS &&
      skipping <= this.#padding &&
      held.every((byte) => byte === 0)
    );
  }

  end(): void {
    if (this.isWhole) return;
    throw corruptImage("tar-truncated", {
      fr: "le tar s'arrête au milieu d'une entrée",
      en: "the tar stops in the middle of an entry",
    });
  }

  #nextHeader(): void {
    this.#atHeader = true;
    this.#stretch.collect(BLOCK, this.#readBlock);
  }

  #collect(length: number, then: (bytes: Uint8Array) => void): void {
    this.#atHeader = false;
    this.#stretch.collect(length, (bytes, at) => then(bytes.subarray(at, at + length)));
  }

  /** A single function object is used for all headers, since an image has a hundred thousand. */
  readonly #readBlock = (bytes: Uint8Array, at: number): void => {
    if (bytes[at] === 0 && isZeroBlock(bytes, at)) {
      this.#zeroBlocks++;
      return this.#nextHeader();
    }
    if (this.#zeroBlocks === 1) {
      throw corruptImage("tar-end", {
        fr: "un bloc de zéros isolé coupe le tar (deux en marquent la fin)",
        en: "a lone block of zeros cuts the tar (two mark its end)",
      });
    }
    this.#readHeader(parseHeader(bytes, at), bytes, at);
  };

  #readHeader(header: TarHeader, bytes: Uint8Array, at: number): void {
    const { flag, size } = header;
    if (flag === "x" || flag === "L" || flag === "K") return this.#readExtension(flag, size);
    const extensions = this.#extensions;
    if (flag === "g") {
      verifyGlobalHeader(header.name, extensions !== NO_EXTENSIONS);
      return this.#skip(size);
    }
    this.#extensions = NO_EXTENSIONS;
    this.#extensionBytes = 0;
    const member = memberOf(header, extensions, this.#zeroBlocks > 1);
    if (flag === "S") return this.#readSparseHeader(member, bytes.subarray(at, at + BLOCK));
    const sparse = paxSparse(extensions.pax, member.type);
    if (sparse === undefined) return this.#readPlain(member);
    const logical = { ...member, size: sparse.size, sparse: true as const };
    if (sparse.segments !== undefined) return this.#readSparse(logical, sparse.segments, member.size);
    this.#readDataMap(logical, member.size, new DataMap());
  }

  #readExtension(flag: "x" | "L" | "K", size: number): void {
    this.#boundExtension(size);
    this.#collect(size, (bytes) => {
      this.#extensions = { ...this.#extensions, ...extensionOf(flag, bytes) };
      this.#skip(0, size);
    });
  }

  #boundExtension(size: number): void {
    this.#extensionBytes += size;
    if (this.#extensionBytes <= LIMITS.tarExtensionBytes) return;
    throw new InvalidInputError("tar-extension-limit", {
      fr: `plus de ${LIMITS.tarExtensionBytes} octets d'extensions (PAX, noms longs) devant une entrée du tar`,
      en: `more than ${LIMITS.tarExtensionBytes} bytes of extensions (PAX, long names) before one entry of the tar`,
    });
  }

  #readPlain(member: TarMember): void {
    const asked = this.#visitor.member(member);
    if (asked === "pieces") return this.#pass(member, [[0, member.size]], member.size);
    const wanted = Math.min(asked, member.size);
    if (wanted === 0) return this.#skip(member.size);
    this.#collect(wanted, (bytes) => {
      this.#visitor.body(member, bytes);
      this.#skip(member.size - wanted, member.size);
    });
  }

  #readSparseHeader(member: TarMember, block: Uint8Array): void {
    const logical = { ...member, size: headerRealSize(block), sparse: true as const };
    this.#readSparseBlocks(logical, headerSegments(block), member.size, headerContinues(block));
  }

  #readSparseBlocks(member: TarMember, segments: Segment[], stored: number, continues: boolean): void {
    if (!continues) return this.#readSparse(member, segments, stored);
    this.#boundExtension(BLOCK);
    this.#collect(BLOCK, (block) => {
      segments.push(...extensionSegments(block));
      this.#readSparseBlocks(member, segments, stored, extensionContinues(block));
    });
  }

  #readDataMap(member: TarMember, stored: number, map: DataMap): void {
    this.#boundExtension(BLOCK);
    this.#collect(BLOCK, (block) => {
      const segments = map.push(block);
      if (segments === undefined) return this.#readDataMap(member, stored, map);
      this.#readSparse(member, segments, stored - map.size);
    });
  }

  #readSparse(member: TarMember, segments: readonly Segment[], stored: number): void {
    verifySegments(segments, member.size, stored);
    this.#extensionBytes = 0;
    const asked = this.#visitor.member(member);
    if (asked === "pieces") return this.#pass(member, segments, stored);
    const limit = Math.min(asked, member.size);
    const wanted = Math.min(limit, stored);
    if (limit > 0 && wanted === 0) this.#visitor.body(member, new Uint8Array(limit));
    if (wanted === 0) return this.#skip(stored);
    this.#collect(wanted, (bytes) => {
      this.#visitor.body(member, expandSparse(bytes, segments, member.size, limit));
      this.#skip(stored - wanted, stored);
    });
  }

  #pass(member: TarMember, segments: readonly Segment[], stored: number): void {
    const place = new SegmentPlacer(segments, (bytes, offset) => this.#visitor.data?.(member, bytes, offset));
    const end = (): void => {
      this.#visitor.dataEnd?.(member);
      this.#skip(0, stored);
    };
    if (stored === 0) return end();
    this.#atHeader = false;
    this.#stretch.pass(stored, (bytes) => place.push(bytes), end);
  }

  /** Skips the rest of a content, and the padding to the next block. */
  #skip(rest: number, whole = rest): void {
    this.#padding = (BLOCK - (whole % BLOCK)) % BLOCK;
    this.#stretch.skip(rest + this.#padding);
    this.#nextHeader();
  }
}

function extensionOf(flag: "x" | "L" | "K", bytes: Uint8Array): Partial<Extensions> {
  // The records outlive the call in which `bytes` is valid; slice() of a Buffer would not copy.
  if (flag === "x") return { pax: parsePax(new Uint8Array(bytes)) };
  const end = bytes.indexOf(0);
  const name = decodeName(end === -1 ? bytes : bytes.subarray(0, end));
  return flag === "L" ? { longName: name } : { longLink: name };
}
