import { InvalidInputError } from "../../../contract/error.ts";
import { LIMITS } from "../../../contract/limits.ts";
import { scanFile, secretScope } from "../../../secrets/scan.ts";
import type { LayerSecret, SecretsFacts } from "../facts.ts";
import { type Analysis, type Analyzer, hasContent, type LayerEntry } from "./analyzer.ts";

/** Secrets in files, as places. */
export const SECRETS: Analyzer<"secrets"> = {
  name: "secrets",
  fileBytes: LIMITS.secretFileBytes,
  begin: () => new SecretsAnalysis(),
};

class SecretsAnalysis implements Analysis<SecretsFacts> {
  readonly #found: LayerSecret[] = [];

  want(entry: LayerEntry): number {
    return hasContent(entry) && secretScope(entry.path, entry.size) !== "none" ? entry.size : 0;
  }

  take({ index, path }: LayerEntry, bytes: Uint8Array): void {
    for (const hit of scanFile(path, bytes)) this.#found.push({ entry: index, ...hit });
    if (this.#found.length <= LIMITS.secretsPerLayer) return;
    throw new InvalidInputError("layer-secret-limit", {
      fr: `la couche contient plus de ${LIMITS.secretsPerLayer} secrets (borne secretsPerLayer)`,
      en: `the layer holds more than ${LIMITS.secretsPerLayer} secrets (bound secretsPerLayer)`,
    });
  }

  facts(): SecretsFacts {
    return { found: this.#found };
  }
}
