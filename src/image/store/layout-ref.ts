import { InvalidInputError, UsageError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { isOfNoPlatform } from "../assembly/image-index.ts";
import { isImage } from "../assembly/image-kind.ts";
import type { Descriptor } from "../documents/descriptor.ts";
import { CONFIG_TYPES } from "../documents/media-types.ts";
import { formatPlatform } from "../documents/platform.ts";
import type { BlobStore } from "../source/blob-store.ts";
import { isSameName } from "./same-name.ts";

const SHOWN = 20;

export interface SelectedEntries {
  readonly entries: readonly Descriptor[];
  /** Note about other images in the source. */
  readonly choice?: Text;
}

/**
 * Entries of a layout's index.json that form the image `ref`: by `org.opencontainers.image.ref.name`
 * (containerd adds `io.containerd.image.name`), or `@N`, the entry at this index from 0, as in
 * containers-transports(5).
 *
 * Without `ref`, the layout must contain one image, possibly under several names. Entries of one name for
 * different platforms are one image. Signatures, attestations and SBOMs beside it (`cosign save`) are
 * skipped.
 *
 * @throws UsageError image-not-in-source, several-images
 * @throws InvalidInputError empty-layout, as isImage()
 */
export async function selectEntries(
  entries: readonly Descriptor[],
  ref: string | undefined,
  store: BlobStore,
): Promise<SelectedEntries> {
  if (entries.length === 0) throw emptyLayout();
  const named = ref === undefined ? entries : namedEntries(entries, ref);
  const found = named.filter((entry) => !isOther(entry));
  if (found.length === 0) return { entries: named };
  if (isOneImage(found)) return { entries: found };
  const images = await imagesAmong(found, store);
  const [image] = images;
  if (image !== undefined && images.length < found.length && isOneImage(images)) {
    return { entries: images, choice: besides(image, found.length - images.length) };
  }
  if (ref !== undefined) return { entries: found };
  throw new UsageError("several-images", {
    fr: `cette source contient plusieurs images : ${list(entries)}. Préciser laquelle après « : ».`,
    en: `this source holds several images: ${list(entries)}. Say which one after ":".`,
  });
}

/**
 * Whether the entry declares itself not to be an image; engines choose entries of index.json by name, not by
 * platform.
 */
function isOther(entry: Descriptor): boolean {
  if (isOfNoPlatform(entry)) return true;
  return !entry.platform && entry.artifactType !== undefined && !CONFIG_TYPES.includes(entry.artifactType);
}

function isOneImage(images: readonly Descriptor[]): boolean {
  return new Set(images.map(({ digest }) => digest)).size <= 1 || isMultiPlatform(images);
}

/** Entries whose documents are images, whatever their annotations; empty if there are too many to read. */
async function imagesAmong(entries: readonly Descriptor[], store: BlobStore): Promise<readonly Descriptor[]> {
  if (entries.length > LIMITS.layoutEntriesRead) return [];
  const images: Descriptor[] = [];
  for (const entry of entries) if (await isImage(entry, store)) images.push(entry);
  return images;
}

function besides({ digest }: Descriptor, others: number): Text {
  return {
    fr: `cette source contient une image d'application et ${others} autre${others > 1 ? "s" : ""} contenu${others > 1 ? "s" : ""} (signatures, attestations, SBOM) : c'est l'image qui est jugée, ${digest}.`,
    en: `this source holds one application image and ${others} other ${others > 1 ? "things" : "thing"} (signatures, attestations, SBOMs): the image is what is judged, ${digest}.`,
  };
}

function namedEntries(entries: readonly Descriptor[], ref: string): readonly Descriptor[] {
  const position = positionOf(ref);
  const found = entries.filter((entry, at) =>
    position === undefined ? namesOf(entry).some((name) => isSameName(name, ref)) : at === position,
  );
  if (found.length > 0) return found;
  throw imageNotInSource(ref, list(entries));
}

/** Index of the entry that `@N` selects; undefined for a name. */
export function positionOf(ref: string): number | undefined {
  const position = /^@(\d{1,4})$/.exec(ref)?.[1];
  return position === undefined ? undefined : Number(position);
}

/** @throws UsageError image-not-in-source */
export function imageNotInSource(ref: string, available: string): UsageError {
  return new UsageError("image-not-in-source", {
    fr: `cette source ne contient pas d'image ${quoted(ref)}. Elle contient : ${available}.`,
    en: `this source holds no image ${quoted(ref)}. It holds: ${available}.`,
  });
}

export function namesOf({ annotations }: Descriptor): readonly string[] {
  const names = [annotations["org.opencontainers.image.ref.name"], annotations["io.containerd.image.name"]];
  return names.filter((name) => name !== undefined);
}

/** Whether the entries are one image: at most one name, and no platform twice. */
function isMultiPlatform(images: readonly Descriptor[]): boolean {
  const names = new Set(images.map((image) => namesOf(image).join()));
  const platforms = new Set(images.map(({ platform }) => (platform ? formatPlatform(platform) : "")));
  return names.size <= 1 && platforms.size === images.length && !platforms.has("");
}

function list(entries: readonly Descriptor[]): string {
  const shown = entries.slice(0, SHOWN).map((entry, at) => namesOf(entry).map(quoted)[0] ?? `@${at}`);
  return shown.join(", ") + (entries.length > SHOWN ? "…" : "");
}

function emptyLayout(): InvalidInputError {
  return new InvalidInputError("empty-layout", {
    fr: "index.json ne liste aucune image : le layout OCI est vide. Exporter l'image à nouveau.",
    en: "index.json lists no image: the OCI layout is empty. Export the image again.",
  });
}
