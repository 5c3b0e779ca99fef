import type { PackageFacts } from "../../contract/package-facts.ts";

/** Part of what is made of a layer: its version counts up when it makes something else of the same bytes. */
export interface PackageReader {
  readonly name: string;
  readonly version: number;
}

/** A file as a cataloger reads it. */
export interface CatalogedFile {
  /** Path in the layer; a member of an archive follows `!/`. */
  readonly path: string;
  /** All of it. */
  readonly bytes: Buffer;
}

/** Reads the files in which one way of installing packages states what it installed. Pure. */
export interface Cataloger extends PackageReader {
  /**
   * Last path segment of all files that it reads, or an extension with its dot (`.json`): looked up first for
   * each file of an image.
   */
  readonly names: readonly string[];
  /** Whether it reads the file with this path, if its name matches. */
  reads(path: string): boolean;
  /**
   * Packages stated by the file; may be empty, since the file may describe something not installed.
   *
   * @throws Error if the file has another format, and so may have stated more; DamagedList with the packages
   * that could be read
   */
  packages(file: CatalogedFile): readonly PackageFacts[];
}

/** Error for a list of which only some packages could be read; these count, and the list is incomplete. */
export class DamagedList extends Error {
  readonly readable: readonly PackageFacts[];

  constructor(message: string, readable: readonly PackageFacts[]) {
    super(message);
    this.readable = readable;
  }
}
