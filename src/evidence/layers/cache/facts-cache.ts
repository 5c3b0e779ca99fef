import type { Text } from "../../../contract/text.ts";
import { ANALYZER_NAMES } from "../analyzers/versions.ts";
import type { AnalyzerName, LayerFacts, SomeFacts } from "../facts/facts.ts";
import type { CacheFolder } from "./cache-folder.ts";
import { unsealFile } from "./checksummed-json.ts";
import { FACTS_SCHEMAS } from "./facts-schemas.ts";
import type { FactsStore } from "./facts-store.ts";
import { entryName, kindOf, type LayerKey, layerName, type SealedFacts } from "./layer-entry.ts";

/**
 * Cache of layer facts: one file per layer, analyzer and version. Layers are verified when read. A file that
 * is damaged, or whose content does not match its name, counts as absent and is rewritten.
 */
export class FactsCache implements FactsStore {
  readonly #folder: CacheFolder;
  #problem: Text | undefined;

  constructor(folder: CacheFolder) {
    this.#folder = folder;
  }

  /** Reason why facts cannot be cached: the first error of the file system. */
  get problem(): Text | undefined {
    return this.#folder.distrusted ?? this.#problem;
  }

  load(layer: LayerKey, names: readonly AnalyzerName[] = ANALYZER_NAMES): SomeFacts {
    const known = names.flatMap((name) => {
      const facts = this.#loadOne(layer, name);
      return facts === undefined ? [] : [[name, facts] as const];
    });
    return withoutStrays(Object.fromEntries(known));
  }

  store(layer: LayerKey, facts: SealedFacts): void {
    if (this.#problem !== undefined) return;
    try {
      for (const [name, bytes] of facts) this.#folder.write(kindOf(name), layerName(layer), bytes);
    } catch (error) {
      const seen = error instanceof Error ? error.message : String(error);
      this.#problem = { fr: seen, en: seen };
    }
  }

  #loadOne(layer: LayerKey, name: AnalyzerName): LayerFacts[AnalyzerName] | undefined {
    const entry = this.#folder.read(kindOf(name), layerName(layer));
    if (entry === undefined) return undefined;
    return FACTS_SCHEMAS[name].safeParse(unsealFile(entryName(layer, name), entry.bytes)).data;
  }
}

/** The facts, without references to entries that the layer does not have. */
function withoutStrays(facts: SomeFacts): SomeFacts {
  const { entries, files, scripts, secrets, packages } = facts;
  const count = entries?.paths.length ?? Number.POSITIVE_INFINITY;
  const isWithin = (...lists: (readonly ({ readonly entry: number } | number)[])[]) =>
    lists.every((list) => list.every((one) => (typeof one === "number" ? one : one.entry) < count));
  return {
    ...(entries === undefined ? {} : { entries }),
    ...(files !== undefined && isWithin(files.matched, files.contents) ? { files } : {}),
    ...(scripts !== undefined && isWithin(scripts.found, scripts.contents) ? { scripts } : {}),
    ...(secrets !== undefined && isWithin(secrets.found) ? { secrets } : {}),
    ...(packages !== undefined &&
    isWithin(packages.lists, packages.unread, packages.systems, packages.documents)
      ? { packages }
      : {}),
  };
}
