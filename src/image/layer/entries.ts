import type { FileType } from "../../contract/image-facts.ts";
import { quoted } from "../../contract/shown.ts";
import { corruptImage } from "../tar/corrupt-image.ts";
import type { TarMember } from "../tar/member.ts";
import { normalizePath } from "../tar/path.ts";
import { type Whiteout, whiteoutOf } from "./whiteout.ts";

/** Metadata that many entries of a layer share. */
export interface EntryKind {
  /** `whiteout` deletes its path in lower layers, `opaque` the content of its folder in lower layers. */
  readonly type: FileType | "hardlink" | Whiteout["type"];
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Set if the entry is after the archive's end, where unpackers ignore it. */
  readonly ignored?: true;
}

/**
 * Entries of one layer in the order of its tar, as columns: plain data that is cheap to clone between threads
 * and to store as JSON.
 */
export interface LayerEntries {
  /** Paths, absolute and normalised. */
  readonly paths: readonly string[];
  readonly kinds: readonly EntryKind[];
  /** Index of each entry's kind. */
  readonly kindOf: readonly number[];
  /** Size of each entry in bytes. */
  readonly sizes: readonly number[];
  /** Targets of links, each with its entry: as written for symbolic links, normalised for hard links. */
  readonly links: readonly (readonly [entry: number, target: string])[];
  /** Values of `security.capability`, hexadecimal, each with its entry. */
  readonly capabilities: readonly (readonly [entry: number, hex: string])[];
}

/** Collects entries while a layer is read. */
export class EntryRecorder {
  readonly #paths: string[] = [];
  readonly #kinds: EntryKind[] = [];
  readonly #kindIndex = new Map<string, number>();
  readonly #kindOf: number[] = [];
  #latest = -1;
  readonly #sizes: number[] = [];
  readonly #links: [number, string][] = [];
  readonly #capabilities: [number, string][] = [];

  get length(): number {
    return this.#paths.length;
  }

  /**
   * Records an entry and returns its path; for a whiteout, the path that it deletes.
   *
   * @throws InvalidInputError layer-whiteout, layer-device
   */
  add(member: TarMember): string {
    const { path, type, ignored } = meaningOf(member);
    const entry = this.#paths.push(path) - 1;
    this.#kindOf.push(this.#kindOfMember(member, type, ignored));
    this.#sizes.push(member.size);
    if (member.type === "symlink") this.#links.push([entry, member.link]);
    if (member.type === "hardlink") this.#links.push([entry, normalizePath(member.link)]);
    if (member.capability !== undefined) this.#capabilities.push([entry, member.capability]);
    return path;
  }

  entries(): LayerEntries {
    return {
      paths: this.#paths,
      kinds: this.#kinds,
      kindOf: this.#kindOf,
      sizes: this.#sizes,
      links: this.#links,
      capabilities: this.#capabilities,
    };
  }

  #kindOfMember({ mode, uid, gid }: TarMember, type: EntryKind["type"], ignored: boolean): number {
    // The kind is compared with the previous entry's first, since most entries have the same.
    const latest = this.#kinds[this.#latest];
    const isSame =
      latest?.type === type && latest.mode === mode && latest.uid === uid && latest.gid === gid && !ignored;
    if (isSame && latest.ignored === undefined) return this.#latest;
    this.#latest = this.#indexOfKind(mode, uid, gid, type, ignored);
    return this.#latest;
  }

  #indexOfKind(mode: number, uid: number, gid: number, type: EntryKind["type"], ignored: boolean): number {
    const key = `${type} ${mode} ${uid} ${gid} ${ignored}`;
    const known = this.#kindIndex.get(key);
    if (known !== undefined) return known;
    const index = this.#kinds.push({ type, mode, uid, gid, ...(ignored ? { ignored } : {}) }) - 1;
    this.#kindIndex.set(key, index);
    return index;
  }
}

interface Meaning {
  readonly path: string;
  readonly type: EntryKind["type"];
  readonly ignored: boolean;
}

function meaningOf(member: TarMember): Meaning {
  if (member.isNullDevice && !member.afterEnd) throw nullDevice(member.path);
  const path = normalizePath(member.path);
  return { path, type: member.type, ignored: member.afterEnd, ...whiteoutOf(path) };
}

/**
 * Error for a device 0/0: overlayfs would delete the file of this name, while other storage drivers create a
 * device.
 */
function nullDevice(path: string): Error {
  return corruptImage("layer-device", {
    fr: `la couche contient un périphérique 0/0 (${quoted(path)}), qui selon le moteur est un fichier ou une suppression`,
    en: `the layer holds a device 0/0 (${quoted(path)}), which is a file or a deletion depending on the engine`,
  });
}
