/** Types of package URLs (https://github.com/package-url/purl-spec) that catalogers return. */
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

/** A package declared by a file of an image: plain data. */
export interface PackageFacts {
  readonly type: (typeof PACKAGE_TYPES)[number];
  /** Namespace of the purl, if its type has one: Maven's group, npm's scope, Composer's vendor. */
  readonly namespace?: string;
  /** Set for jars without a Maven group, whose `namespace` is derived from the manifest. */
  readonly groupGuessed?: true;
  readonly name: string;
  /**
   * Another name by which the package is loaded, in the ecosystem's form: the folder's name in node_modules.
   */
  readonly alias?: string;
  /**
   * Version as declared; "" if there is none. A version of rpm includes the epoch, `1:3.2.2-6.el9`, as in
   * advisories.
   */
  readonly version: string;
  /** Architecture of a distribution's package: `amd64`, `all`. */
  readonly architecture?: string;
  /** Source package of a distribution; absent if the source package has the same name and version. */
  readonly source?: { readonly name: string; readonly version: string };
  /** Licences as stated: mostly SPDX expressions, sometimes free text. */
  readonly licenses?: readonly string[];
  /** Further qualifiers of the purl, by name: rpm's `rpmmod`, Conda's `build`, `channel` and `subdir`. */
  readonly qualifiers?: Readonly<Record<string, string>>;
  /** Supplier as declared: rpm's Vendor. */
  readonly supplier?: string;
}

/** Operating system, from os-release. */
export interface OsFacts {
  /** ID in os-release: `debian`, `alpine`. */
  readonly id: string;
  /** VERSION_ID: `13`, `3.22.1`; absent for rolling releases. */
  readonly version?: string;
  /** PRETTY_NAME in os-release. */
  readonly name?: string;
}

/** A package with the file that declares it. */
export interface ComponentFacts extends PackageFacts {
  /** Path of the file that declares the package. */
  readonly path: string;
  /** Path inside the file, if it is an archive: `BOOT-INF/lib/a.jar`. */
  readonly inside?: string;
  /** Index of the file's layer. */
  readonly layer: number;
  /** Cataloger that found the package: `dpkg`, `node-modules`. */
  readonly cataloger: string;
  /**
   * Set if a later layer deleted or replaced the file that declares the package, but the package seems to be
   * present: see `hidings`.
   */
  readonly hidden?: true;
  /**
   * Set if the package's layer belongs to a verified base image; absent if the application added the package,
   * or no base was verified.
   */
  readonly ofBase?: true;
  /**
   * Set if a distribution package with the same name and version lists the declaring file, so that the
   * distribution fixes it.
   */
  readonly ofDistribution?: true;
  /**
   * Set for a package in a package database below another root, if the operating system there differs from the image's.
   */
  readonly ofOtherSystem?: true;
}

/** A file that declares distribution and release. */
export interface OsStatement extends Pick<ComponentFacts, "path" | "layer"> {
  /** Distribution and release: `debian 12`. */
  readonly system: string;
}

/** Packages declared by an image's files. */
export interface ImagePackages {
  /** Operating system; absent without os-release, as in an image of a single program. */
  readonly os?: OsFacts;
  /** Two contradicting statements, so that the system is unknown. */
  readonly osConflict?: readonly OsStatement[];
  /** Components in the order of layers and of entries. */
  readonly components: readonly ComponentFacts[];
  /** Files that could not be read and may declare more packages. */
  readonly unread: readonly UnreadPackages[];
  /**
   * Package lists removed by a later layer although files of their packages are visible; up to
   * LIMITS.hidingsNamed.
   */
  readonly hidings: readonly HidingFacts[];
  readonly executables: ExecutablesFacts;
  /** Repositories other than the distribution's, each once. */
  readonly repositories: readonly RepositoryFacts[];
  /** Archives of code without an identity, whose components are derived from file names; libraries copied beside a wheel. */
  readonly unidentified: readonly FoundAt[];
}

/** Cataloger that finds libraries copied beside a wheel by auditwheel. */
export const WHEEL_LIBRARIES = "wheel-libraries";

/** Place at which code without an identity was found. */
export type FoundAt = Pick<ComponentFacts, "path" | "inside" | "layer" | "cataloger">;

/** Ways in which a package list becomes invisible in the container. */
export const HIDING_WAYS = [
  /** The file was deleted. */
  "deleted",
  /** A parent folder was deleted, emptied or replaced. */
  "directory",
  /** Another file, possibly empty, replaced the list without declaring the packages. */
  "replaced",
  /** A link replaced the list. */
  "linked",
] as const;

/** A package list that a later layer removed, while files of its packages are visible. */
export interface HidingFacts extends Pick<ComponentFacts, "path" | "layer" | "cataloger"> {
  /** Number of components in the list that are `hidden`. */
  readonly packages: number;
  /** Names of the first of these packages, up to LIMITS.hiddenNamed. */
  readonly names: readonly string[];
  readonly by: {
    /** Index of the layer that removed the list. */
    readonly layer: number;
    readonly way: (typeof HIDING_WAYS)[number];
  };
}

export const EXECUTABLE_KINDS = [
  /** An ELF program. */
  "program",
  /** An ELF library. */
  "library",
  /** An ELF file packed by UPX, whose content is not read. */
  "packed",
  /** A jar identified neither by its members nor by its name. */
  "jar",
  /** An executable of Windows or .NET. */
  "pe",
  /** An executable of macOS. */
  "mach-o",
] as const;

/**
 * Programs, libraries and jars visible in a container, each content once. Unowned are those that belong to no
 * component: no package of the image lists them, and they do not identify themselves.
 */
export interface ExecutablesFacts {
  readonly count: number;
  /** Total size in bytes. */
  readonly bytes: number;
  readonly unowned: number;
  readonly unownedBytes: number;
  /** Unowned executables, largest first, up to LIMITS.unownedNamed. */
  readonly largestUnowned: readonly UnownedExecutable[];
}

export interface UnownedExecutable extends Pick<ComponentFacts, "path" | "inside" | "layer"> {
  readonly bytes: number;
  readonly kind: (typeof EXECUTABLE_KINDS)[number];
}

export const PACKAGE_MANAGERS = ["apt", "apk", "rpm"] as const;

/**
 * A package repository other than the distribution's. The distribution's advisories do not cover its
 * packages.
 */
export interface RepositoryFacts extends Pick<ComponentFacts, "path" | "layer"> {
  readonly manager: (typeof PACKAGE_MANAGERS)[number];
  /** Host, port and path, without user info, which may contain a password. */
  readonly address: string;
}

export const UNREAD_PACKAGES = ["damaged", "too-long", "form", "packed", "bundle", "bound"] as const;

export interface UnreadPackages extends FoundAt {
  /**
   * `damaged`: another format than its name says; `too-long`: beyond a bound in length or depth; `form`: an
   * unsupported format; `packed`: a compressed program; `bundle`: a JavaScript bundle whose packages are not
   * declared anywhere; `bound`: further lists of the layer, of which only the number is known.
   */
  readonly why: (typeof UNREAD_PACKAGES)[number];
}
