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
import type { Leaf } from "./leaves.ts";

export interface ChosenLeaf {
  readonly leaf: Leaf;
  /** Explanation if the image is not exactly the requested one. */
  readonly choice?: Text;
}

/** Most candidates for one platform; real images have few: gzip, zstd, an older variant. */
const RIVALS = 4;

/**
 * Manifest for the requested platform. Of several, containerd takes the first and other engines another one
 * (by compression, variant, spelling); that is accepted only if all have the same config.
 *
 * @param leaves at least one
 * @throws InvalidInputError no-such-platform, ambiguous-platform, windows-image
 */
export async function chooseLeaf(
  leaves: readonly [Leaf, ...Leaf[]],
  wanted: WantedPlatform,
  store: BlobStore,
): Promise<ChosenLeaf> {
  const [first, ...others] = leaves;
  if (others.length === 0 && (!wanted.explicit || !first.platform)) return { leaf: first };
  const reached = leaves.filter(({ within }) => within.every((platform) => matches(platform, wanted)));
  const found = ofPlatform(reached, wanted);
  const [leaf] = found;
  if (leaf !== undefined && isOvertaken(found, leaves, wanted)) throw ambiguous(wanted);
  if (leaf !== undefined) await verifyOneImage(found, wanted, store);
  if (leaf !== undefined && (wanted.explicit || (await isStored(leaf, store)))) return { leaf };
  const only = wanted.explicit || store.has === undefined ? undefined : await onlyStored(leaves, store);
  if (only !== undefined) return { leaf: only, choice: onlyOneStored(only, wanted) };
  if (leaf !== undefined) return { leaf };
  if (leaves.every(({ platform }) => platform && isWindows(platform))) throw windowsImage();
  throw noSuchPlatform(leaves, wanted);
}

/**
 * Whether an engine might choose an entry without a platform instead, because it does not recognise an
 * unusual spelling.
 */
function isOvertaken(found: readonly Leaf[], leaves: readonly Leaf[], wanted: Platform): boolean {
  if (found.some(({ platform }) => platform && isPlainly(platform, wanted))) return false;
  return leaves.some(({ platform }) => !platform);
}

/**
 * The only platform whose content is stored: `ctr export` and `docker save` store one platform of an index
 * that lists all.
 */
async function onlyStored(leaves: readonly Leaf[], store: BlobStore): Promise<Leaf | undefined> {
  const stored: Leaf[] = [];
  for (const leaf of leaves) if (await isStored(leaf, store)) stored.push(leaf);
  return stored.length === 1 ? stored[0] : undefined;
}

/**
 * Whether manifest and config are present: docker lists manifests of other platforms without storing them. A
 * registry has everything that it lists.
 */
async function isStored(leaf: Leaf, store: BlobStore): Promise<boolean> {
  if (store.has === undefined) return true;
  if (!(await store.has(leaf.descriptor))) return false;
  const manifest = await manifestOf(leaf, store);
  return manifest === undefined || store.has(manifest.config);
}

async function verifyOneImage(found: readonly Leaf[], wanted: Platform, store: BlobStore): Promise<void> {
  const rivals = new Map(found.map((leaf) => [leaf.descriptor.digest, leaf]));
  if (rivals.size === 1) return;
  if (rivals.size > RIVALS) throw ambiguous(wanted);
  const configs = new Set<string | undefined>();
  for (const leaf of rivals.values()) configs.add((await manifestOf(leaf, store))?.config.digest);
  if (configs.size !== 1 || configs.has(undefined)) throw ambiguous(wanted);
}

/** Manifest of an entry; undefined if it is not an image for every engine. */
async function manifestOf({ descriptor }: Leaf, store: BlobStore): Promise<Manifest | undefined> {
  const bytes = await readDocument(store, descriptor);
  if (bytes === undefined) return undefined;
  const document = parseManifest(bytes, descriptor.digest, descriptor.mediaType);
  return document.kind === "manifest" ? document.manifest : undefined;
}

function onlyOneStored({ descriptor, platform }: Leaf, wanted: Platform): Text {
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

function noSuchPlatform(leaves: readonly Leaf[], wanted: WantedPlatform): InvalidInputError {
  const names = leaves.map(({ platform }) => (platform ? quoted(formatPlatform(platform)) : "?"));
  const available = [...new Set(names)].sort().join(", ");
  return new InvalidInputError("no-such-platform", {
    fr: `l'image n'existe pas pour la plateforme ${formatPlatform(wanted)}. Plateformes disponibles : ${available}. En choisir une avec --platform.`,
    en: `the image does not exist for platform ${formatPlatform(wanted)}. Available: ${available}. Choose one with --platform.`,
  });
}
