import type { PackageFacts } from "../../contract/package-facts.ts";
import type { CatalogedFile, PackageReader } from "../cataloger/cataloger.ts";

/** Files that a package owns. */
export interface OwnedFiles {
  /** Owner of the files: see ownerName(). */
  readonly owner: string;
  /** Absolute paths as in the list, directories and documentation included. */
  readonly paths: Iterable<string>;
}

/**
 * Files in which packages record what they installed. A cataloger whose files contain both implements this,
 * too. Pure.
 */
export interface FileList extends PackageReader {
  reads(path: string): boolean;
  /** Files listed, by owner. @throws Error if the file has another format */
  files(file: CatalogedFile): Iterable<OwnedFiles>;
}

/** Key that connects a list of files with its component. */
export function ownerName({ type, name }: Pick<PackageFacts, "type" | "name">): string {
  return `${type} ${name}`;
}

/** Whether an owner is a distribution's package. @param owner see ownerName() */
export function isDistributionsOwner(owner: string): boolean {
  return /^(?:deb|apk|rpm|alpm|opkg) /.test(owner);
}

/** Non-empty lines, one at a time, since a list may have a hundred thousand. */
export function* linesOf(bytes: Buffer): Generator<string> {
  for (let from = 0; from < bytes.length; ) {
    const at = bytes.indexOf(NEWLINE, from);
    const end = at < 0 ? bytes.length : at;
    const line = bytes.toString("utf8", from, bytes[end - 1] === RETURN ? end - 1 : end);
    if (line !== "") yield line;
    from = end + 1;
  }
}

const NEWLINE = 10;
const RETURN = 13;
