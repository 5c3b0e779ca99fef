import type { ContentSink } from "../../../archives/content/content-sink.ts";
import type { ContentVisitor, Place } from "../../../archives/content/place.ts";
import type { UnreadReason } from "../../../archives/content/unreadable.ts";
import { InvalidInputError } from "../../../contract/error.ts";
import { LIMITS } from "../../../contract/limits.ts";
import { ContentSearch } from "../../../secrets/content-search.ts";
import { scanAttribute, scanName } from "../../../secrets/entry-secrets.ts";
import { MatchBudget } from "../../../secrets/match-budget.ts";
import type { SecretHit } from "../../../secrets/scan.ts";
import { isApplicationSettings, isInOwnTree, type SearchScope, searchScope } from "../../../secrets/scope.ts";
import type { LayerSecret, LayerUnsearched, SecretsFacts } from "../facts/facts.ts";
import { type ContentHashes, hashesOf } from "../packages/content-hashes.ts";
import type { InstalledPackages } from "../packages/installed-packages.ts";
import { SnakeoilPair } from "../packages/snakeoil-pair.ts";
import type { LayerEntry } from "./analyzer.ts";
import { sourceOfCompiled } from "./compiled-python.ts";
import { FoundContents, insideOf } from "./found-contents.ts";
import { PythonModules } from "./python-modules.ts";
import type { WantedContent } from "./wanted-content.ts";

/** Finding in one file, held until the layer's packages are known. */
interface Found<What> {
  readonly what: What;
  readonly path: string;
  readonly scope: SearchScope;
  readonly hashes: ContentHashes | undefined;
}

interface File {
  readonly index: number;
  readonly scope: SearchScope;
  readonly bytes: Uint8Array | undefined;
}

type Named = Pick<LayerEntry, "index" | "path" | "link" | "attributes">;

/**
 * Folder of configuration files: a package's list counts there only for the content that the package
 * installed.
 */
const CONFIGURATION = "/etc/";

/**
 * Kinds that are reported in every file: a package's manifest nearby does not mean that the secret belongs to
 * the package.
 */
const PROVEN: ReadonlySet<string> = new Set([
  "private-key",
  "pkcs12-key",
  "java-keystore-key",
  "kerberos-key",
  "github-token",
  "npm-token",
]);

/** Searches the files of a layer for secrets, and separates secrets shipped by packages. */
export class FoundSecrets implements ContentVisitor {
  readonly #packages: InstalledPackages;
  readonly #contents: FoundContents;
  readonly #secrets: Found<LayerSecret>[] = [];
  readonly #unsearched: Found<LayerUnsearched>[] = [];
  #file: File = { index: 0, scope: searchScope("/"), bytes: undefined };
  #hashes: ContentHashes | undefined;
  readonly #budget = new MatchBudget(LIMITS.secretMatchesPerLayer);
  readonly #python = new PythonModules();
  /** Number of secrets in the application's own files. */
  #own = 0;
  readonly #snakeoil = new SnakeoilPair();
  /** Ids of secrets found in names: every path below a folder repeats the folder's name. */
  readonly #names = new Set<string>();
  /** Package files to which the application made a link with another name. */
  readonly #named = new Set<string>();

  /** @param wanted selection of members of archives */
  constructor(packages: InstalledPackages, wanted: WantedContent) {
    this.#packages = packages;
    this.#contents = new FoundContents(wanted, (place) => this.unread(place, "too-much"));
  }

