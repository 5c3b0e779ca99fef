import { isPublishedManifest } from "./published-manifest.ts";

/**
 * Folders of packages whose managers record no hashes of files: npm, RubyGems, Composer, Go. A file in such a
 * folder belongs to the package only if the package's manifest, with its name, is in the same layer.
 */
export interface PackageFolder {
  readonly name: string;
  /** Path of the file within the package. */
  readonly within: string;
  /** Manifest that must be in the same layer; undefined if the folder's name contains the version. */
  readonly manifest: string | undefined;
}

/** The innermost package folder of a path, by the path alone. */
export function packageFolder(path: string): PackageFolder | undefined {
  return (
    nodePackage(path) ??
    gem(path) ??
    goModule(path) ??
    crate(path) ??
    goToolchain(path) ??
    pythonLibrary(path) ??
    composerPackage(path)
  );
}

function nodePackage(path: string): PackageFolder | undefined {
  const [before, names] = afterLast(path, "/node_modules/");
  const count = names[0]?.startsWith("@") === true ? 2 : 1;
  const name = names.slice(0, count).join("/");
  if (names.length <= count || name.startsWith(".")) return undefined;
  return folder(name, names.slice(count), `${before}${name}/package.json`);
}

function gem(path: string): PackageFolder | undefined {
  const [before, [name = "", ...within]] = afterLast(path, "/gems/");
  if (within.length === 0 || !/-\d[\w.]*$/.test(name)) return undefined;
  return folder(name, within, `${before.slice(0, -"gems/".length)}specifications/${name}.gemspec`);
}

function goModule(path: string): PackageFolder | undefined {
  const [, names] = afterLast(path, "/pkg/mod/");
  const version = names.findIndex((name) => name.includes("@v"));
  if (version < 0 || names[0] === "cache" || names.length === version + 1) return undefined;
  return folder(names.slice(0, version + 1).join("/"), names.slice(version + 1), undefined);
}

/** A crate's folder as Cargo unpacks it: `registry/src/index.crates.io-6f17d22bba15001f/name-1.0.0/`. */
function crate(path: string): PackageFolder | undefined {
  const [before, [index = "", name = "", ...within]] = afterLast(path, "/cargo/registry/src/");
  if (within.length === 0 || !/-\d{1,9}\.\d{1,9}\.\d{1,9}/.test(name)) return undefined;
  return folder(name, within, `${before}${index}/${name}/Cargo.toml`);
}

function goToolchain(path: string): PackageFolder | undefined {
  const root = "/usr/local/go/";
  if (!path.startsWith(root)) return undefined;
  return folder("Go", [path.slice(root.length)], `${root}VERSION`);
}

/** Folder of Python's own tests, for a Python built from source, whose licence is beside its library. */
function pythonLibrary(path: string): PackageFolder | undefined {
  const [before, names] = afterLast(path, "/test/");
  if (!/\/lib\/python3\.\d{1,2}\/test\/$/.test(before)) return undefined;
  return folder("Python", ["test", ...names], `${before.slice(0, -"test/".length)}LICENSE.txt`);
}

/** Subfolders of vendor/ of Composer and Bundler that are not packages. */
const BESIDE = new Set(["bundle", "composer", "bin"]);

function composerPackage(path: string): PackageFolder | undefined {
  const [before, [vendor = "", name = "", ...within]] = afterLast(path, "/vendor/");
  if (within.length === 0 || BESIDE.has(vendor)) return undefined;
  return folder(`${vendor}/${name}`, within, `${before}${vendor}/${name}/composer.json`);
}

/** The path up to and including the last of these folders, and the names after it. */
function afterLast(path: string, folders: string): readonly [before: string, names: readonly string[]] {
  const at = path.lastIndexOf(folders);
  if (at < 0) return ["", []];
  const end = at + folders.length;
  return [path.slice(0, end), path.slice(end).split("/")];
}

function folder(name: string, within: readonly string[], manifest: string | undefined): PackageFolder {
  return { name, within: within.join("/"), manifest };
}

const MANIFESTS =
  /\/(?:package\.json|composer\.json|specifications\/[\w.-]+\.gemspec)$|\/cargo\/registry\/src\/[^/]+\/[^/]+\/Cargo\.toml$|^\/usr\/local\/go\/VERSION$|\/lib\/python3\.\d{1,2}\/LICENSE\.txt$/;

export function isManifest(path: string): boolean {
  return MANIFESTS.test(path);
}

/**
 * Whether a manifest is of a published package with this name, not a private part of the same repository. A
 * text search instead of parsing, since an image has thousands.
 */
export function isPublished(manifest: string, name: string, content: Buffer): boolean {
  if (!manifest.endsWith(".json")) return true;
  const text = content.toString("latin1");
  if (!isPublishedManifest(name, text)) return false;
  return text.includes('"version"') || manifest.endsWith("/composer.json");
}

/** Folder of a package, with a slash at its end, by its manifest. */
export function folderOf(manifest: string): string {
  return manifest.slice(0, manifest.lastIndexOf("/") + 1);
}

/** Package archives as registries publish them, or libraries in an application's archive. */
const PACKAGE_FILE =
  /\/_cacache\/content-v2\/|\/\.yarn\/(?:[\w.-]+\/)?cache\/|\/\.cache\/(?:pip|uv|yarn)\/|\/\.m2\/repository\/|\.(?:whl|gem|crate)!|\/(?:BOOT|WEB)-INF\/lib\/[^/]+!/;

/** The innermost package archive of a path, and the path inside it. */
export function packageFile(path: string): PackageFolder | undefined {
  const end = path.lastIndexOf("!/");
  if (end < 0 || !PACKAGE_FILE.test(path)) return undefined;
  return folder(path.slice(path.lastIndexOf("/", end - 1) + 1, end), [path.slice(end + 2)], undefined);
}
