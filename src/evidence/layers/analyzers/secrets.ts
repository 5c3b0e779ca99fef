import { createHash } from "node:crypto";
import type { Opening } from "../../../archives/content/opening.ts";
import { filePlace } from "../../../archives/content/place.ts";
import { UnpackBudget } from "../../../archives/content/unpack-budget.ts";
import { openings } from "../../../archives/open-content.ts";
import { LIMITS } from "../../../contract/limits.ts";
import { isCodeOfPackage, OWN_PACKAGE, type SearchScope, searchScope } from "../../../secrets/scope.ts";
import type { SecretsFacts } from "../facts/facts.ts";
import { InstalledPackages } from "../packages/installed-packages.ts";
import {
  type Analysis,
  type Analyzer,
  type ContentReader,
  hasContent,
  type LayerEntry,
  type Want,
} from "./analyzer.ts";
import { FoundSecrets } from "./found-secrets.ts";
import { HeldArchives } from "./held-archives.ts";
import { HeldCode, type HeldFile } from "./held-code.ts";
import type { WantedContent } from "./wanted-content.ts";

/**
 * Secrets and databases in files and in nested content, as places; requested members of archives; and files
 * that could not be examined.
 */
export const SECRETS: Analyzer<"secrets"> = {
  name: "secrets",
  fileBytes: LIMITS.packageFileBytes,
  begin: (_, wanted) => new SecretsAnalysis(wanted),
};

/** Names of xz files; large files of other formats exceed the bound on inflated bytes instead. */
const XZ_NAME = /\.t?xz$/;

class SecretsAnalysis implements Analysis<SecretsFacts> {
  readonly #packages = new InstalledPackages();
  readonly #held = new HeldArchives();
  readonly #code = new HeldCode();
  readonly #found: FoundSecrets;
  readonly #opening: Opening;
  #isOfUse = false;

  constructor(wanted: WantedContent) {
    this.#found = new FoundSecrets(this.#packages, wanted);
    this.#opening = openings(this.#found, new UnpackBudget());
  }

  want(entry: LayerEntry): Want {
    this.#found.entry(entry);
    if (!hasContent(entry)) return 0;
    this.#isOfUse = entry.size <= LIMITS.packageFileBytes && this.#packages.isOfUse(entry.path);
    return this.#isOfUse || entry.size <= LIMITS.secretFileBytes ? entry.size : this.#reader(entry);
  }

  take(entry: LayerEntry, bytes: Uint8Array): void {
    if (this.#isOfUse) this.#see(entry.path, bytes);
    if (this.#held.hold(entry, bytes)) return;
    const scope = this.#scopeOf(entry.path);
    if (scope !== undefined) this.#search(entry, bytes, scope);
    else if (!this.#code.hold(this.#packages.manifestOf(entry.path) ?? "", entry, bytes))
      this.#search(entry, bytes, searchScope(entry.path));
  }

  #see(path: string, bytes: Uint8Array): void {
    this.#packages.see(path, bytes);
    this.#searchHeld(this.#code.take(path), searchScope);
  }

  #searchHeld(files: readonly HeldFile[], otherwise: (path: string) => SearchScope): void {
    for (const { entry, bytes } of files)
      this.#search(entry, bytes, this.#scopeOf(entry.path) ?? otherwise(entry.path));
  }

  link(index: number, path: string, target: string): void {
    this.#found.link(index, path, target);
  }

  facts(): SecretsFacts {
    this.#searchHeld(this.#held.unlisted(this.#packages), searchScope);
    this.#searchHeld(this.#code.rest(), () => OWN_PACKAGE);
    this.#reportUnheld();
    const facts = this.#found.facts();
    this.#held.release();
    this.#code.release();
    return facts;
  }

  /** Reports code of own packages that came before their manifest, and was too much to be held. */
  #reportUnheld(): void {
    for (const entry of this.#code.unheld) {
      if (this.#packages.isOwnCode(entry.path) === false) continue;
      this.#found.begin(entry, OWN_PACKAGE);
      this.#found.unread(filePlace(entry.path), "too-much");
    }
  }

  #search(entry: LayerEntry, bytes: Uint8Array, scope: SearchScope): void {
    this.#found.begin(entry, scope, bytes);
    this.#opening.open(filePlace(entry.path)).whole(bytes);
  }

  /** Scope of the search; code of an own package is searched like its settings. Undefined: not known yet. */
  #scopeOf(path: string): SearchScope | undefined {
    const scope = searchScope(path);
    if (!isCodeOfPackage(path, scope)) return scope;
    const isOwn = this.#packages.isOwnCode(path);
    return isOwn === undefined ? undefined : isOwn ? OWN_PACKAGE : scope;
  }

  #reader(entry: LayerEntry): ContentReader {
    this.#found.begin(entry, this.#scopeOf(entry.path) ?? searchScope(entry.path));
    if (entry.size > LIMITS.xzFileBytes && XZ_NAME.test(entry.path)) return this.#hashing(entry);
    const content = this.#opening.open(filePlace(entry.path));
    return {
      push: (bytes) => content.push(bytes),
      end: () => content.end(),
    };
  }

  /**
   * Hashes a large xz file, which would take too long to unpack: the hash identifies its content, otherwise
   * the content stays unknown.
   */
  #hashing({ path }: LayerEntry): ContentReader {
    const hash = createHash("sha256");
    return {
      push: (bytes) => void hash.update(bytes),
      end: () => this.#found.tooLarge(path, hash.digest("hex")),
    };
  }
}
