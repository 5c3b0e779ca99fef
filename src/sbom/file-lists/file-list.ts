import type { PackageFacts } from "../../contract/package-facts.ts";
import type { CatalogedFile, PackageReader } from "../cataloger/cataloger.ts";

/** Files that a package owns. */
export interface OwnedFiles {
  /** See ownerName(). */
  readonly owner: string;
  /** Absolute, as its list has them: directories and documentation among them. */
  readonly paths: Iterable<string>;
}

/** Files in which packages name what they installed. A cataloger whose file says both is one too. Pure. */
export interface FileList extends PackageReader {
  reads(path: string): boolean;
  /** @throws Error if the file has another format */
  files(file: CatalogedFile): Iterable<OwnedFiles>;
}

/** Key that connects a list of files with its component. */
export function ownerName({ type, name }: Pick<PackageFacts, "type" | "name">): string {
  return `${type} ${name}`;
}

/** @param owner see ownerName() */
export function isDistributionsOwner(owner: string): boolean {
  return /^(?:deb|apk|rpm|alpm|opkg) /.test(owner);
}

/** Lines that are not empty, one at a time: a list may have a hundred thousand. */
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
