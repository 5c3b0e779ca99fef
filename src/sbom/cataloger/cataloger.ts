import type { PackageFacts } from "../../contract/package-facts.ts";

/**
 * Part of the analysis of a layer. Its version increases when the part derives other facts from the same
 * bytes.
 */
export interface PackageReader {
  readonly name: string;
  readonly version: number;
}

/** A file as input of a cataloger. */
export interface CatalogedFile {
  /** Path in the layer; a member of an archive follows `!/`. */
  readonly path: string;
  /** Content of the file, complete. */
  readonly bytes: Buffer;
}

/** Reads files in which one way of installing packages records the installed packages. Pure. */
export interface Cataloger extends PackageReader {
  /**
   * Last path segment of all files that the cataloger reads, or an extension with its dot (`.json`): looked
   * up first for each file of an image.
   */
  readonly names: readonly string[];
  /** Whether the cataloger reads the file with this path, if its name matches. */
  reads(path: string): boolean;
  /**
   * Packages declared by the file; may be empty, since the file may describe something not installed.
   *
   * @throws Error if the file has another format and so may declare more; DamagedList with the packages that
   * could be read
   */
  packages(file: CatalogedFile): readonly PackageFacts[];
}

/**
 * Error for a list of which only some packages could be read. These packages count, and the list is marked as
 * incomplete.
 */
export class DamagedList extends Error {
  readonly readable: readonly PackageFacts[];

  constructor(message: string, readable: readonly PackageFacts[]) {
    super(message);
    this.readable = readable;
  }
}
