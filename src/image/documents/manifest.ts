import * as z from "zod/mini";
import { InvalidInputError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { parseDocument } from "../../json/document.ts";
import { verifySpelling } from "../../json/spelling.ts";
import { Annotations, Descriptor } from "./descriptor.ts";
import { INDEX_TYPES, MANIFEST_TYPES } from "./media-types.ts";
import { conforming } from "./schema-error.ts";
import { MANIFEST_SPELLING } from "./spellings.ts";

/** A manifest: https://github.com/opencontainers/image-spec/blob/main/manifest.md, or Docker's schema 2. */
export const Manifest = z.object({
  schemaVersion: z.literal(2),
  mediaType: z.optional(z.string()),
  artifactType: z.optional(z.string()),
  config: Descriptor,
  layers: z.nullish(z.array(Descriptor)),
  annotations: Annotations,
});
export type Manifest = z.infer<typeof Manifest>;

/**
 * An index: https://github.com/opencontainers/image-spec/blob/main/image-index.md, or Docker's manifest list.
 */
export const Index = z.object({
  schemaVersion: z.literal(2),
  mediaType: z.optional(z.string()),
  manifests: z.nullish(z.array(Descriptor)),
});
export type Index = z.infer<typeof Index>;

export type ManifestDocument =
  | { readonly kind: "manifest"; readonly manifest: Manifest }
  | { readonly kind: "index"; readonly index: Index };

/**
 * Parses a manifest or an index, distinguished only by structure, so the registry's media type does not
 * matter. A document that could be read as both is refused (CVE-2021-41190).
 *
 * @param what name of the document in messages
 * @param announced media type under which another document lists it, if any
 * @throws InvalidInputError json-too-deep, json-invalid, duplicate-key, json-surrogate, ambiguous-key,
 * docker-schema1, media-type-confusion, media-type-unknown, document-invalid, too-many-layers,
 * too-many-manifests
 */
export function parseManifest(bytes: Uint8Array, what: string, announced = ""): ManifestDocument {
  const value = parseDocument(bytes, what);
  verifySpelling(value, MANIFEST_SPELLING, what);
  const keys = new Set(typeof value === "object" && value !== null ? Object.keys(value) : []);
  refuseSchema1(value, keys, what);
  const isIndex = keys.has("manifests");
  if (isIndex && (keys.has("layers") || keys.has("config"))) {
    throw confusion(what, "manifests + layers/config");
  }
  const document = isIndex ? parseIndex(value, what) : parseImageManifest(value, what);
  const types = isIndex ? INDEX_TYPES : MANIFEST_TYPES;
  const own = document.kind === "index" ? document.index.mediaType : document.manifest.mediaType;
  for (const type of [own ?? "", announced]) {
    if (type === "" || types.includes(type)) continue;
    throw KNOWN_TYPES.includes(type) ? confusion(what, type) : unknownType(what, type);
  }
  return document;
}

const KNOWN_TYPES = [...MANIFEST_TYPES, ...INDEX_TYPES];

function parseImageManifest(value: unknown, what: string): ManifestDocument {
  const manifest = conforming(Manifest, value, what);
  const count = manifest.layers?.length ?? 0;
  if (count <= LIMITS.layersPerImage) return { kind: "manifest", manifest };
  throw new InvalidInputError("too-many-layers", {
    fr: `${what} : ${count} couches, la limite est de ${LIMITS.layersPerImage} (layersPerImage).`,
    en: `${what}: ${count} layers, the limit is ${LIMITS.layersPerImage} (layersPerImage).`,
  });
}

function parseIndex(value: unknown, what: string): ManifestDocument {
  const index = conforming(Index, value, what);
  const count = index.manifests?.length ?? 0;
  if (count <= LIMITS.manifestsPerIndex) return { kind: "index", index };
  throw new InvalidInputError("too-many-manifests", {
    fr: `${what} : l'index liste ${count} manifestes, la limite est de ${LIMITS.manifestsPerIndex} (manifestsPerIndex).`,
    en: `${what}: the index lists ${count} manifests, the limit is ${LIMITS.manifestsPerIndex} (manifestsPerIndex).`,
  });
}

/** Refuses Docker's schema 1, which has no config and has long been obsolete. */
function refuseSchema1(value: unknown, keys: ReadonlySet<string>, what: string): void {
  const isSchema1 =
    keys.has("fsLayers") || z.object({ schemaVersion: z.literal(1) }).safeParse(value).success;
  if (!isSchema1) return;
  throw new InvalidInputError("docker-schema1", {
    fr: `${what} : manifeste Docker « schema 1 », un format abandonné. Republier l'image avec un outil actuel (docker push, skopeo copy).`,
    en: `${what}: a Docker "schema 1" manifest, a format out of use. Push the image again with a current tool (docker push, skopeo copy).`,
  });
}

function unknownType(what: string, seen: string): InvalidInputError {
  return new InvalidInputError("media-type-unknown", {
    fr: `${what} : le type ${quoted(seen)} n'est ni celui d'un manifeste d'image ni celui d'un index (OCI, Docker). Indiquer la référence de l'image elle-même, ou la republier avec un outil actuel.`,
    en: `${what}: the type ${quoted(seen)} is neither that of an image manifest nor that of an index (OCI, Docker). Give the reference of the image itself, or push it again with a current tool.`,
  });
}

function confusion(what: string, seen: string): InvalidInputError {
  return new InvalidInputError("media-type-confusion", {
    fr: `${what} : le type annoncé et le contenu du document se contredisent (${quoted(seen)}) : deux outils pourraient y lire deux images différentes. L'image est refusée.`,
    en: `${what}: the document's announced type and its content contradict each other (${quoted(seen)}): two tools could read two different images from it. The image is refused.`,
  });
}
