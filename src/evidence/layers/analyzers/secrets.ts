import { createHash } from "node:crypto";
import type { Opening } from "../../../archives/content/opening.ts";
import { filePlace } from "../../../archives/content/place.ts";
import { UnpackBudget } from "../../../archives/content/unpack-budget.ts";
import { openings } from "../../../archives/open-content.ts";
import { LIMITS } from "../../../contract/limits.ts";
import { searchScope } from "../../../secrets/scope.ts";
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
    if (this.#isOfUse) this.#packages.see(entry.path, bytes);
    if (!this.#held.hold(entry, bytes)) this.#search(entry, bytes);
  }

  link(index: number, path: string, target: string): void {
    this.#found.link(index, path, target);
  }

  facts(): SecretsFacts {
    for (const { entry, bytes } of this.#held.unlisted(this.#packages)) this.#search(entry, bytes);
    const facts = this.#found.facts();
    this.#held.release();
    return facts;
  }

  #search(entry: LayerEntry, bytes: Uint8Array): void {
    this.#found.begin(entry, searchScope(entry.path), bytes);
    this.#opening.open(filePlace(entry.path)).whole(bytes);
  }

  #reader(entry: LayerEntry): ContentReader {
    this.#found.begin(entry, searchScope(entry.path));
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
