import type { PackageFacts } from "../../contract/package-facts.ts";
import type { CatalogedFile, PackageReader } from "../catalogers/cataloger.ts";

/** The files that a package says are its own. */
export interface OwnedFiles {
  /** See ownerName(). */
  readonly owner: string;
  /** Absolute, as its list has them: directories and documentation among them. */
  readonly paths: Iterable<string>;
}

/** Files in which packages name what they installed. A cataloger whose file says both is one too. Pure. */
export interface FileList extends PackageReader {
  reads(path: string): boolean;
  /** @throws Error where the file is not what its name says */
  files(file: CatalogedFile): Iterable<OwnedFiles>;
}

/** By which a list of files and the component that it belongs to find each other. */
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
