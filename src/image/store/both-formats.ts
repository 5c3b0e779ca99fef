// Archives that are both an OCI layout and a docker-archive, as written by Docker since 25 and by `ctr
// export`. containerd, Docker and skopeo each read one of the formats, but not the same one.

import { sha256 } from "../../contract/digest.ts";
import { InvalidInputError, UsageError } from "../../contract/error.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import { type Opening } from "../assembly/assemble.ts";
import type { ArchivedImage } from "../documents/archive-manifest.ts";
import { parseConfig } from "../documents/config.ts";
import type { Descriptor } from "../documents/descriptor.ts";
import { formatPlatform, wantedPlatform } from "../documents/platform.ts";
import type { OpenImage } from "../source/open-image.ts";
import { archivedImages } from "./docker-archive.ts";
import type { FileTree } from "./file-tree.ts";
import { namesOf, positionOf } from "./layout-ref.ts";
import { holdsLayout, layoutEntries, openLayout } from "./open-layout.ts";
import { readRange } from "./read-range.ts";
import { isSameName } from "./same-name.ts";

/** Image opened from one format, with the options and the reference that selected it. */
export interface OpenedFormat {
  readonly image: OpenImage;
  readonly opening: Opening;
  readonly ref?: string;
}

/**
 * Verifies that manifest.json and index.json name the same image: under every name that the image has in
 * index.json, otherwise at least once. For an index, manifest.json may name the image of another platform.
 *
 * @throws InvalidInputError formats-disagree, as parseConfig()
 */
export async function verifyManifestAgrees(tree: FileTree, opened: OpenedFormat): Promise<void> {
  const archived = archivedImages(tree);
  const names = askedNames(tree, opened.ref);
  const meant = names === undefined ? archived : archived.filter((one) => isMeant(one, names));
  const ids: (Digest | undefined)[] = [];
  for (const one of meant.length > 0 ? meant : archived) ids.push(await archivedImage(tree, one, opened));
  verifyAgree(ids, opened.image.imageId, meant.length > 0, (id) => disagree(opened.image.imageId, id));
}

/**
 * Verifies that index.json names the image opened from manifest.json: under every name that the image has
 * there, otherwise at least once. An empty index, which Docker 25.0 writes for an image without a tag, is
 * accepted.
 *
 * @throws InvalidInputError formats-disagree, as openLayout()
 */
export async function verifyIndexAgrees(tree: FileTree, opened: OpenedFormat): Promise<void> {
  if (!holdsLayout(tree)) return;
  const { image, opening } = opened;
  const only = await layoutImage(tree, opening, image.platform);
  const ids = only === undefined ? await idsByNames(tree, opened) : [only];
  if (ids.length > 0) {
    verifyAgree(ids, image.imageId, true, (id) => disagree(id, image.imageId));
    return;
  }
  const all: (Digest | undefined)[] = [];
  for (const [at] of layoutEntries(tree).slice(0, LIMITS.layoutEntriesRead).entries()) {
    all.push(await imageAt(tree, opened, at));
  }
  verifyAgree(all, image.imageId, false, (id) => disagree(id, image.imageId));
}

/**
 * @param ids ids of images; undefined for an entry that is not an image, which no tool loads
 * @param every whether all entries must be this image, or only one
 */
function verifyAgree(
  ids: readonly (Digest | undefined)[],
  imageId: Digest,
  every: boolean,
  refusal: (other: Digest) => InvalidInputError,
): void {
  const other = ids.find((id) => id !== undefined && id !== imageId);
  if (other !== undefined && (every || !ids.includes(imageId))) throw refusal(other);
}

/**
 * Id of an image of manifest.json. If it is an image of another platform in index.json, the id of the opened
 * image.
 */
