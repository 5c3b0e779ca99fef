import { InvalidInputError } from "../../contract/error.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { type BlobStore, missingBlob, readDocument } from "../blob-store.ts";
import { choosePlatform, formatPlatform, type WantedPlatform } from "../platform.ts";
import { windowsImage } from "./config.ts";
import type { Descriptor } from "./descriptor.ts";
import { notAnImage } from "./image-kind.ts";
import { type Index, type Manifest, type ManifestDocument, parseManifest } from "./manifest.ts";
import { CONFIG_TYPES, INDEX_TYPES, MANIFEST_TYPES } from "./media-types.ts";

export interface ResolvedManifest {
  readonly manifest: Manifest;
  readonly digest: Digest;
  /** The outermost index that has a digest. */
  readonly indexDigest?: Digest;
  /** The manifest was chosen among others, or on demand, for the wanted platform. */
  readonly forPlatform: boolean;
}

/**
 * Goes from a manifest or index to the one manifest of the wanted platform.
 *
 * @param digest of the document; a layout's index.json has none
 * @throws InvalidInputError no-such-platform, windows-image, not-an-image, index-too-deep,
 *   too-many-manifests, blob-missing, and those of readDocument() and parseManifest()
 */
export async function resolveManifest(
  { document, digest }: { readonly document: ManifestDocument; readonly digest?: Digest },
  wanted: WantedPlatform,
  store: BlobStore,
): Promise<ResolvedManifest> {
  if (document.kind === "manifest") {
    if (digest === undefined) throw new Error("a manifest is always named by its digest");
    return { manifest: document.manifest, digest, forPlatform: wanted.explicit };
  }
  const leaves = distinct(await new Leaves(store).of(document.index, digest));
  const leaf = chooseLeaf(leaves, wanted);
  const bytes = await readDocument(store, leaf.descriptor);
  if (bytes === undefined) {
    throw missingBlob({ fr: "manifeste", en: "manifest" }, leaf.descriptor.digest);
  }
  const read = parseManifest(bytes, leaf.descriptor.digest, leaf.descriptor.mediaType);
  if (read.kind === "index") throw notAnImage([leaf.descriptor.mediaType]);
  return {
    manifest: read.manifest,
    digest: leaf.descriptor.digest,
    ...(leaf.indexDigest === undefined ? {} : { indexDigest: leaf.indexDigest }),
    forPlatform: wanted.explicit || leaves.length > 1,
  };
}

interface Leaf {
  readonly descriptor: Descriptor;
  readonly platform: Descriptor["platform"];
  readonly indexDigest: Digest | undefined;
}

/**
 * The image manifests listed by an index and by the indexes in it. None can list itself, since it
 * would have to hold its own digest; chains are bounded by their depth and by all entries together.
 */
class Leaves {
  readonly #store: BlobStore;
  #entries = 0;

  constructor(store: BlobStore) {
    this.#store = store;
  }

  async of(index: Index, digest: Digest | undefined, depth = 0): Promise<readonly Leaf[]> {
    const leaves: Leaf[] = [];
    for (const descriptor of index.manifests ?? []) {
      if (++this.#entries > LIMITS.manifestsPerIndex) throw tooMany();
      if (isAttestation(descriptor)) continue;
      const nested = INDEX_TYPES.includes(descriptor.mediaType)
        ? await this.#open(descriptor, depth)
        : undefined;
      if (nested !== undefined) {
        leaves.push(...(await this.of(nested, digest ?? descriptor.digest, depth + 1)));
      } else if (mayBeImage(descriptor)) {
        leaves.push({ descriptor, platform: descriptor.platform, indexDigest: digest });
      }
    }
    return leaves;
  }

  /** Undefined when the index is not in the store: an error only for whoever chooses it. */
  async #open(descriptor: Descriptor, depth: number): Promise<Index | undefined> {
    if (depth >= LIMITS.indexDepth) throw tooDeep();
    const bytes = await readDocument(this.#store, descriptor);
    if (bytes === undefined) return undefined;
    const document = parseManifest(bytes, descriptor.digest, descriptor.mediaType);
    return document.kind === "index" ? document.index : undefined;
  }
}

/** BuildKit's (https://github.com/moby/buildkit/blob/master/docs/attestations/attestation-storage.md). */
export function isAttestation({ annotations, platform }: Descriptor): boolean {
  return (
    annotations["vnd.docker.reference.type"] !== undefined ||
    (platform?.os === "unknown" && platform.architecture === "unknown")
  );
}

/** Other things in an index (referrers, schema 1) are passed over. */
function mayBeImage({ mediaType, artifactType }: Descriptor): boolean {
  const isManifest = mediaType === "" || [...MANIFEST_TYPES, ...INDEX_TYPES].includes(mediaType);
  return isManifest && (artifactType === undefined || CONFIG_TYPES.includes(artifactType));
}

/** One manifest may stand under several names. */
function distinct(leaves: readonly Leaf[]): readonly Leaf[] {
  const key = ({ descriptor: { digest }, platform }: Leaf) =>
    `${digest} ${platform ? formatPlatform(platform) : ""}`;
  return [...new Map(leaves.map((leaf) => [key(leaf), leaf])).values()];
}

function chooseLeaf(leaves: readonly Leaf[], wanted: WantedPlatform): Leaf {
  const [first, ...others] = leaves;
  if (first === undefined) throw notAnImage(["index"]);
  const isOnly = others.length === 0;
  if (isOnly && (!wanted.explicit || !first.platform)) return first;
  const leaf = choosePlatform(leaves, wanted);
  if (leaf !== undefined) return leaf;
  if (leaves.every(({ platform }) => platform?.os === "windows")) throw windowsImage();
  throw noSuchPlatform(leaves, wanted);
}

function noSuchPlatform(leaves: readonly Leaf[], wanted: WantedPlatform): InvalidInputError {
  const names = leaves.map(({ platform }) => (platform ? quoted(formatPlatform(platform)) : "?"));
  const available = [...new Set(names)].sort().join(", ");
  return new InvalidInputError("no-such-platform", {
    fr: `l'image n'existe pas pour la plateforme ${formatPlatform(wanted)}. Plateformes disponibles : ${available}. En choisir une avec --platform.`,
    en: `the image does not exist for platform ${formatPlatform(wanted)}. Available: ${available}. Choose one with --platform.`,
  });
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
