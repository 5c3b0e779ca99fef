import { InvalidInputError } from "../../contract/error.ts";
import { assembleImage, type Opening } from "../assemble.ts";
import { notAnImage } from "../documents/image-kind.ts";
import { parseManifest } from "../documents/manifest.ts";
import type { OpenImage } from "../open-image.ts";
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
 * @throws InvalidInputError not-a-layout, layout-version, those of assembleImage()
 */
export async function openLayout(tree: FileTree, opening: Opening, ref?: string): Promise<OpenImage> {
  const range = tree.find(INDEX);
  if (range === undefined) throw notALayout();
  verifyLayoutFile(tree);
  const document = parseManifest(readRange(range, INDEX), INDEX);
  if (document.kind === "manifest") throw notAnImage([INDEX]);
  const manifests = selectEntries(document.index.manifests ?? [], ref);
  const index = { ...document.index, manifests: [...manifests] };
  return assembleImage(opening, { document: { kind: "index", index } }, layoutStore(tree));
}

function notALayout(): InvalidInputError {
  return new InvalidInputError("not-a-layout", {
    fr: "ce n'est pas un layout OCI : il n'y a pas d'index.json. Indiquer ce qu'ont écrit « skopeo copy … oci:DOSSIER » ou « skopeo copy … oci-archive:FICHIER » ; pour « docker save », docker-archive:FICHIER.",
    en: "this is no OCI layout: there is no index.json. Give what `skopeo copy … oci:DIR` or `skopeo copy … oci-archive:FILE` wrote; for `docker save`, docker-archive:FILE.",
  });
}

/** Whether there is an index.json that lists something: `docker save` may leave an empty one beside its manifest.json. */
export function holdsLayout(tree: FileTree): boolean {
  const range = tree.find(INDEX);
  if (range === undefined) return false;
  const document = parseManifest(readRange(range, INDEX), INDEX);
  return document.kind === "index" && (document.index.manifests ?? []).length > 0;
}
