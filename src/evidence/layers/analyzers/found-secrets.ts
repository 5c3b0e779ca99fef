import { LIMITS } from "../../../contract/limits.ts";
import type { ContentSink } from "../../../image/archives/content-sink.ts";
import type { ContentVisitor, Place } from "../../../image/archives/place.ts";
import type { UnreadReason } from "../../../image/archives/unreadable.ts";
import { ContentSearch } from "../../../secrets/content-search.ts";
import type { SecretHit } from "../../../secrets/scan.ts";
import { type SearchScope, searchScope } from "../../../secrets/scope.ts";
import type { LayerSecret, LayerUnsearched, SecretsFacts } from "../facts.ts";
import { type ContentHashes, hashesOf } from "../packages/content-hashes.ts";
import type { InstalledPackages } from "../packages/installed-packages.ts";
import { FoundContents } from "./found-contents.ts";
import type { WantedContent } from "./wanted-content.ts";

/** What was found in one file, while it is not known what packages came with the layer. */
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

/** Searches the contents of a layer's files, and tells what packages brought from what they did not. */
export class FoundSecrets implements ContentVisitor {
  readonly #packages: InstalledPackages;
  readonly #contents: FoundContents;
  readonly #secrets: Found<LayerSecret>[] = [];
  readonly #unsearched: Found<LayerUnsearched>[] = [];
  #file: File = { index: 0, scope: searchScope("/"), bytes: undefined };
  #hashes: ContentHashes | undefined;
  /** Files of packages to which the application gives a name of its own. */
  readonly #named = new Set<string>();

  /** @param wanted of members of archives */
  constructor(packages: InstalledPackages, wanted: WantedContent) {
    this.#packages = packages;
    this.#contents = new FoundContents(wanted, (place) => this.unread(place, "too-much"));
  }

  /** Secrets so far, those of packages' tests included. */
  get count(): number {
    return this.#secrets.length;
  }

  /** @param bytes all of the file, valid until the next begins; absent where it comes in pieces */
  begin({ index }: { readonly index: number }, scope: SearchScope, bytes?: Uint8Array): void {
    this.#file = { index, scope, bytes };
    this.#hashes = undefined;
  }

  content(place: Place): ContentSink {
    const { path } = place;
    const search = new ContentSearch(path, this.#levelOf(place), (hits) => this.#add(place, hits));
    return this.#contents.watch(place, this.#file, search);
  }

  unread(place: Place, why: UnreadReason): void {
    const { index } = this.#file;
    // One is enough to say that a file was not looked into.
    const last = this.#unsearched.at(-1)?.what;
    if (last?.entry === index && last.why === why) return;
    this.#unsearched.push(this.#foundAt(place, { entry: index, ...insideOf(place), why }));
  }

  /**
   * An application's own name of a file that lies where packages install: it was searched for keys
   * alone, since the name came behind it.
   */
  link(index: number, path: string, target: string): void {
    if (searchScope(path).tree !== "own" || searchScope(target).level === "all") return;
    this.#named.add(target);
    this.#unsearched.push({
      what: { entry: index, why: "linked" },
      path,
      scope: searchScope(path),
      hashes: undefined,
    });
  }

  /** A large file that is not unpacked. @param sha256 of all of it, hexadecimal */
  tooLarge(path: string, sha256: string): void {
    const { index, scope } = this.#file;
    const what = { entry: index, why: "too-much", sha256 } as const;
    this.#unsearched.push({ what, path, scope, hashes: undefined });
  }

  facts(): SecretsFacts {
    const unsearched = this.#unsearched.filter((one) => !this.#isBrought(one)).map(({ what }) => what);
    return {
      found: this.#secrets.flatMap((one) => this.#judged(one)),
      unsearched: unsearched.slice(0, LIMITS.unsearchedPerLayer),
      others: Math.max(0, unsearched.length - LIMITS.unsearchedPerLayer),
      databases: this.#contents.databases,
      packed: this.#contents.packed,
    };
  }

  /** Inside an archive its own folders count, too: dependencies that were packed with an application. */
  #levelOf({ inside, path, isNested }: Place): SearchScope["level"] {
    const { level } = this.#file.scope;
    if (inside === "" || level === "keys") return level;
    return isNested ? "keys" : searchScope(path).level;
  }

  #add(place: Place, hits: readonly SecretHit[]): void {
    const { index } = this.#file;
    for (const hit of hits) {
      this.#secrets.push(this.#foundAt(place, { entry: index, ...insideOf(place), ...hit }));
    }
  }

  #foundAt<What>({ path }: Place, what: What): Found<What> {
    const { scope, bytes } = this.#file;
    if (scope.tree !== "own" && bytes !== undefined) this.#hashes ??= hashesOf(bytes);
    return { what, path, scope, hashes: this.#hashes };
  }

  #judged({ what, path, scope, hashes }: Found<LayerSecret>): readonly LayerSecret[] {
    const file = { path, hashes };
    const isShared = scope.tree === "shared" && what.kind !== "private-key";
    // A setting that a package of the distribution brings is the same everywhere.
    if (isShared && (this.#packages.hasUnreadLists || this.#packages.isListed(file))) return [];
    const isOwn =
      this.#named.has(path.split("!/")[0] ?? "") ||
      (scope.tree === "own" && searchScope(path).tree === "own");
    const isCertain = what.confidence === "confirmed" || what.kind.endsWith("-key");
    const testOf = isOwn ? undefined : isCertain ? this.#packages.testOf(file) : this.#packages.ownerOf(file);
    return [testOf === undefined ? what : { ...what, testOf }];
  }

  /** Unread contents of a package's file, by the hash of the whole, are the same everywhere. */
  #isBrought({ path, scope, hashes }: Found<LayerUnsearched>): boolean {
    if (scope.tree === "own") return false;
    const file = { path, hashes };
    return this.#packages.isListed(file) || this.#packages.testOf(file) !== undefined;
  }
}

function insideOf({ inside }: Place): { readonly inside?: string } {
  return inside === "" ? {} : { inside };
}
