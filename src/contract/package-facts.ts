/** Types of package URLs (https://github.com/package-url/purl-spec) that catalogers give. */
export const PACKAGE_TYPES = [
  "deb",
  "apk",
  "npm",
  "pypi",
  "maven",
  "golang",
  "cargo",
  "gem",
  "composer",
  "nuget",
  "generic",
] as const;

/** A package that something in an image states: plain data. */
export interface PackageFacts {
  readonly type: (typeof PACKAGE_TYPES)[number];
  /** The purl's namespace, where its type has one: Maven's group, npm's scope, Composer's vendor. */
  readonly namespace?: string;
  readonly name: string;
  /** As stated; "" where the source states none. */
  readonly version: string;
  /** Of a distribution's package: `amd64`, `all`. */
  readonly architecture?: string;
  /** What a distribution built it from; absent where that has the same name and version. */
  readonly source?: { readonly name: string; readonly version: string };
  /** As the source states them: SPDX expressions mostly, free text at times. */
  readonly licenses?: readonly string[];
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
  /** A later layer deleted or replaced what states it, and what it states seems to be there all the same. */
  readonly hidden?: true;
}

/** What an image's files state of the packages that it holds. */
export interface ImagePackages {
  /** Absent: no os-release, as in an image of one program. */
  readonly os?: OsFacts;
  /** In the order of layers and of what they hold. */
  readonly components: readonly ComponentFacts[];
  /** What could not be read, and may state more. */
  readonly unread: readonly UnreadPackages[];
}

export interface UnreadPackages extends Pick<ComponentFacts, "path" | "inside" | "layer" | "cataloger"> {
  /** `damaged`: not what its name says; `too-long`: longer, or deeper, than a bound; `form`: of a form that is not read. */
  readonly why: "damaged" | "too-long" | "form";
}
