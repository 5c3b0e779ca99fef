import { InvalidInputError, UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Descriptor } from "../documents/descriptor.ts";
import { isAttestation } from "../documents/resolve.ts";
import { formatPlatform } from "../platform.ts";
import { isSameName } from "../same-name.ts";

const SHOWN = 20;

/**
 * The entries of a layout's index.json that are the image named by `ref`: by its
 * `org.opencontainers.image.ref.name` (containerd writes `io.containerd.image.name` besides), or
 * `@N`, the entry at this position, counted from 0, as containers-transports(5) has it. Without
 * `ref` the layout must hold one image, be it under several names; entries of different platforms and one name are one image.
 *
 * @throws UsageError image-not-in-source, several-images
 * @throws InvalidInputError empty-layout
 */
export function selectEntries(
  entries: readonly Descriptor[],
  ref: string | undefined,
): readonly Descriptor[] {
  if (entries.length === 0) throw emptyLayout();
  if (ref !== undefined) return namedEntries(entries, ref);
  const images = entries.filter((entry) => !isAttestation(entry));
  const isOneImage = new Set(images.map(({ digest }) => digest)).size <= 1 || isMultiPlatform(images);
  if (isOneImage) return entries;
  throw new UsageError("several-images", {
    fr: `cette source contient plusieurs images : ${list(entries)}. Préciser laquelle après « : ».`,
    en: `this source holds several images: ${list(entries)}. Say which one after ":".`,
  });
}

function namedEntries(entries: readonly Descriptor[], ref: string): readonly Descriptor[] {
  const position = /^@(\d{1,4})$/.exec(ref)?.[1];
  const found = entries.filter((entry, at) =>
    position === undefined ? namesOf(entry).some((name) => isSameName(name, ref)) : at === Number(position),
  );
  if (found.length > 0) return found;
  throw imageNotInSource(ref, list(entries));
}

/** @throws UsageError image-not-in-source */
export function imageNotInSource(ref: string, available: string): UsageError {
  return new UsageError("image-not-in-source", {
    fr: `cette source ne contient pas d'image ${quoted(ref)}. Elle contient : ${available}.`,
    en: `this source holds no image ${quoted(ref)}. It holds: ${available}.`,
  });
}

function namesOf({ annotations }: Descriptor): readonly string[] {
  const names = [annotations["org.opencontainers.image.ref.name"], annotations["io.containerd.image.name"]];
  return names.filter((name) => name !== undefined);
}

/** At most one name among the entries, and no platform twice. */
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
