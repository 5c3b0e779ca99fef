import type { ContentHashes } from "./content-hashes.ts";

/**
 * Format of a list in which a package manager records each installed file with a hash of its content. The
 * image's author could forge such a list, like everything else in the image; but a file's location in a
 * package's folder alone is not enough.
 */
export interface ListFormat {
  readonly isList: (path: string) => boolean;
  /** Text in a list for a file with this content and path. */
  readonly mark: (hashes: ContentHashes, path: string) => string;
  /** Like `mark`, for a file too long to be hashed. */
  readonly markOfPath?: (path: string) => string;
  readonly packageOf: (path: string, text: string, at: number) => string | undefined;
}

export const LIST_FORMATS: readonly ListFormat[] = [
  {
    // deb-md5sums: the hash, two spaces, the path.
    isList: isDebianList,
    mark: ({ md5 }) => `${md5}  `,
    markOfPath: (path) => `  ${path.slice(1)}\n`,
    packageOf: (path) => name(path, ".md5sums").replace(/:.*/, ""),
  },
  {
    // Configuration files (deb-conffiles) are only in dpkg's status, with path and hash.
    isList: (path) => path === "/var/lib/dpkg/status",
    mark: ({ md5 }, path) => `\n ${path} ${md5}`,
    packageOf: (_, text, at) => lastOf(/^Package: (.{1,200})$/gm, text.slice(Math.max(0, at - 65_536), at)),
  },
  {
    // apk's database: `P:` begins a package, `Z:` gives the hash of the file named by the `R:` before.
    isList: (path) => path === "/lib/apk/db/installed" || path === "/usr/lib/apk/db/installed",
    mark: ({ sha1 }) => `Z:Q1${sha1}\n`,
    markOfPath: (path) => `\nR:${name(path, "")}\n`,
    packageOf: (_, text, at) => lastOf(/^P:(.{0,200})$/gm, text.slice(Math.max(0, at - 1_000_000), at)),
  },
  {
    // PEP 376 and 627: the path, the hash, the size.
    isList: (path) => path.endsWith(".dist-info/RECORD"),
    mark: ({ record }) => `,sha256=${record},`,
    packageOf: (path) => name(path.slice(0, -"/RECORD".length), ".dist-info"),
  },
  {
    isList: (path) => path.includes("/conda-meta/") && path.endsWith(".json"),
    mark: ({ sha256 }) => `"${sha256}"`,
    packageOf: (path) => name(path, ".json"),
  },
  {
    // A crate vendored or unpacked by Cargo.
    isList: (path) => path.endsWith("/.cargo-checksum.json"),
    mark: ({ sha256 }) => `:"${sha256}"`,
    packageOf: (path) => name(path.slice(0, path.lastIndexOf("/")), ""),
  },
];

/** First group of a pattern's last match. */
function lastOf(pattern: RegExp, text: string): string | undefined {
  return [...text.matchAll(pattern)].at(-1)?.[1];
}

export function isDebianList(path: string): boolean {
  return path.endsWith(".md5sums") && path.startsWith("/var/lib/dpkg/");
}

function name(path: string, ending: string): string {
  return path.slice(path.lastIndexOf("/") + 1, path.length - ending.length);
}
