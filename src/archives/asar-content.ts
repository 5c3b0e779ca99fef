import { LIMITS } from "../contract/limits.ts";
import { type AsarMember, asarMembers } from "./asar-index.ts";
import type { ContentSink } from "./content/content-sink.ts";
import { memberPlace } from "./content/place.ts";
import type { Step } from "./content/step.ts";
import { SteppedContent } from "./content/stepped-content.ts";
import { Unreadable } from "./content/unreadable.ts";

/** Bytes before the JSON: two sizes, each in a Pickle of Chromium's, and the JSON's length. */
const SIZES_BYTES = 16;
/** Offset from which the size in the header is counted. */
const HEADER_AT = 8;

/**
 * Reader of an Electron archive (https://github.com/electron/asar#format): a JSON index with the place of
 * each file, then the contents side by side. Bytes that belong to no file are an error.
 */
export class AsarContent extends SteppedContent {
  #members: AsarMember[] = [];
  #isListed = false;
  /** Number of content bytes that were read. */
  #passed = 0;

  override end(): void {
    if (!this.#isListed || this.#members.length > 0) throw new Unreadable("damaged");
  }

  protected override firstStep(): Step | undefined {
    const sizes = this.reader.take(SIZES_BYTES);
    if (sizes === undefined) return undefined;
    const [header, json] = [sizes.readUInt32LE(4) - HEADER_AT, sizes.readUInt32LE(12)];
    if (json > header) throw new Unreadable("damaged");
    if (header > LIMITS.packedIndexBytes) throw new Unreadable("too-much");
    return () => this.#readHeader(header, json);
  }

  #readHeader(length: number, json: number): Step | undefined {
    const header = this.reader.take(length);
    if (header === undefined) return undefined;
    this.#members = asarMembers(header.subarray(0, json), () => this.opening.budget.addMember());
    this.#isListed = true;
    return () => this.#nextMember();
  }

  #nextMember(): Step | undefined {
    const member = this.#members[0];
    if (member === undefined) return this.#passPadding(Infinity);
    if (member.offset > this.#passed) return this.#passPadding(member.offset - this.#passed);
    if (member.offset < this.#passed) throw new Unreadable("damaged");
    const content = this.opening.open(memberPlace(this.place, member.name));
    return () => this.#readContent(member, content, 0);
  }

  #passPadding(most: number): Step | undefined {
    const bytes = this.reader.some(most);
    if (bytes.some((byte) => byte !== 0)) throw new Unreadable("damaged");
    this.#passed += bytes.length;
    return bytes.length === 0 ? undefined : () => this.#nextMember();
  }

  #readContent(member: AsarMember, content: ContentSink, before: number): Step | undefined {
    const bytes = this.reader.some(member.size - before);
    if (bytes.length === 0) return undefined;
    this.#passed += bytes.length;
    if (bytes.length === member.size) content.whole(bytes);
    else content.push(bytes);
    const taken = before + bytes.length;
    if (taken < member.size) return () => this.#readContent(member, content, taken);
    if (before > 0) content.end();
    this.#members.shift();
    return () => this.#nextMember();
  }
}
