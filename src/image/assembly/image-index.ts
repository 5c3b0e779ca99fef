import { InvalidInputError } from "../../contract/error.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import type { Descriptor } from "../documents/descriptor.ts";
import { type Index, parseManifest } from "../documents/manifest.ts";
import { INDEX_TYPES, MANIFEST_TYPES } from "../documents/media-types.ts";
import { formatPlatform, type Platform } from "../documents/platform.ts";
import { type BlobStore, readDocument } from "../source/blob-store.ts";

/** An entry that an engine may take for the image. */
export interface IndexManifest {
  readonly descriptor: Descriptor;
  readonly platform: Descriptor["platform"];
  /** Platforms of the enclosing indexes, if stated: an engine compares them first. */
  readonly within: readonly Platform[];
  /** Digests of the enclosing indexes, outermost first; a layout's index.json has none. */
  readonly indexDigests: readonly Digest[];
  /** Entries without a platform in the same index: attestations. */
  readonly beside: readonly Descriptor[];
}

/**
 * Manifests in an index and in its nested indexes, each once.
 *
 * @param digest digest of the index; absent for a layout's index.json
 * @throws InvalidInputError index-too-deep, too-many-manifests, as readDocument() and parseManifest()
 */
export async function manifestsIn(
  index: Index,
  digest: Digest | undefined,
  store: BlobStore,
): Promise<readonly IndexManifest[]> {
  return distinct(await new IndexWalk(store).of(index, digest === undefined ? [] : [digest]));
}

/**
 * Collects manifests. An index cannot contain itself, since it would contain its own digest; depth and total
 * number of entries are bounded.
 */
class IndexWalk {
  readonly #store: BlobStore;
  #entries = 0;

  constructor(store: BlobStore) {
    this.#store = store;
  }

  async of(
    index: Index,
    indexDigests: readonly Digest[],
    within: readonly Platform[] = [],
    depth = 0,
  ): Promise<readonly IndexManifest[]> {
    const manifests: IndexManifest[] = [];
    const beside = (index.manifests ?? []).filter(isOfNoPlatform);
    for (const descriptor of index.manifests ?? []) {
      if (++this.#entries > LIMITS.manifestsPerIndex) throw tooMany();
      if (isOfNoPlatform(descriptor)) continue;
      const nested = INDEX_TYPES.includes(descriptor.mediaType)
        ? await this.#open(descriptor, depth)
        : undefined;
      if (nested !== undefined) {
        const inner = descriptor.platform ? [...within, descriptor.platform] : within;
        manifests.push(...(await this.of(nested, [...indexDigests, descriptor.digest], inner, depth + 1)));
      } else if (mayBeTaken(descriptor)) {
        manifests.push({ descriptor, platform: descriptor.platform, within, indexDigests, beside });
      }
    }
    return manifests;
  }

  /** Nested index; undefined if the store lacks the index, which matters only if it is chosen. */
  async #open(descriptor: Descriptor, depth: number): Promise<Index | undefined> {
    if (depth >= LIMITS.indexDepth) throw tooDeep();
    const bytes = await readDocument(this.#store, descriptor);
    if (bytes === undefined) return undefined;
    const document = parseManifest(bytes, descriptor.digest, descriptor.mediaType);
    return document.kind === "index" ? document.index : undefined;
  }
}

/**
 * Whether the entry's platform is `unknown`, as for BuildKit's attestations
 * (https://github.com/moby/buildkit/blob/master/docs/attestations/attestation-storage.md), which engines
 * never run. Annotations alone would not prevent an engine from running an entry.
 */
export function isOfNoPlatform({ platform }: Descriptor): boolean {
  return platform?.os.toLowerCase() === "unknown" || platform?.architecture.toLowerCase() === "unknown";
}

/**
 * Whether an engine may choose the entry. containerd decides by platform, ignoring artifactType and other
 * fields; if the index has no platforms, by the manifests' configs.
 */
function mayBeTaken({ mediaType, platform }: Descriptor): boolean {
  return !!platform || mediaType === "" || [...MANIFEST_TYPES, ...INDEX_TYPES].includes(mediaType);
}

/** Distinct manifests: the same manifest may be listed under several names. */
function distinct(manifests: readonly IndexManifest[]): readonly IndexManifest[] {
  const key = ({ descriptor: { digest }, platform, within }: IndexManifest) =>
    [digest, ...within.map(formatPlatform), platform ? formatPlatform(platform) : ""].join(" ");
  return [...new Map(manifests.map((entry) => [key(entry), entry])).values()];
}

function tooDeep(): InvalidInputError {
  return new InvalidInputError("index-too-deep", {
    fr: `plus de ${LIMITS.indexDepth} index imbriqués (limite indexDepth).`,
    en: `more than ${LIMITS.indexDepth} indexes nested in each other (limit indexDepth).`,
  });
}

function tooMany(): InvalidInputError {
  return new InvalidInputError("too-many-manifests", {
    fr: `l'index liste plus de ${LIMITS.manifestsPerIndex} manifestes (limite manifestsPerIndex).`,
    en: `the index lists more than ${LIMITS.manifestsPerIndex} manifests (limit manifestsPerIndex).`,
  });
}
