import type { Opening } from "../content/opening.ts";
import { memberPlace, type Place } from "../content/place.ts";
import type { Step } from "../content/step.ts";
import { SteppedContent } from "../content/stepped-content.ts";
import { Unreadable } from "../content/unreadable.ts";
import { descriptorSizes } from "./descriptor.ts";
import { MemberContent } from "./member-content.ts";
import { ZipMembers } from "./members.ts";
import {
  directoryMember,
  directoryTail,
  FIXED,
  localMember,
  nameOf,
  SIGNATURE,
  type ZipMember,
} from "./records.ts";

/**
 * Reader of a zip in one pass, by the headers before the members. These headers are trusted only if the
 * directory at the end names exactly the same members, with the same places and sizes. Other bytes between
 * members are refused.
 */
export class ZipContent extends SteppedContent {
  #members: ZipMembers;
  #isWhole = false;

  /** @param start number of bytes that precede the zip in its file */
  constructor(place: Place, opening: Opening, start = 0) {
    super(place, opening);
    this.#members = new ZipMembers(start);
    this.reader.skipped(start);
  }

  override end(): void {
    if (!this.#isWhole || this.reader.isCut) throw new Unreadable("damaged");
  }

  protected override firstStep(): Step | undefined {
    const signature = this.reader.take(4)?.readUInt32LE();
    if (signature === undefined) return undefined;
    // Another archive begins after the end of this archive.
    if (this.#isWhole) this.#members = new ZipMembers(this.reader.offset - 4);
    this.#isWhole = false;
    switch (signature) {
      case SIGNATURE.member:
        return () => this.#readMember();
      case SIGNATURE.directory:
        return () => this.#readListed();
      case SIGNATURE.end:
        return () => this.#readEnd();
      case SIGNATURE.zip64End:
        return () => this.#readZip64End();
      case SIGNATURE.zip64Locator:
        return () => this.#skip(FIXED.zip64Locator - 4);
      default:
        throw new Unreadable("damaged", "signature");
    }
  }

  #readMember(): Step | undefined {
    const offset = this.reader.offset - 4;
    const fixed = this.reader.take(FIXED.member - 4);
    if (fixed === undefined) return undefined;
    const head = Buffer.concat([Buffer.alloc(4), fixed]);
    return () => this.#readName(offset, head);
  }

  #readName(offset: number, head: Buffer): Step | undefined {
    const tail = this.reader.take(head.readUInt16LE(26) + head.readUInt16LE(28));
    if (tail === undefined) return undefined;
    this.opening.budget.addMember();
    const member = localMember(Buffer.concat([head, tail]));
    const place = memberPlace(this.place, nameOf(member), true);
    const content = new MemberContent(member, place, this.opening);
    return () => this.#readContent(offset, member, content);
  }

  #readContent(offset: number, member: ZipMember, content: MemberContent): Step | undefined {
    if (!content.take(this.reader)) return undefined;
    if (member.hasDescriptor) return () => this.#readDescriptor(offset, member, content);
    this.#members.met(offset, member, member);
    return () => this.firstStep();
  }

  #readDescriptor(offset: number, member: ZipMember, content: MemberContent): Step | undefined {
    const sizes = descriptorSizes(this.reader, member, content);
    if (sizes === undefined) return undefined;
    this.#members.met(offset, member, sizes);
    return () => this.firstStep();
  }

  #readListed(): Step | undefined {
    const fixed = this.reader.take(FIXED.directory - 4);
    if (fixed === undefined) return undefined;
    const head = Buffer.concat([Buffer.alloc(4), fixed]);
    return () => this.#readListedName(head);
  }

  #readListedName(head: Buffer): Step | undefined {
    const tail = this.reader.take(directoryTail(head));
    if (tail === undefined) return undefined;
    const { member, offset } = directoryMember(Buffer.concat([head, tail]));
    this.#members.listed(offset, member);
    return () => this.firstStep();
  }

  /** Reads the record of APPNOTE 4.3.14, whose size counts only the bytes after the size field. */
  #readZip64End(): Step | undefined {
    const head = this.reader.take(FIXED.zip64End - 4);
    if (head === undefined) return undefined;
    const size = head.readBigUInt64LE();
    if (size > 0x1_0000n) throw new Unreadable("damaged");
    return () => this.#skip(Number(size));
  }

  #skip(length: number): Step | undefined {
    return this.reader.take(length) && (() => this.firstStep());
  }

  #readEnd(): Step | undefined {
    const end = this.reader.take(FIXED.end - 4);
    if (end === undefined) return undefined;
    this.#members.end(end.readUInt16LE(6));
    return () => this.#readComment(end.readUInt16LE(16));
  }

  #readComment(length: number): Step | undefined {
    if (this.reader.take(length) === undefined) return undefined;
    this.#isWhole = true;
    return () => this.firstStep();
  }
}
