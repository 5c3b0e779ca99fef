import type { LayerSource } from "../../../image/source/open-image.ts";
import { VERSIONS } from "../analyzers/versions.ts";
import type { AnalyzerName, SomeFacts } from "../facts/facts.ts";
import { seal, unseal } from "./checksummed-json.ts";

/** A layer as the key of its facts. */
export type LayerKey = Pick<LayerSource, "digest" | "diffId" | "size">;

/** Facts of a layer as file contents, by analyzer; also the form in which a thread sends them. */
export type SealedFacts = ReadonlyMap<AnalyzerName, Uint8Array<ArrayBuffer>>;

/** Folder name of an analyzer's entries. */
export function kindOf(analyzer: AnalyzerName): string {
  return `${analyzer}-${VERSIONS[analyzer]}`;
}

/** Entry name of a layer: its digest, or its diffId if it has no digest. */
export function layerName({ digest, diffId }: LayerKey): string {
  return (digest ?? diffId).slice("sha256:".length);
}

/** Name in the first line of a file of facts, independent of the machine. */
export function entryName(layer: LayerKey, analyzer: AnalyzerName): string {
  const { digest, diffId, size } = layer;
  const version = VERSIONS[analyzer];
  return JSON.stringify({
    schema: "douane/layer-facts/v1",
    analyzer,
    version,
    layer: { digest, diffId, size },
  });
}

export function sealFacts(layer: LayerKey, facts: SomeFacts): SealedFacts {
  const names = Object.keys(facts) as AnalyzerName[];
  return new Map(names.map((name) => [name, seal(entryName(layer, name), facts[name] ?? {})]));
}

/** Facts that this process itself sealed, unverified. */
export function unsealFacts(sealed: SealedFacts): SomeFacts {
  return Object.fromEntries([...sealed].map(([name, bytes]) => [name, unseal(bytes)])) as SomeFacts;
}
