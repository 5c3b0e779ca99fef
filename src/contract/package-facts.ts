/** Types of package URLs (https://github.com/package-url/purl-spec) that catalogers give. */
export const PACKAGE_TYPES = [
  "deb",
  "apk",
  "rpm",
  "alpm",
  "opkg",
  "npm",
  "pypi",
  "maven",
  "golang",
  "cargo",
  "gem",
  "composer",
  "nuget",
  "conda",
  "nix",
  "generic",
] as const;

/** A package that something in an image states: plain data. */
export interface PackageFacts {
  readonly type: (typeof PACKAGE_TYPES)[number];
  /** The purl's namespace, where its type has one: Maven's group, npm's scope, Composer's vendor. */
  readonly namespace?: string;
  /** Of a jar: nothing states its Maven group, and `namespace` is what its manifest makes likely. */
  readonly groupGuessed?: true;
  readonly name: string;
  /** Another name that it is loaded by, as its ecosystem writes it: the folder's in node_modules. */
  readonly alias?: string;
  /** As stated; "" where the source states none. Of rpm with its epoch: `1:3.2.2-6.el9`, as its advisories compare it. */
  readonly version: string;
  /** Of a distribution's package: `amd64`, `all`. */
  readonly architecture?: string;
  /** What a distribution built it from; absent where that has the same name and version. */
  readonly source?: { readonly name: string; readonly version: string };
  /** As the source states them: SPDX expressions mostly, free text at times. */
  readonly licenses?: readonly string[];
  /** What else its purl tells of it, by name: rpm's `rpmmod`, Conda's `build`, `channel` and `subdir`. */
  readonly qualifiers?: Readonly<Record<string, string>>;
  /** Who made it or gives it out, as the source says: rpm's Vendor. */
  readonly supplier?: string;
}

/** The operating system, as its os-release says. */
export interface OsFacts {
  /** `debian`, `alpine`: ID. */
  readonly id: string;
  /** VERSION_ID: `13`, `3.22.1`; absent for what rolls. */
  readonly version?: string;
  /** PRETTY_NAME. */
  readonly name?: string;
}

/** A package, and what states it. */
export interface ComponentFacts extends PackageFacts {
  /** Of the file that states it. */
  readonly path: string;
  /** Where in the file, when that is an archive: `BOOT-INF/lib/a.jar`. */
  readonly inside?: string;
  /** Index of the layer whose file it is. */
  readonly layer: number;
  /** The way of installing packages that it came by: `dpkg`, `node-modules`. */
  readonly cataloger: string;
  /** A later layer deleted or replaced what states it, and what it states seems to be there all the same: `hidings` say how. */
  readonly hidden?: true;
  /** The layer that it came with is one of a verified base image; absent: the application brought it, or no base was verified. */
  readonly ofBase?: true;
  /** A package of the distribution, of the same name and version, lists the file that states it: the distribution repairs it. */
  readonly ofDistribution?: true;
  /** Of a distribution's database below another root, which does not say the system that the image says. */
  readonly ofOtherSystem?: true;
}

/** A file that says which distribution and release it is. */
export interface OsStatement extends Pick<ComponentFacts, "path" | "layer"> {
  /** `debian 12`. */
  readonly system: string;
}

/** What an image's files state of the packages that it holds. */
export interface ImagePackages {
  /** Absent: no os-release, as in an image of one program. */
  readonly os?: OsFacts;
  /** Two that contradict each other: no system is known then. */
  readonly osConflict?: readonly OsStatement[];
  /** In the order of layers and of what they hold. */
  readonly components: readonly ComponentFacts[];
  /** What could not be read, and may state more. */
  readonly unread: readonly UnreadPackages[];
  /** Lists of packages that a later layer took away, while files of these packages show; as many as LIMITS.hidingsNamed. */
  readonly hidings: readonly HidingFacts[];
  readonly executables: ExecutablesFacts;
  /** Sources of packages that are not the distribution's own, each once. */
  readonly repositories: readonly RepositoryFacts[];
  /** Archives of code that do not say what they are: their components are what their names make of them. */
  readonly unidentified: readonly FoundAt[];
}

/** Something that holds code, and where. */
export type FoundAt = Pick<ComponentFacts, "path" | "inside" | "layer" | "cataloger">;

/** How a list of packages comes to state nothing to who looks at the container alone. */
export const HIDING_WAYS = [
  /** Its file was deleted. */
  "deleted",
  /** A directory that it lay in was deleted, emptied or replaced. */
  "directory",
  /** Another file, or nothing of its length, stands in its place, and does not state them. */
  "replaced",
  /** A link stands in its place. */
  "linked",
] as const;

/** A list of packages that a later layer took away, while files of packages that it states show. */
export interface HidingFacts extends Pick<ComponentFacts, "path" | "layer" | "cataloger"> {
  /** How many of its components are `hidden`. */
  readonly packages: number;
  /** Of the first of them, as many as LIMITS.hiddenNamed. */
  readonly names: readonly string[];
  readonly by: {
    /** Index of the layer that took it away. */
    readonly layer: number;
    readonly way: (typeof HIDING_WAYS)[number];
  };
}

export const EXECUTABLE_KINDS = [
  /** ELF that is started. */
  "program",
  /** ELF that programs load. */
  "library",
  /** ELF packed by UPX: what is in it is not read. */
  "packed",
  /** A jar of which neither its members nor its name say what it is. */
  "jar",
  /** Of Windows or .NET. */
  "pe",
  /** Of macOS. */
  "mach-o",
] as const;

/**
 * The programs, libraries and jars that a container sees, each content once, and those of which no
 * component gives an account: neither the files of a package that the image states, nor something that
 * was recognised in it.
 */
export interface ExecutablesFacts {
  readonly count: number;
  /** Of all of them. */
  readonly bytes: number;
  readonly unowned: number;
  readonly unownedBytes: number;
  /** The largest first, as many as LIMITS.unownedNamed. */
  readonly largestUnowned: readonly UnownedExecutable[];
}

export interface UnownedExecutable extends Pick<ComponentFacts, "path" | "inside" | "layer"> {
  readonly bytes: number;
  readonly kind: (typeof EXECUTABLE_KINDS)[number];
}

export const PACKAGE_MANAGERS = ["apt", "apk", "rpm"] as const;

/** A repository of packages that is not the distribution's own: its advisories say nothing of what came from there. */
export interface RepositoryFacts extends Pick<ComponentFacts, "path" | "layer"> {
  readonly manager: (typeof PACKAGE_MANAGERS)[number];
  /** Host, port and path, without what stands before the host: it may be a password. */
  readonly address: string;
}

export const UNREAD_PACKAGES = ["damaged", "too-long", "form", "packed", "bundle"] as const;

export interface UnreadPackages extends FoundAt {
  /** `damaged`: not what its name says; `too-long`: longer, or deeper, than a bound; `form`: of a form that is not read; `packed`: a program whose content is compressed; `bundle`: a bundle of JavaScript, whose packages nothing states. */
  readonly why: (typeof UNREAD_PACKAGES)[number];
}