async function archivedImage(
  tree: FileTree,
  { Config }: ArchivedImage,
  { image, opening, ref }: OpenedFormat,
): Promise<Digest | undefined> {
  const range = tree.find(Config);
  // The config is missing: readers of manifest.json find no image either.
  if (range === undefined) return undefined;
  const bytes = readRange(range, Config);
  const id = sha256(bytes);
  if (id === image.imageId) return id;
  const { platform } = parseConfig(bytes, id);
  const listed = await layoutImage(tree, opening, platform, ref);
  return platform !== image.platform && listed === id ? image.imageId : id;
}

/** Ids in index.json under the names that manifest.json gives the image, or under the requested name. */
async function idsByNames(tree: FileTree, { image, opening, ref }: OpenedFormat): Promise<readonly Digest[]> {
  const own = archivedImages(tree).filter(({ Config }) => isConfig(tree, Config, image.imageId));
  const names = askedNames(tree, ref) ?? own.flatMap(({ RepoTags }) => RepoTags);
  const ids: Digest[] = [];
  for (const [at, entry] of layoutEntries(tree).entries()) {
    const isOtherPlatform = entry.platform && formatPlatform(entry.platform) !== image.platform;
    if (isOtherPlatform === true || !names.some((name) => isNamed(entry, name))) continue;
    const id = await layoutImage(tree, opening, image.platform, `@${at}`);
    if (id !== undefined) ids.push(id);
  }
  return ids;
}

function isConfig(tree: FileTree, name: string, id: Digest): boolean {
  const range = tree.find(name);
  return range !== undefined && sha256(readRange(range, name)) === id;
}

/** Id of an entry of index.json; undefined for a signature, an attestation, or an image of other platforms. */
async function imageAt(
  tree: FileTree,
  { image, opening }: OpenedFormat,
  at: number,
): Promise<Digest | undefined> {
  try {
    return await layoutImage(tree, opening, image.platform, `@${at}`);
  } catch (error) {
    if (error instanceof InvalidInputError) return undefined;
    throw error;
  }
}

/**
 * Names from a reference to an image; `@N` refers to the names of an entry. Undefined without a reference.
 */
function askedNames(tree: FileTree, ref: string | undefined): readonly string[] | undefined {
  const position = ref === undefined ? undefined : positionOf(ref);
  if (ref === undefined || position === undefined) return ref === undefined ? undefined : [ref];
  const entry = layoutEntries(tree)[position];
  return entry === undefined ? undefined : namesOf(entry);
}

function isMeant({ RepoTags }: ArchivedImage, names: readonly string[]): boolean {
  return names.some((name) => RepoTags.some((tag) => isSameName(tag, name) || tag.endsWith(`:${name}`)));
}

/** Whether an entry has this name; a tag alone counts only if the entry has no full name. */
function isNamed({ annotations }: Descriptor, name: string): boolean {
  const { "io.containerd.image.name": whole, "org.opencontainers.image.ref.name": tag } = annotations;
  if (whole !== undefined) return isSameName(whole, name);
  return tag !== undefined && (isSameName(tag, name) || name.endsWith(`:${tag}`));
}

/** Image by index.json; undefined if that names several. */
async function layoutImage(
  tree: FileTree,
  opening: Opening,
  platform: string,
  ref?: string,
): Promise<Digest | undefined> {
  try {
    return (await openLayout(tree, { ...opening, wanted: wantedPlatform(platform) }, ref)).imageId;
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

function disagree(index: Digest, manifest: Digest): InvalidInputError {
  return new InvalidInputError("formats-disagree", {
    fr: `l'archive contient deux images : ${index} selon index.json, ${manifest} selon manifest.json. Selon l'outil qui la charge, ce n'est pas la même qui s'exécuterait : elle est refusée. Refaire l'archive avec « docker save », « ctr images export » ou « skopeo copy ».`,
    en: `the archive holds two images: ${index} by index.json, ${manifest} by manifest.json. Which one runs would depend on the tool that loads it: it is refused. Make it again with \`docker save\`, \`ctr images export\` or \`skopeo copy\`.`,
  });
}
