import type { Digest } from "../../contract/image-facts.ts";
import type { Text } from "../../contract/text.ts";
import type { Descriptor } from "../documents/descriptor.ts";
import { type Manifest, type ManifestDocument, parseManifest } from "../documents/manifest.ts";
import { formatPlatform, type WantedPlatform } from "../documents/platform.ts";
import { type BlobStore, missingBlob, readDocument } from "../source/blob-store.ts";
import { chooseForPlatform } from "./choose-platform.ts";
import { type IndexManifest, manifestsIn } from "./image-index.ts";
import { listsNoImage, notAnImage } from "./image-kind.ts";

export interface ResolvedManifest {
  readonly manifest: Manifest;
  readonly digest: Digest;
  /** The outermost index that has a digest. */
  readonly indexDigest?: Digest;
  /** Indexes nested in the outer index, through which the manifest was chosen; absent if there are none. */
  readonly otherIndexDigests?: readonly Digest[];
  /** Platform for which the manifest was chosen, among several or on request. */
  readonly chosenFor?: WantedPlatform;
  /** Explanation if the image is not exactly the requested image. */
  readonly choice?: Text;
  /** Other platforms for which the index lists images, sorted; empty without an index. */
  readonly otherPlatforms: readonly string[];
  /** Entries without a platform in the same index; absent without an index. */
  readonly beside?: readonly Descriptor[];
}

/**
 * Resolves a manifest or index to the manifest of the requested platform.
 *
 * @param digest digest of the document; absent for a layout's index.json
 * @throws InvalidInputError not-an-image, blob-missing, as manifestsIn(), chooseForPlatform(), readDocument() and
 * parseManifest()
 */
export async function resolveManifest(
  { document, digest }: { readonly document: ManifestDocument; readonly digest?: Digest },
  wanted: WantedPlatform,
  store: BlobStore,
): Promise<ResolvedManifest> {
  if (document.kind === "manifest") {
    if (digest === undefined) throw new Error("a manifest is always named by its digest");
    const chosen = wanted.explicit ? { chosenFor: wanted } : {};
    return { manifest: document.manifest, digest, otherPlatforms: [], ...chosen };
  }
  const [first, ...others] = await manifestsIn(document.index, digest, store);
  if (first === undefined) throw listsNoImage(document.index.manifests ?? []);
  const { chosen, choice } = await chooseForPlatform([first, ...others], wanted, store);
  const { descriptor, indexDigests } = chosen;
  const [indexDigest, ...otherIndexDigests] = indexDigests;
  const bytes = await readDocument(store, descriptor);
  if (bytes === undefined) throw missingBlob({ fr: "manifeste", en: "manifest" }, descriptor.digest);
  const read = parseManifest(bytes, descriptor.digest, descriptor.mediaType);
  if (read.kind === "index") throw notAnImage([descriptor.mediaType]);
  const isChosen = wanted.explicit || (others.length > 0 && choice === undefined);
  return {
    manifest: read.manifest,
    digest: descriptor.digest,
    ...(indexDigest === undefined ? {} : { indexDigest }),
    ...(otherIndexDigests.length === 0 ? {} : { otherIndexDigests }),
    ...(isChosen ? { chosenFor: wanted } : {}),
    ...(choice === undefined ? {} : { choice }),
    otherPlatforms: otherPlatforms([first, ...others], chosen),
    beside: chosen.beside,
  };
}

/** Platforms of entries that lead to images other than the chosen image. */
function otherPlatforms(manifests: readonly IndexManifest[], chosen: IndexManifest): readonly string[] {
  const others = manifests.filter(({ descriptor }) => descriptor.digest !== chosen.descriptor.digest);
  const named = others.flatMap(({ platform }) => (platform ? [formatPlatform(platform)] : []));
  return [...new Set(named)].sort();
}
