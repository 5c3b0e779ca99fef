import { LIMITS } from "../../../contract/limits.ts";
import type { ContentHashes } from "./content-hashes.ts";
import { isDebianList, LIST_FORMATS, type ListFormat } from "./listed-files.ts";
import { isNodeRecord, NodeInstallations, type Recorded } from "./node-installations.ts";
import { folderOf, isManifest, isPublished, packageFile, packageFolder } from "./package-folders.ts";
import { statesOrigin } from "./published-manifest.ts";
import { isForTests } from "./test-files.ts";

/** A file with a finding. */
export interface FoundFile {
  /** Path in the layer, with members of archives after `!/`. */
  readonly path: string;
  /** Hashes of the file in the layer; absent if the file was too long to be held. */
  readonly hashes?: ContentHashes | undefined;
}

interface PackageList {
  readonly path: string;
  readonly bytes: Buffer;
}

/**
 * Packages installed by one layer. Layers are separate, since a package's files arrive together with its
 * list, in one build step: files added to its folder later do not belong to the package.
 */
export class InstalledPackages {
  readonly #lists: PackageList[] = [];
  readonly #manifests = new Map<string, boolean>();
  /** Manifests of npm that state neither licence nor repository, as private packages do. */
  readonly #unstated = new Set<string>();
  readonly #node = new NodeInstallations();
  readonly #records = new Map<string, Recorded>();
  /** Latest folder and the manifest of its package, since a tar lists a folder's files one after another. */
  #latest: { readonly folder: string; readonly manifest: string | undefined } = { folder: "", manifest: "" };
  #bytes = 0;
  #hasRpm = false;

  /** Whether see() needs the whole file. */
  isOfUse(path: string): boolean {
    const name = path.slice(path.lastIndexOf("/") + 1);
    if (name === "rpmdb.sqlite" || name === "Packages.db" || name === "Packages")
      this.#hasRpm ||= isRpm(path);
    if (!NAMES.has(name) && !NAMES.has(name.slice(name.lastIndexOf(".")))) return false;
    return (
      isManifest(path) ||
      isNodeRecord(path) ||
      LIST_FORMATS.some(({ isList }) => isList(path)) ||
      isDirectUrl(path)
    );
  }

  see(path: string, content: Uint8Array): void {
    const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
    if (isNodeRecord(path)) this.#node.see(path, bytes);
    else if (isManifest(path)) this.#seeManifest(path, bytes);
    else if (this.#bytes + bytes.length <= LIMITS.packageListBytes) {
      this.#bytes += bytes.length;
      this.#lists.push({ path, bytes: Buffer.from(bytes) });
    }
  }

  /** Package whose own test, example or documentation the file is; undefined without proof. */
  testOf(file: FoundFile): string | undefined {
    const within = packageFile(file.path) ?? packageFolder(file.path);
    const isListed = this.isListed(file);
    if (!isForTests(isListed ? file.path : (within?.within ?? ""))) return undefined;
    const isNamed = this.#manifests.get(within?.manifest ?? "") === true;
    return isNamed ? within?.name : this.ownerOf(file);
  }

  /** Package that owns the file, test or not. */
  ownerOf(file: FoundFile): string | undefined {
    const listed = this.listing(file);
    if (listed !== undefined) return listed;
    const folder = packageFile(file.path) ?? packageFolder(file.path);
    const isKnown = folder?.manifest === undefined || this.#isOwn(folder.manifest) === false;
    return isKnown ? folder?.name : undefined;
  }

  /**
   * Whether code in a folder of npm's or Composer's packages is the application's: in no package, or in a package
   * that is not published. Undefined while neither a record nor the package's manifest tells.
   */
  isOwnCode(path: string): boolean | undefined {
    if (path.endsWith(".go")) return OWN_GO.test(path);
    const manifest = this.manifestOf(path);
    if (manifest === undefined) return !OF_INSTALLER.test(path);
    return manifest.endsWith(".json") ? this.#isOwn(manifest) : false;
  }

  /** Manifest of the package that contains the code; undefined for code in no package. */
  manifestOf(path: string): string | undefined {
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    if (this.#latest.folder !== folder) {
      const found = packageFolder(path);
      this.#latest = { folder, manifest: found === undefined ? undefined : (found.manifest ?? "") };
    }
    return this.#latest.manifest;
  }

