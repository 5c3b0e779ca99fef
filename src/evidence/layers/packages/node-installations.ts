/**
 * What an installer of npm packages recorded of a folder: `published` (from a public registry), `fetched` (from
 * elsewhere), `local` (a folder of the repository), `unlisted` (the installer did not put it there).
 */
export type Recorded = "published" | "fetched" | "local" | "unlisted";

/** Record of an installer beside its packages, by the path within the project: `node_modules/@team/config`. */
interface Installation {
  /** Folder that contains node_modules, with a slash at its end. */
  readonly project: string;
  readonly of: (within: string) => Recorded | undefined;
}

/** Hidden lock file of npm, and the records of Yarn 1 and of later ones. */
const RECORDS = /\/node_modules\/\.(?:package-lock\.json|yarn-integrity|yarn-state\.yml)$/;

export function isNodeRecord(path: string): boolean {
  return RECORDS.test(path);
}

/** Hosts on which every package is public. */
const PUBLIC =
  /^https:\/\/(?:registry\.npmjs\.(?:org|com)|registry\.yarnpkg\.com|registry\.npmmirror\.com|npm\.jsr\.io)\//;
/** Folder of pnpm's store for a package that is a folder of the repository. */
const LOCAL_TO_PNPM = /\/node_modules\/\.pnpm\/[^/]{1,200}@(?:file|link)\+[^/]{1,200}\//;
/** Dependencies of dependencies; a package elsewhere within another one is a test's, or a compiled one. */
const DIRECT = /^(?:node_modules\/(?:@[^/]{1,200}\/)?[^/@]{1,200}(?:\/|$)){1,50}$/;

/** Records of installers of npm packages in one layer. */
export class NodeInstallations {
  readonly #all: Installation[] = [];

  /** @param bytes the whole record; one that is not read as JSON records nothing */
  see(path: string, bytes: Buffer): void {
    const project = path.slice(0, path.lastIndexOf("node_modules/"));
    if (path.endsWith(".yml")) this.#all.push({ project, of: byLocations(bytes.toString("utf8")) });
    const read = path.endsWith(".yml") ? undefined : parsed(bytes);
    if (read === undefined) return;
    this.#all.push({ project, of: path.endsWith(".json") ? byNpm(read) : byYarn(read) });
  }

  /** What is recorded of a package's folder, `/app/node_modules/@team/config/`; undefined without a record. */
  recordOf(folder: string): Recorded | undefined {
    if (LOCAL_TO_PNPM.test(folder)) return "local";
    const one = this.#all.find(({ project }) => folder.startsWith(`${project}node_modules/`));
    const within = folder.slice(one?.project.length, -1);
    return DIRECT.test(within) ? one?.of(within) : undefined;
  }
}

type Members = Readonly<Record<string, unknown>>;

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null;
}

function parsed(bytes: Buffer): Members | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString("utf8"));
    return isMembers(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function byNpm({ packages }: Members): Installation["of"] {
  if (!isMembers(packages)) return () => undefined;
  return (within) => {
    const one = Object.hasOwn(packages, within) ? packages[within] : undefined;
    if (!isMembers(one)) return "unlisted";
    const { resolved, link, inBundle, name } = one;
    if (link === true || (typeof resolved === "string" && resolved.startsWith("file:"))) return "local";
    // A name in the entry is that of the published package, where the folder has another one: an alias.
    const isOfOthers = inBundle === true || (typeof resolved === "string" && typeof name === "string");
    return isOfOthers ? "published" : ofAddress(resolved);
  };
}

function byYarn({ lockfileEntries }: Members): Installation["of"] {
  if (!isMembers(lockfileEntries)) return () => undefined;
  const byName = Map.groupBy(Object.entries(lockfileEntries), ([pattern]) =>
    pattern.slice(0, pattern.indexOf("@", 1)),
  );
  return (within) => {
    const entries = byName.get(within.slice(within.lastIndexOf("node_modules/") + "node_modules/".length));
    if (entries === undefined) return "unlisted";
    const isLocal = entries.every(([pattern]) => /@(?:file|link|portal|workspace):/.test(pattern));
    return isLocal ? "local" : ofAddress(entries.find(([, address]) => address !== "")?.[1]);
  };
}

const ENTRY = /^"?(@?[^"@\s]{1,200}@[^"\s]{1,400}?)"?:$|^ {4}- "?([^"\s]{1,400}?)"?$/;

/** Yarn's state: each package with its folders; `@workspace:` and the like are folders of the repository. */
function byLocations(text: string): Installation["of"] {
  const found = new Map<string, Recorded>();
  let recorded: Recorded = "fetched";
  for (const line of text.split("\n")) {
    const [, header, location] = ENTRY.exec(line) ?? [];
    if (header !== undefined)
      recorded = /@(?:workspace|file|link|portal):/.test(header) ? "local" : "fetched";
    if (location !== undefined) found.set(location, recorded);
  }
  return (within) => found.get(within) ?? (found.size === 0 ? undefined : "unlisted");
}

function ofAddress(address: unknown): Recorded {
  return typeof address === "string" && PUBLIC.test(address) ? "published" : "fetched";
}
