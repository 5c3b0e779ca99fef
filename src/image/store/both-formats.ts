// Archives that are both an OCI layout and a docker-archive, as written by Docker since 25 and by `ctr
// export`. containerd, Docker and skopeo each read one of the formats, and not all the same one.

import { sha256 } from "../../contract/digest.ts";
import { InvalidInputError, UsageError } from "../../contract/error.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { type Opening } from "../assembly/assemble.ts";
import type { ArchivedImage } from "../documents/archive-manifest.ts";
import { parseConfig } from "../documents/config.ts";
import { wantedPlatform } from "../documents/platform.ts";
import type { OpenImage } from "../source/open-image.ts";
import { archivedImages } from "./docker-archive.ts";
import type { FileTree } from "./file-tree.ts";
import { holdsLayout, openLayout } from "./open-layout.ts";
import { readRange } from "./read-range.ts";
import { isSameName } from "./same-name.ts";

/**
 * Verifies that manifest.json names the image opened from index.json, or that of another platform in
 * index.json.
 *
 * @param ref that selected the image
 * @throws InvalidInputError formats-disagree, as parseConfig()
 */
export async function verifyManifestAgrees(
  tree: FileTree,
  image: OpenImage,
  opening: Opening,
  ref?: string,
): Promise<void> {
  for (const archived of archivedImages(tree).filter((one) => isMeant(one, ref))) {
    const range = tree.find(archived.Config);
    // The config is missing: readers of manifest.json find no image either.
    if (range === undefined) continue;
    const bytes = readRange(range, archived.Config);
    const id = sha256(bytes);
    if (id === image.imageId) continue;
    const { platform } = parseConfig(bytes, id);
    const listed = await layoutImage(tree, opening, platform, ref);
    if (platform === image.platform || listed !== id) throw disagree(image.imageId, id);
  }
}

/** Verifies that index.json names the image opened from manifest.json, unless it names several. */
export async function verifyIndexAgrees(tree: FileTree, image: OpenImage, opening: Opening): Promise<void> {
  if (!holdsLayout(tree)) return;
  const listed = await layoutImage(tree, opening, image.platform);
  if (listed !== undefined && listed !== image.imageId) throw disagree(listed, image.imageId);
}

function isMeant({ RepoTags }: ArchivedImage, ref: string | undefined): boolean {
  return ref === undefined || RepoTags.some((tag) => isSameName(tag, ref) || tag.endsWith(`:${ref}`));
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
