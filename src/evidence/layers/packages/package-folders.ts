/**
 * Folders of packages whose managers keep no hash of their files: npm, RubyGems, Composer, Go. What
 * lies in one is taken for the package's only where the package's own manifest, with its name, came in
 * the same layer.
 */
export interface PackageFolder {
  readonly name: string;
  /** Of the file, within the package. */
  readonly within: string;
  /** The manifest that must have come with it; none where the folder's name holds the version. */
  readonly manifest: string | undefined;
}

const NODE = /^(.*\/node_modules\/((?:@[^/]+\/)?(?![.@])[^/]+))\/(.+)$/;
const GEM = /^(.*)\/gems\/([\w.-]+-\d[\w.]*)\/(.+)$/;
const COMPOSER = /^(.*\/vendor\/((?!bundle\/|composer\/|bin\/)[\w.-]+\/[\w.-]+))\/(.+)$/;
const GO_MODULE = /^.*\/pkg\/mod\/((?!cache\/)[^@]+@v[^/]+)\/(.+)$/;
const GO_TOOLCHAIN = /^(\/usr\/local\/go)\/(.+)$/;

/** The innermost package that a path leads into, by the forms of paths alone. */
export function packageFolder(path: string): PackageFolder | undefined {
  const node = NODE.exec(path);
  if (node !== null) return folder(node[2], node[3], `${node[1] ?? ""}/package.json`);
  const gem = GEM.exec(path);
  if (gem !== null) return folder(gem[2], gem[3], `${gem[1] ?? ""}/specifications/${gem[2] ?? ""}.gemspec`);
  const module = GO_MODULE.exec(path);
  if (module !== null) return folder(module[1], module[2], undefined);
  const toolchain = GO_TOOLCHAIN.exec(path);
  if (toolchain !== null) return folder("Go", toolchain[2], "/usr/local/go/VERSION");
  const composer = COMPOSER.exec(path);
  return composer === null
    ? undefined
    : folder(composer[2], composer[3], `${composer[1] ?? ""}/composer.json`);
}

function folder(name = "", within = "", manifest: string | undefined): PackageFolder {
  return { name, within, manifest };
}

const MANIFESTS =
  /\/(?:package\.json|composer\.json|specifications\/[\w.-]+\.gemspec)$|^\/usr\/local\/go\/VERSION$/;

export function isManifest(path: string): boolean {
  return MANIFESTS.test(path);
}

/**
 * Whether a manifest is that of a published package of this name: not of a part of the same
 * repository, which says that it is private. Looked at as text: an image has thousands.
 */
export function isPublished(manifest: string, name: string, content: Buffer): boolean {
  if (!manifest.endsWith(".json")) return true;
  const text = content.toString("latin1");
  if (!text.includes(`"name": "${name}"`) && !text.includes(`"name":"${name}"`)) return false;
  if (/"private"\s{0,8}:\s{0,8}true/.test(text)) return false;
  return text.includes('"version"') || manifest.endsWith("/composer.json");
}

/** Archives that are packages as their registries give them out, or a library of an application's archive. */
const PACKAGE_FILE =
  /\/_cacache\/content-v2\/|\/\.yarn\/(?:[\w.-]+\/)?cache\/|\/\.cache\/(?:pip|uv|yarn)\/|\/\.m2\/repository\/|\.(?:whl|gem|crate)!|\/(?:BOOT|WEB)-INF\/lib\/[^/]+!/;

/** The innermost package file that a path leads into, and the way within it. */
export function packageFile(path: string): PackageFolder | undefined {
  const end = path.lastIndexOf("!/");
  if (end < 0 || !PACKAGE_FILE.test(path)) return undefined;
  return folder(path.slice(path.lastIndexOf("/", end - 1) + 1, end), path.slice(end + 2), undefined);
}
