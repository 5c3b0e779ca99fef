import type { PackageFacts } from "../../contract/package-facts.ts";

/** Part of what is made of a layer: its version counts up when it makes something else of the same bytes. */
export interface PackageReader {
  readonly name: string;
  readonly version: number;
}

/** A file as a cataloger reads it. */
export interface CatalogedFile {
  /** In the layer; a member of an archive behind `!/`. */
  readonly path: string;
  /** All of it. */
  readonly bytes: Buffer;
}

/** Reads the files in which one way of installing packages states what it installed. Pure. */
export interface Cataloger extends PackageReader {
  /**
   * The last part of the path of all files that it reads, or its ending from a dot on (`.json`): what is
   * looked up first for each file of an image.
   */
  readonly names: readonly string[];
  /** Whether it reads the file of this path, of those with its names. */
  reads(path: string): boolean;
  /**
   * What the file states; none is an answer: it may be of something that is not installed.
   *
   * @throws Error where the file is not what its name says: it may have stated more; DamagedList with the
   * packages that could be read all the same
   */
  packages(file: CatalogedFile): readonly PackageFacts[];
}

/** Some of a list's packages cannot be read: the others count, and the list is incomplete. */
export class DamagedList extends Error {
  readonly readable: readonly PackageFacts[];

  constructor(message: string, readable: readonly PackageFacts[]) {
    super(message);
    this.readable = readable;
  }
}
