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
 * Files in which packages record their installed files. A cataloger whose files contain both packages and
 * files implements this interface, too. Pure.
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

/**
 * Whether a listed path is relevant: of a hundred thousand, a few thousand may be programs or declare
 * language packages.
 */
export function isWorthKeeping(path: string): boolean {
  if (DATA_FOLDER.test(path)) return false;
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (name === "package.json" || name === "installed.json" || name.endsWith(".deps.json")) return true;
  const dot = name.lastIndexOf(".");
  return dot <= 0 || !DATA.has(name.slice(dot + 1));
}

/**
 * Whether a visible file proves that its package is present. Documentation (often left out) and configuration
 * (often left behind) prove nothing.
 */
export function isTelling(path: string): boolean {
  return !DATA_FOLDER.test(path) && !/^\/(?:etc|var)\//.test(path);
}

/** Canonical path on systems with merged /usr, where lists may contain `/bin/ls` for `/usr/bin/ls`. */
export function unmerged(path: string): string {
  const at = path.indexOf("/usr/");
  return at >= 0 && MERGED.test(path.slice(at + 4, at + 14)) ? path.slice(0, at) + path.slice(at + 4) : path;
}

const MERGED = /^\/(?:s?bin|lib(?:32|64|x32|exec)?)\//;

const DATA_FOLDER =
  /\/share\/(?:doc|man|locale|zoneinfo|i18n|info|licenses|lintian|bug|icons|fonts|terminfo)\//;

/** Extensions of files that are neither ELF nor jars. */
const DATA: ReadonlySet<string> = new Set(
  (
    "a al bash c cc cfg cmake cnf conf cpp crt cs css csv d dat desktop el enc gif gz h hh hpp html htm ico " +
    "in inc ini ipp ix js json la list lua map md md5sums mjs mo mod msg o otf pc pem ph pl pm png pod po policy properties " +
    "ps1 py pyc pyi pyx rb rst rules rs sample service sh socket sql svg target tcl tmpl toml ts ttf txt tzs ui vim woff " +
    "woff2 xml xsl yaml yml zone"
  ).split(" "),
);
