import { InvalidInputError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { windowsImage } from "../documents/config.ts";
import { type Manifest, parseManifest } from "../documents/manifest.ts";
import {
  formatPlatform,
  isPlainly,
  isWindows,
  matches,
  ofPlatform,
  type Platform,
  type WantedPlatform,
} from "../documents/platform.ts";
import { type BlobStore, readDocument } from "../source/blob-store.ts";
import type { IndexManifest } from "./image-index.ts";

export interface ChosenManifest {
  readonly chosen: IndexManifest;
  /** Explanation if the image is not exactly the requested image. */
  readonly choice?: Text;
}

/** Maximum number of candidates for one platform; real images have few: gzip, zstd, an older variant. */
const RIVALS = 4;

/**
 * Manifest for the requested platform. If several match, containerd takes the first and other engines take others (by
 * compression, variant, spelling); several manifests are therefore accepted only if all have the same config.
 *
 * @param manifests manifests of the index, at least one
 * @throws InvalidInputError no-such-platform, ambiguous-platform, windows-image
 */
export async function chooseForPlatform(
  manifests: readonly [IndexManifest, ...IndexManifest[]],
  wanted: WantedPlatform,
  store: BlobStore,
): Promise<ChosenManifest> {
  const [first, ...others] = manifests;
  if (others.length === 0 && (!wanted.explicit || !first.platform)) return { chosen: first };
  const reached = manifests.filter(({ within }) => within.every((platform) => matches(platform, wanted)));
  const found = ofPlatform(reached, wanted);
  const [chosen] = found;
  if (chosen !== undefined && isOvertaken(found, manifests, wanted)) throw ambiguous(wanted);
  if (chosen !== undefined) await verifyOneImage(found, wanted, store);
  if (chosen !== undefined && (wanted.explicit || (await isStored(chosen, store)))) return { chosen };
  const only = wanted.explicit || store.has === undefined ? undefined : await onlyStored(manifests, store);
  if (only !== undefined) return { chosen: only, choice: onlyOneStored(only, wanted) };
  if (chosen !== undefined) return { chosen };
  if (manifests.every(({ platform }) => platform && isWindows(platform))) throw windowsImage();
  throw noSuchPlatform(manifests, wanted);
}

/**
 * Whether an engine might choose an entry without a platform instead, because the engine does not recognise
 * an unusual spelling.
 */
function isOvertaken(
  found: readonly IndexManifest[],
  manifests: readonly IndexManifest[],
  wanted: Platform,
): boolean {
  if (found.some(({ platform }) => platform && isPlainly(platform, wanted))) return false;
  return manifests.some(({ platform }) => !platform);
}

/**
 * The only platform whose content is stored: `ctr export` and `docker save` store one platform, with an index
 * that lists all.
 */
async function onlyStored(
  manifests: readonly IndexManifest[],
  store: BlobStore,
): Promise<IndexManifest | undefined> {
  const stored: IndexManifest[] = [];
  for (const entry of manifests) if (await isStored(entry, store)) stored.push(entry);
  return stored.length === 1 ? stored[0] : undefined;
}

/**
 * Whether manifest and config are present: docker lists manifests of other platforms without storing them. A
 * registry stores all listed manifests.
 */
async function isStored(entry: IndexManifest, store: BlobStore): Promise<boolean> {
  if (store.has === undefined) return true;
  if (!(await store.has(entry.descriptor))) return false;
  const manifest = await manifestOf(entry, store);
  return manifest === undefined || store.has(manifest.config);
}

async function verifyOneImage(
  found: readonly IndexManifest[],
  wanted: Platform,
  store: BlobStore,
): Promise<void> {
  const rivals = new Map(found.map((entry) => [entry.descriptor.digest, entry]));
  if (rivals.size === 1) return;
  if (rivals.size > RIVALS) throw ambiguous(wanted);
  const configs = new Set<string | undefined>();
  for (const entry of rivals.values()) configs.add((await manifestOf(entry, store))?.config.digest);
  if (configs.size !== 1 || configs.has(undefined)) throw ambiguous(wanted);
}

/** Manifest of an entry; undefined if some engine does not treat the entry as an image. */
async function manifestOf({ descriptor }: IndexManifest, store: BlobStore): Promise<Manifest | undefined> {
  const bytes = await readDocument(store, descriptor);
  if (bytes === undefined) return undefined;
  const document = parseManifest(bytes, descriptor.digest, descriptor.mediaType);
  return document.kind === "manifest" ? document.manifest : undefined;
}

function onlyOneStored({ descriptor, platform }: IndexManifest, wanted: Platform): Text {
  const name = platform ? quoted(formatPlatform(platform)) : descriptor.digest;
  return {
    fr: `l'index liste plusieurs plateformes, mais seule ${name} est dans cette source : c'est elle qui est jugée, et non ${formatPlatform(wanted)}.`,
    en: `the index lists several platforms, but ${name} alone is in this source: it is the one judged, not ${formatPlatform(wanted)}.`,
  };
}

function ambiguous(wanted: Platform): InvalidInputError {
  const name = formatPlatform(wanted);
  return new InvalidInputError("ambiguous-platform", {
    fr: `l'index liste plusieurs images différentes pour ${name} : d'un moteur de conteneurs à l'autre, ce n'est pas la même qui s'exécuterait. L'image est refusée : ne laisser qu'un manifeste par plateforme, ou nommer la variante voulue avec --platform.`,
    en: `the index lists several different images for ${name}: which one runs would depend on the container engine. The image is refused: leave one manifest a platform, or name the variant with --platform.`,
  });
}

function noSuchPlatform(manifests: readonly IndexManifest[], wanted: WantedPlatform): InvalidInputError {
  const names = manifests.map(({ platform }) => (platform ? quoted(formatPlatform(platform)) : "?"));
  const available = [...new Set(names)].sort().join(", ");
  return new InvalidInputError("no-such-platform", {
    fr: `l'image n'existe pas pour la plateforme ${formatPlatform(wanted)}. Plateformes disponibles : ${available}. En choisir une avec --platform.`,
    en: `the image does not exist for platform ${formatPlatform(wanted)}. Available: ${available}. Choose one with --platform.`,
  });
}
