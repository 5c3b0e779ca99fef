import { LIMITS } from "../../contract/limits.ts";
import { Unreadable } from "./unreadable.ts";

/** Bytes that the archives of one layer may unpack to, including nested ones. */
export class UnpackBudget {
  #bytes = 0;
  #members = 0;
  #slowBytes = 0;

  /** Counts unpacked bytes. @throws Unreadable too-much */
  addBytes(count: number): void {
    this.#bytes += count;
    if (this.#bytes > LIMITS.packedBytesPerLayer) throw new Unreadable("too-much");
  }

  /** Counts bytes of a format that unpacks a hundred times slower. @throws Unreadable too-much */
  addSlowBytes(count: number): void {
    this.#slowBytes += count;
    if (this.#slowBytes > LIMITS.xzBytesPerLayer) throw new Unreadable("too-much");
  }

  /** Counts a member of an archive. @throws Unreadable too-much */
  addMember(): void {
    this.#members++;
    if (this.#members > LIMITS.packedMembersPerLayer) throw new Unreadable("too-much");
  }
}
