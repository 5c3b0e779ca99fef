import * as z from "zod/mini";
import { InvalidInputError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { parseDocument } from "../../json/document.ts";
import { conforming } from "../documents/schema-error.ts";
import type { FileTree } from "./file-tree.ts";
import { readRange } from "./read-range.ts";

const NAME = "oci-layout";

/**
 * The oci-layout file: https://github.com/opencontainers/image-spec/blob/main/image-layout.md#oci-layout-file
 */
const LayoutFile = z.object({ imageLayoutVersion: z.string() });

/**
 * Verifies the file that marks an OCI layout: containerd and umoci refuse other versions. A layout without
 * the file is accepted, as in Skopeo.
 *
 * @throws InvalidInputError layout-version, as parseDocument()
 */
export function verifyLayoutFile(tree: FileTree): void {
  const range = tree.find(NAME);
  if (range === undefined) return;
  const data = conforming(LayoutFile, parseDocument(readRange(range, NAME), NAME), NAME);
  if (data.imageLayoutVersion === "1.0.0") return;
  const seen = quoted(data.imageLayoutVersion);
  throw new InvalidInputError("layout-version", {
    fr: `${NAME} : version ${seen} d'un layout OCI ; seule la version 1.0.0 existe. Exporter l'image à nouveau avec un outil actuel (skopeo copy, docker buildx).`,
    en: `${NAME}: version ${seen} of an OCI layout; 1.0.0 is the only one that exists. Export the image again with a current tool (skopeo copy, docker buildx).`,
  });
}
