import { type FileList, linesOf, ownerName } from "./file-list.ts";

/**
 * Files of dpkg's packages: `info/NAME[:ARCH].list` has every path of a package; `NAME.md5sums` has its
 * regular files, and is the only list in images without dpkg (status.d). A root in a folder of the image has
 * separate lists, with paths relative to the root.
 */
export const DPKG_FILES: FileList = {
  name: "dpkg-files",
  version: 1,
  reads: (path) => formOf(path) !== null,
  *files({ path, bytes }) {
    const [, name = "", ending] = formOf(path) ?? [];
    const root = rootOf(path);
    const paths = ending === "list" ? listed(root, bytes) : summed(root, bytes);
    yield { owner: ownerName({ type: "deb", name: name.replace(/:.*/, "") }), paths };
  },
};

/** Diversions: three lines each, the diverted name, its replacement, and the diverting package. */
export const DPKG_DIVERSIONS: FileList = {
  name: "dpkg-diversions",
  version: 1,
  reads: (path) => path.endsWith(`${DATABASE}diversions`),
  *files({ path, bytes }) {
    const root = rootOf(path);
    const lines = [...linesOf(bytes)];
    for (let at = 0; at + 2 < lines.length; at += 3) {
      const owner = ownerName({ type: "deb", name: lines[at + 2] ?? "" });
      yield { owner, paths: [`${root}${lines[at + 1]}`] };
    }
  },
};

const DATABASE = "/var/lib/dpkg/";

function formOf(path: string): RegExpExecArray | null {
  const at = path.lastIndexOf(DATABASE);
  if (at < 0) return null;
  return /^(?:info|status\.d)\/([^/]{1,255})\.(list|md5sums)$/.exec(path.slice(at + DATABASE.length));
}

function rootOf(path: string): string {
  return path.slice(0, path.lastIndexOf(DATABASE));
}

function* listed(root: string, bytes: Buffer): Generator<string> {
  let last = "";
  for (const line of linesOf(bytes)) {
    // A folder precedes its content.
    if (last !== "" && !line.startsWith(`${last}/`)) yield `${root}${last}`;
    last = line;
  }
  if (last !== "") yield `${root}${last}`;
}

/** Paths in deb-md5sums(5): the sum, two spaces, the path without its leading slash. */
function* summed(root: string, bytes: Buffer): Generator<string> {
  for (const line of linesOf(bytes)) {
    const at = line.indexOf("  ");
    if (at > 0) yield `${root}/${line.slice(at + 2).replace(/^\.?\//, "")}`;
  }
}