  /** Searches an entry's name, link target and extended attributes. */
  entry({ index, path, link = "", attributes }: Named): void {
    if (isInOwnTree(path)) {
      const named = scanName(path).filter(({ id }) => !this.#names.has(id));
      for (const { id } of named) this.#names.add(id);
      this.#addOf({ index, path }, named);
      if (link !== "") this.#addOf({ index, path }, scanName(link));
    }
    for (const [name, value] of attributes ?? [])
      this.#addOf({ index, path }, scanAttribute(path, name, value), { inside: `user.${name}` });
  }

  #addOf({ index, path }: Named, hits: readonly SecretHit[], at: { readonly inside?: string } = {}): void {
    if (hits.length === 0) return;
    const scope = searchScope(path);
    for (const hit of hits)
      this.#secrets.push({ what: { entry: index, ...at, ...hit }, path, scope, hashes: undefined });
    bounded(this.#secrets.length, "packagedSettingsPerLayer");
  }

  /** @param bytes the whole file, valid until the next file begins; absent if the file is read in pieces */
  begin({ index, path }: Pick<LayerEntry, "index" | "path">, scope: SearchScope, bytes?: Uint8Array): void {
    if (bytes !== undefined) this.#snakeoil.see(path, bytes);
    this.#file = { index, scope, bytes };
    this.#hashes = undefined;
  }

  content(place: Place): ContentSink {
    const { path } = place;
    const search = new ContentSearch({
      path,
      level: this.#levelOf(place),
      budget: this.#budget,
      found: (hits) => this.#add(place, hits),
      cut: () => this.unread(place, "too-many-matches"),
    });
    return this.#contents.watch(place, this.#file, search);
  }

  unread(place: Place, why: UnreadReason): void {
    const { index } = this.#file;
    // One reason per file suffices.
    const last = this.#unsearched.at(-1)?.what;
    if (last?.entry === index && last.why === why) return;
    this.#unsearched.push(this.#foundAt(place, { entry: index, ...insideOf(place), why }));
  }

  /**
   * Handles a hard link from an application's path to a file in a folder of packages: if the link came later,
   * the file may have been searched for keys only.
   */
  link(index: number, path: string, target: string): void {
    this.entry({ index, path });
    const { level, tree } = searchScope(target);
    if (searchScope(path).tree !== "own" || tree === "own") return;
    this.#named.add(target);
    if (level !== "keys") return;
    this.#unsearched.push({
      what: { entry: index, why: "linked" },
      path,
      scope: searchScope(path),
      hashes: undefined,
    });
  }

  /** Records a large file that is not unpacked. @param sha256 hash of the whole file, hexadecimal */
  tooLarge(path: string, sha256: string): void {
    const { index, scope } = this.#file;
    const what = { entry: index, why: "too-much", sha256 } as const;
    this.#unsearched.push({ what, path, scope, hashes: undefined });
  }

  facts(): SecretsFacts {
    const unlisted = this.#secrets.filter((one) => this.#isPerhapsListed(one)).map(unlistedFile);
    const unread = this.#unsearched.filter((one) => !this.#isBrought(one)).map(({ what }) => what);
    const unsearched = [...unread, ...unlisted];
    const found = withoutCopies(this.#secrets).flatMap((one) => this.#judged(one));
    bounded(found.length, "secretsPerLayer");
    return {
      found,
      unsearched: unsearched.slice(0, LIMITS.unsearchedPerLayer),
      others: Math.max(0, unsearched.length - LIMITS.unsearchedPerLayer),
      databases: this.#contents.databases,
      inlined: this.#contents.inlined,
      packed: this.#contents.packed,
    };
  }

  /**
   * Search level of a place. Inside an archive, the archive's own folders count too, since an application may
   * be packed with its dependencies.
   */
  #levelOf({ inside, path, isNested }: Place): SearchScope["level"] {
    const { level } = this.#file.scope;
    if (inside === "" || level === "keys") return level;
    const within = searchScope(path);
    if (isNested) return isApplicationSettings(path) ? "settings" : "keys";
    return within.tree === "packaged" ? "keys" : within.level;
  }

  #add(place: Place, hits: readonly SecretHit[]): void {
    const { index } = this.#file;
    for (const hit of hits) {
      this.#secrets.push(this.#foundAt(place, { entry: index, ...insideOf(place), ...hit }));
    }
    this.#seeModule(place);
    if (this.#file.scope.tree === "own") bounded((this.#own += hits.length), "secretsPerLayer");
    bounded(this.#secrets.length, "packagedSettingsPerLayer");
  }

  #seeModule({ path, inside }: Place): void {
    const { scope, bytes } = this.#file;
    if (inside !== "" || scope.tree === "own" || bytes === undefined) return;
    this.#python.see({ path, hashes: this.#hashes }, bytes);
  }

  #foundAt<What>({ path }: Place, what: What): Found<What> {
    const { scope, bytes } = this.#file;
    const mayBeBrought = scope.tree !== "own" || path.startsWith(CONFIGURATION);
    if (mayBeBrought && bytes !== undefined) this.#hashes ??= hashesOf(bytes);
    return { what, path, scope, hashes: this.#hashes };
  }

  #judged(found: Found<LayerSecret>): readonly LayerSecret[] {
    if (this.#isEverywhere(found) || this.#isPerhapsListed(found)) return [];
    const testOf = this.#testOf(found);
    return [testOf === undefined ? found.what : { ...found.what, testOf }];
  }

  /** Whether the finding is a setting that a package ships, which is the same in every installation. */
  #isEverywhere({ what, path, scope, hashes }: Found<LayerSecret>): boolean {
    if ((scope.tree !== "shared" && scope.tree !== "packaged") || what.kind === "private-key") return false;
    if (this.#packages.isListed({ path, hashes })) return true;
    const isNamed = PROVEN.has(what.kind) || this.#isNamed(path);
    return !isNamed && this.#packages.ownerOf({ path, hashes }) !== undefined;
  }

  /** Whether a setting is in a folder of rpm, so that rpm's unread database might list it. */
  #isPerhapsListed(found: Found<LayerSecret>): boolean {
    const { what, path, scope } = found;
    if ((scope.tree !== "shared" && scope.tree !== "packaged") || what.kind === "private-key") return false;
    return this.#packages.hasUnreadLists && isOfDistribution(path) && !this.#isEverywhere(found);
  }

  /** Whether the application gives the file another name. */
  #isNamed(path: string): boolean {
    return this.#named.has(path.split("!/")[0] ?? "");
  }

  #testOf({ what, path, scope, hashes }: Found<LayerSecret>): string | undefined {
    const file = { path, hashes };
    const maker = this.#snakeoil.ownerOf(path);
    if (maker !== undefined) return maker;
    if (scope.tree === "own" && path.startsWith(CONFIGURATION)) return this.#packages.listing(file);
    if (this.#isNamed(path) || (scope.tree === "own" && searchScope(path).tree === "own")) return undefined;
    const isCertain = what.confidence === "confirmed" || what.kind.endsWith("-key");
    if (!isCertain) return this.#packages.ownerOf(file);
    return (
      this.#packages.testOf(file) ??
      this.#packages.programOf(file) ??
      this.#python.testOf(file, this.#packages)
    );
  }

  /**
   * Whether an unread file was shipped by a package, by the hash of its content: the file is then the same in
   * every installation.
   */
  #isBrought({ path, scope, hashes }: Found<LayerUnsearched>): boolean {
    if (scope.tree === "own") return false;
    const file = { path, hashes };
    return this.#packages.isListed(file) || this.#packages.testOf(file) !== undefined;
  }
}

