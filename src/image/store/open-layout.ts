import { InvalidInputError } from "../../contract/error.ts";
import { assembleImage, type Opening } from "../assembly/assemble.ts";
import type { Descriptor } from "../documents/descriptor.ts";
import { parseManifest } from "../documents/manifest.ts";
import type { OpenImage } from "../source/open-image.ts";
import type { FileTree } from "./file-tree.ts";
import { verifyLayoutFile } from "./layout-file.ts";
import { selectEntries } from "./layout-ref.ts";
import { layoutStore } from "./layout-store.ts";
import { readRange } from "./read-range.ts";

const INDEX = "index.json";

/**
 * Opens an image of an OCI layout.
 *
 * @param ref see selectEntries()
 * @throws InvalidInputError not-a-layout, layout-version, as assembleImage()
 */
export async function openLayout(tree: FileTree, opening: Opening, ref?: string): Promise<OpenImage> {
  const range = tree.find(INDEX);
  if (range === undefined) throw notALayout();
  verifyLayoutFile(tree);
  const document = parseManifest(readRange(range, INDEX), INDEX);
  if (document.kind === "manifest") throw notAnIndex();
  const store = layoutStore(tree);
  const { entries, choice } = await selectEntries(document.index.manifests ?? [], ref, store);
  const index = { ...document.index, manifests: [...entries] };
  const image = await assembleImage(opening, { document: { kind: "index", index } }, store);
  return choice === undefined ? image : { ...image, choice: image.choice ?? choice };
}

function notALayout(): InvalidInputError {
  return new InvalidInputError("not-a-layout", {
    fr: "ce n'est pas un layout OCI : il n'y a pas d'index.json. Indiquer ce qu'ont écrit « skopeo copy … oci:RÉPERTOIRE » ou « skopeo copy … oci-archive:FICHIER » ; pour « docker save », docker-archive:FICHIER.",
    en: "this is not an OCI layout: there is no index.json. Give what `skopeo copy … oci:DIR` or `skopeo copy … oci-archive:FILE` wrote; for `docker save`, docker-archive:FILE.",
  });
}

function notAnIndex(): InvalidInputError {
  return new InvalidInputError("not-a-layout", {
    fr: `${INDEX} est le manifeste d'une image : l'index d'un layout OCI est attendu. Exporter l'image à nouveau (skopeo copy, docker buildx).`,
    en: `${INDEX} is the manifest of an image, where the index of an OCI layout is expected. Export the image again (skopeo copy, docker buildx).`,
  });
}

/**
 * Whether index.json lists anything: `docker save` may write an empty index.json beside its manifest.json.
 */
export function holdsLayout(tree: FileTree): boolean {
  return layoutEntries(tree).length > 0;
}

/** Entries of index.json; empty if the file is missing, or is not an index. */
export function layoutEntries(tree: FileTree): readonly Descriptor[] {
  const range = tree.find(INDEX);
  if (range === undefined) return [];
  const document = parseManifest(readRange(range, INDEX), INDEX);
  return document.kind === "index" ? (document.index.manifests ?? []) : [];
}
