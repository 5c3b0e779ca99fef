import { Unreadable } from "../content/unreadable.ts";
import { identityOf, type Sizes, type ZipMember } from "./records.ts";

/**
 * Members of a zip in the order of reading, for comparison with the directory, which other readers use. If
 * the directory omits a member, has another member at a place, or names a place without a member, other
 * readers see other files than this one.
 */
export class ZipMembers {
  readonly #met = new Map<number, string>();
  /** Bytes before the first member: a script, or a program that unpacks itself. */
  readonly #start: number;
  /** Origin of the directory's offsets: the archive's beginning, or the file's. */
  #origin: number | undefined;
  #listed = 0;

  constructor(start: number) {
    this.#start = start;
  }

  met(offset: number, member: ZipMember, sizes: Sizes): void {
    this.#met.set(offset, identityOf(member, sizes));
  }

  /** Records a member of the directory. @throws Unreadable damaged */
  listed(offset: number, member: ZipMember): void {
    const identity = identityOf(member, member);
    this.#origin ??= this.#met.get(offset) === identity ? 0 : this.#start;
    const place = offset + this.#origin;
    if (this.#met.get(place) !== identity) throw new Unreadable("damaged", "directory");
    this.#met.delete(place);
    this.#listed++;
  }

  /**
   * Ends the directory.
   *
   * @throws Unreadable damaged
   * @param count number of members that the end record declares, 16 bits
   */
  end(count: number): void {
    const isWhole = this.#met.size === 0 && (this.#listed & 0xffff) === count;
    if (!isWhole && count !== 0xffff) throw new Unreadable("damaged", "directory");
    if (this.#met.size > 0) throw new Unreadable("damaged", "directory");
  }
}
