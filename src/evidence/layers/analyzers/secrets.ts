import { createHash } from "node:crypto";
import { InvalidInputError } from "../../../contract/error.ts";
import { LIMITS } from "../../../contract/limits.ts";
import { openings } from "../../../image/archives/open-content.ts";
import { filePlace } from "../../../image/archives/place.ts";
import { UnpackBudget } from "../../../image/archives/unpack-budget.ts";
import { searchScope } from "../../../secrets/scope.ts";
import type { SecretsFacts } from "../facts.ts";
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

/** Secrets in files and in what these hold, as places; and which files could not be looked into. */
export const SECRETS: Analyzer<"secrets"> = {
  name: "secrets",
  fileBytes: LIMITS.packageFileBytes,
  begin: () => new SecretsAnalysis(),
};

/** Others of that length and format hit the bound on what they unpack to. */
const XZ_NAME = /\.t?xz$/;

class SecretsAnalysis implements Analysis<SecretsFacts> {
  readonly #packages = new InstalledPackages();
  readonly #found = new FoundSecrets(this.#packages);
  readonly #opening = openings(this.#found, new UnpackBudget());
  #isOfUse = false;

  want(entry: LayerEntry): Want {
    if (!hasContent(entry)) return 0;
    this.#isOfUse = entry.size <= LIMITS.packageFileBytes && this.#packages.isOfUse(entry.path);
    return this.#isOfUse || entry.size <= LIMITS.secretFileBytes ? entry.size : this.#reader(entry);
  }

  take(entry: LayerEntry, bytes: Uint8Array): void {
    if (this.#isOfUse) this.#packages.see(entry.path, bytes);
    this.#found.begin(entry, searchScope(entry.path), bytes);
    this.#opening.open(filePlace(entry.path)).whole(bytes);
    this.#bound();
  }

  link(index: number, path: string, target: string): void {
    this.#found.link(index, path, target);
  }

  facts(): SecretsFacts {
    return this.#found.facts();
  }

  #reader(entry: LayerEntry): ContentReader {
    this.#found.begin(entry, searchScope(entry.path));
    if (entry.size > LIMITS.xzFileBytes && XZ_NAME.test(entry.path)) return this.#hashing(entry);
    const content = this.#opening.open(filePlace(entry.path));
    return {
      push: (bytes) => content.push(bytes),
      end: () => {
        content.end();
        this.#bound();
      },
    };
  }

  /** Large xz files take too long: their content is known by its hash, or not at all. */
  #hashing({ path }: LayerEntry): ContentReader {
    const hash = createHash("sha256");
    return {
      push: (bytes) => void hash.update(bytes),
      end: () => this.#found.tooLarge(path, hash.digest("hex")),
    };
  }

  #bound(): void {
    if (this.#found.count <= LIMITS.secretsPerLayer) return;
    throw new InvalidInputError("layer-secret-limit", {
      fr: `la couche contient plus de ${LIMITS.secretsPerLayer} secrets (borne secretsPerLayer)`,
      en: `the layer holds more than ${LIMITS.secretsPerLayer} secrets (bound secretsPerLayer)`,
    });
  }
}