  /** Whether a package is the application's, by the installer's record and by its manifest; undefined: not known yet. */
  #isOwn(manifest: string): boolean | undefined {
    const recorded = this.#recordOf(manifest);
    if (recorded === "published") return false;
    if (recorded === "local" || recorded === "unlisted") return true;
    const isPublic = this.#manifests.get(manifest);
    if (isPublic !== undefined) return !isPublic || this.#unstated.has(manifest);
    // An own package in a registry has the scope of its team, since anybody may publish another name.
    return recorded === "fetched" && !SCOPED.test(manifest) ? false : undefined;
  }

  #recordOf(manifest: string): Recorded | undefined {
    if (!manifest.endsWith("/package.json")) return undefined;
    const known = this.#records.get(manifest);
    if (known !== undefined) return known;
    const recorded = this.#node.recordOf(folderOf(manifest));
    if (recorded !== undefined) this.#records.set(manifest, recorded);
    return recorded;
  }

  /**
   * Distribution package whose library or program the file is. A key in such a file was compiled in, and is
   * public.
   */
  programOf(file: FoundFile): string | undefined {
    if (!PROGRAM.test(file.path)) return undefined;
    if (file.hashes === undefined) return this.#find(({ markOfPath }) => markOfPath?.(file.path));
    return this.listing(file) ?? (this.#hasRpm ? "rpm" : undefined);
  }

  /** Whether a package of this layer installed the file, by the hash of its content. */
  isListed(file: FoundFile): boolean {
    return this.listing(file) !== undefined;
  }

  /** Package that lists the file. */
  listing({ path, hashes }: FoundFile): string | undefined {
    return hashes === undefined ? undefined : this.#find(({ mark }) => mark(hashes, path));
  }

  /**
   * Given hashes that Debian packages list, found in one pass over their lists.
   *
   * @param wanted entries by MD5, hexadecimal
   */
  debianSums(wanted: ReadonlyMap<string, unknown>): ReadonlySet<string> {
    const found = new Set<string>();
    for (const { path, bytes } of this.#lists) {
      if (!isDebianList(path)) continue;
      for (let at = 0; at < bytes.length; ) {
        const sum = bytes.toString("latin1", at, at + MD5_DIGITS);
        if (wanted.has(sum)) found.add(sum);
        const end = bytes.indexOf(NEWLINE, at);
        at = end < 0 ? bytes.length : end + 1;
      }
    }
    return found;
  }

  /** Whether the layer installed rpm packages, whose files are unknown here. */
  get hasUnreadLists(): boolean {
    return this.#hasRpm;
  }

  #seeManifest(path: string, bytes: Buffer): void {
    const name = packageFolder(path)?.name ?? "";
    const isKnown = name === "" ? !path.endsWith(".json") : isPublished(path, name, bytes);
    this.#manifests.set(path, isKnown);
    if (path.endsWith("/package.json") && !statesOrigin(bytes.toString("latin1"))) this.#unstated.add(path);
  }

  #find(markOf: (format: ListFormat) => string | undefined): string | undefined {
    for (const format of LIST_FORMATS) {
      const wanted = markOf(format);
      for (const { path, bytes } of wanted === undefined ? [] : this.#lists) {
        const at = format.isList(path) && !this.#isLocal(path) ? bytes.indexOf(wanted ?? "") : -1;
        if (at >= 0) return format.packageOf(path, bytes.toString("latin1"), at) ?? path;
      }
    }
    return undefined;
  }

  /**
   * Whether pip installed the distribution from a folder or a repository, as recorded beside its RECORD (PEP
   * 610).
   */
  #isLocal(record: string): boolean {
    const direct = record.replace(/\/RECORD$/, "/direct_url.json");
    return direct !== record && this.#lists.some(({ path }) => path === direct);
  }
}

const SCOPED = /\/node_modules\/@[^/]+\/[^/]+\/package\.json$/;

/** A module that Go vendors from a host where not everybody publishes. */
const OWN_GO =
  /\/vendor\/(?!(?:github\.com|gitlab\.com|bitbucket\.org|golang\.org|google\.golang\.org|gopkg\.in|(?:sigs\.)?k8s\.io|go\.[\w-]{1,40}\.(?:org|io))\/)[a-z\d-]{1,60}(?:\.[a-z\d-]{1,60}){1,5}\/.{1,500}(?<!_test)\.go$/;

/** What Composer and npm write beside the packages. */
const OF_INSTALLER = /\/vendor\/(?:autoload\.php$|composer\/|bin\/)|\/node_modules\/\.bin\//;

/** Names and endings of all lists and manifests, as a quick filter: most files are excluded. */
const NAMES = new Set([
  "RECORD",
  "installed",
  "VERSION",
  "LICENSE.txt",
  "status",
  "Cargo.toml",
  ".md5sums",
  ".json",
  ".gemspec",
  ".cargo-checksum.json",
  ".yarn-integrity",
  ".yarn-state.yml",
]);

const MD5_DIGITS = 32;
const NEWLINE = 10;

/** Libraries and programs of a distribution, outside the folders of a language. */
const PROGRAM =
  /^\/(?:usr\/)?(?:s?bin\/[^/]+|lib(?:exec|32|64|x32)?\/(?!.*\/(?:site-packages|dist-packages|node_modules|vendor|gems)\/).*\.(?:so(?:\.[\w.]{1,30})?|a))$/;

function isRpm(path: string): boolean {
  return path.startsWith("/var/lib/rpm/") || path.startsWith("/usr/lib/sysimage/rpm/");
}

function isDirectUrl(path: string): boolean {
  return path.endsWith(".dist-info/direct_url.json");
}
