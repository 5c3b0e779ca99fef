import { InvalidInputError, UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { ArchivedImage } from "../documents/archive-manifest.ts";
import { imageNotInSource, positionOf } from "./layout-ref.ts";
import { isSameName } from "./same-name.ts";

const SHOWN = 20;

/**
 * Image of a `docker save` archive with the tag `ref`, or at position `@N`; without `ref`, the only image.
 *
 * @throws UsageError image-not-in-source, several-images
 * @throws InvalidInputError empty-archive, name-repeated
 */
export function selectArchivedImage(
  images: readonly ArchivedImage[],
  ref: string | undefined,
): ArchivedImage {
  const [first, ...others] = images;
  if (first === undefined) throw emptyArchive();
  if (ref !== undefined) {
    const found = namedImage(images, ref);
    if (found === undefined) throw imageNotInSource(ref, list(images));
    return found;
  }
  if (others.every((other) => other.Config === first.Config)) return first;
  throw new UsageError("several-images", {
    fr: `cette archive contient plusieurs images : ${list(images)}. Préciser laquelle après « : ».`,
    en: `this archive holds several images: ${list(images)}. Say which one after ":".`,
  });
}

function namedImage(images: readonly ArchivedImage[], ref: string): ArchivedImage | undefined {
  const position = positionOf(ref);
  if (position !== undefined) return images[position];
  const [first, ...others] = images.filter(({ RepoTags }) => RepoTags.some((tag) => isSameName(tag, ref)));
  if (others.some(({ Config }) => Config !== first?.Config)) throw nameRepeated(ref);
  return first;
}

function nameRepeated(ref: string): InvalidInputError {
  return new InvalidInputError("name-repeated", {
    fr: `manifest.json donne le nom ${quoted(ref)} à plusieurs images : selon l'outil qui charge l'archive, ce n'est pas la même qui s'exécuterait. L'archive est refusée : la refaire avec « docker save ».`,
    en: `manifest.json gives several images the name ${quoted(ref)}: which one runs would depend on the tool that loads the archive. It is refused: make it again with \`docker save\`.`,
  });
}

function list(images: readonly ArchivedImage[]): string {
  const shown = images.slice(0, SHOWN).map(({ RepoTags }, at) => RepoTags.map(quoted)[0] ?? `@${at}`);
  return shown.join(", ") + (images.length > SHOWN ? "…" : "");
}

function emptyArchive(): InvalidInputError {
  return new InvalidInputError("empty-archive", {
    fr: "cette archive ne contient pas d'image : manifest.json est absent ou vide, et index.json aussi. Refaire « docker save » ou indiquer le bon fichier.",
    en: "this archive holds no image: manifest.json is absent or empty, and so is index.json. Run `docker save` again, or name the right file.",
  });
}
