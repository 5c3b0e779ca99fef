import { isDigest } from "../../contract/digest.ts";
import { InvalidInputError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { parseDocument } from "../../json/document.ts";
import { type Fields, fieldsOf, isFields, objectsAt, textAt } from "../../json/fields.ts";
import { INDEX_TYPE, MANIFEST_TYPE } from "../store/artifact-manifest.ts";
import type { BlobRef } from "../store/artifact-store.ts";

/** Types of layers whose content is stored outside of registries. */
const FOREIGN = /\.(?:foreign|nondistributable)\./;

/** Contents and manifests that a manifest of an image or of an artifact names. */
export interface ManifestParts {
  readonly mediaType: string;
  /** Manifests, of an index. */
  readonly manifests: readonly BlobRef[];
  /**
   * Config and layers. Layers that are stored outside of registries are omitted, since no registry has them.
   */
  readonly blobs: readonly BlobRef[];
}

/**
 * Parses the fields of a manifest that copying needs.
 *
 * @param what name of the manifest in messages
 * @throws InvalidInputError copy-manifest, copy-parts; as parseDocument()
 */
export function manifestParts(bytes: Uint8Array, what: string): ManifestParts {
  const value = parseDocument(bytes, what);
  if (!isFields(value) || value["schemaVersion"] !== 2) throw notAManifest(what);
  const isIndex = "manifests" in value;
  // A document that is both an image and an index is refused: tools would choose differently
  // (CVE-2021-41190).
  if (isIndex && ("layers" in value || "config" in value)) throw notAManifest(what);
  const layers = objectsAt(value, "layers").filter(
    (layer) => !FOREIGN.test(textAt(layer, "mediaType") ?? ""),
  );
  const config = isFields(value["config"]) ? [value["config"]] : [];
  const [manifests, blobs] = [objectsAt(value, "manifests"), [...config, ...layers]];
  const count = manifests.length + blobs.length;
  if (count > LIMITS.manifestsPerIndex) throw tooMany(what, count);
  return {
    mediaType: textAt(value, "mediaType") ?? (isIndex ? INDEX_TYPE : MANIFEST_TYPE),
    manifests: manifests.map((one) => refOf(one, what)),
    blobs: blobs.map((one) => refOf(one, what)),
  };
}

function refOf(descriptor: Fields, what: string): BlobRef {
  const { digest, size } = fieldsOf(descriptor);
  const isSize = typeof size === "number" && Number.isSafeInteger(size) && size >= 0;
  if (typeof digest === "string" && isDigest(digest) && isSize) return { digest, size };
  throw notAManifest(what);
}

function notAManifest(what: string): InvalidInputError {
  return new InvalidInputError("copy-manifest", {
    fr: `${quoted(what)} n'est pas un manifeste OCI ou Docker (schéma 2) lisible sans équivoque. L'image n'est pas copiée ; la reconstruire.`,
    en: `${quoted(what)} is not an unambiguous OCI or Docker manifest (schema 2). The image is not copied; rebuild it.`,
  });
}

function tooMany(what: string, count: number): InvalidInputError {
  return new InvalidInputError("copy-parts", {
    fr: `${quoted(what)} nomme ${count} contenus, la limite est de ${LIMITS.manifestsPerIndex} (manifestsPerIndex).`,
    en: `${quoted(what)} names ${count} contents, the limit is ${LIMITS.manifestsPerIndex} (manifestsPerIndex).`,
  });
}
