import { LIMITS } from "../contract/limits.ts";
import type { ContentSink } from "./content/content-sink.ts";
import { Inflating } from "./content/inflating.ts";
import { memberPlace } from "./content/place.ts";
import type { Step } from "./content/step.ts";
import { SteppedContent } from "./content/stepped-content.ts";
import { Unreadable } from "./content/unreadable.ts";
import { type PharMember, pharMembers } from "./phar-index.ts";

/**
 * Reader of a PHP archive after its program (https://www.php.net/manual/phar.fileformat.php): an index, then
 * the contents side by side.
 */
export class PharContent extends SteppedContent {
  #members: PharMember[] = [];
  #isListed = false;

  override end(): void {
    if (!this.#isListed || this.#members.length > 0) throw new Unreadable("damaged");
  }

  protected override firstStep(): Step | undefined {
    const length = this.reader.take(4)?.readUInt32LE();
    if (length === undefined) return undefined;
    if (length > LIMITS.packedIndexBytes) throw new Unreadable("too-much");
    return () => this.#readList(length);
  }

  #readList(length: number): Step | undefined {
    const list = this.reader.take(length);
    if (list === undefined) return undefined;
    this.#members = pharMembers(list, () => this.opening.budget.addMember());
    this.#isListed = true;
    return () => this.#nextMember();
  }

  #nextMember(): Step | undefined {
    const member = this.#members[0];
    // A signature follows the last content.
    if (member === undefined)
      return this.reader.some(Infinity).length > 0 ? () => this.#nextMember() : undefined;
    const place = memberPlace(this.place, member.name);
    const isRead = member.packing !== "bzip2";
    if (!isRead) this.opening.visitor.unread(place, "bzip2");
    const content = isRead && member.stored > 0 ? this.opening.open(place) : undefined;
    const inflating =
      member.packing === "deflate" && content !== undefined
        ? new Inflating("deflate", this.opening.budget)
        : undefined;
    return () => this.#readContent(member, { content, inflating }, 0);
  }

  #readContent(member: PharMember, into: Target, before: number): Step | undefined {
    const bytes = this.reader.some(member.stored - before);
    if (bytes.length === 0 && before < member.stored) return undefined;
    take(into, bytes);
    const taken = before + bytes.length;
    if (taken < member.stored) return () => this.#readContent(member, into, taken);
    into.inflating?.finish();
    into.content?.end();
    this.#members.shift();
    return () => this.#nextMember();
  }
}

interface Target {
  readonly content: ContentSink | undefined;
  readonly inflating: Inflating | undefined;
}

function take({ content, inflating }: Target, bytes: Buffer): void {
  if (inflating === undefined) return content?.push(bytes);
  const consumed = inflating.push(bytes, (piece) => content?.push(piece));
  if (consumed < bytes.length) throw new Unreadable("damaged", "size");
}