/** Findings without those in compiled modules whose source is in the image and has the same finding. */
function withoutCopies(secrets: readonly Found<LayerSecret>[]): readonly Found<LayerSecret>[] {
  const sources = new Set(secrets.filter(({ path }) => path.endsWith(".py")).map(valueIn));
  return secrets.filter((one) => {
    const source = one.scope.tree === "own" ? sourceOfCompiled(one.path) : undefined;
    return source === undefined || !sources.has(valueIn({ ...one, path: source }));
  });
}

function valueIn({ path, what: { kind, masked } }: Pick<Found<LayerSecret>, "path" | "what">): string {
  return JSON.stringify([path, kind, masked]);
}

function unlistedFile({ what: { entry, inside } }: Found<LayerSecret>): LayerUnsearched {
  return { entry, ...(inside === undefined ? {} : { inside }), why: "unlisted" };
}

function bounded(count: number, bound: "secretsPerLayer" | "packagedSettingsPerLayer"): void {
  if (count <= LIMITS[bound]) return;
  throw new InvalidInputError("layer-secret-limit", {
    fr: `la couche contient plus de ${LIMITS[bound]} secrets (borne ${bound})`,
    en: `the layer holds more than ${LIMITS[bound]} secrets (bound ${bound})`,
  });
}

/** Whether rpm may have installed the file; rpm also installs into a language's folders. */
function isOfDistribution(path: string): boolean {
  return !/^\/(?:usr\/(?:local|src)|opt|home|root|srv|app|var\/www)\//.test(path);
}
