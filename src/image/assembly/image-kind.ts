import { InvalidInputError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Descriptor } from "../documents/descriptor.ts";
import { type Manifest, parseManifest } from "../documents/manifest.ts";
import { CONFIG_TYPES, INDEX_TYPES, isLayerType, MANIFEST_TYPES } from "../documents/media-types.ts";
import { type BlobStore, readDocument } from "../source/blob-store.ts";

/** Other artifacts in registries, by media type of the config or artifact. */
const KINDS: readonly (readonly [prefix: string, fr: string, en: string])[] = [
  ["application/vnd.cncf.helm.", "un chart Helm", "a Helm chart"],
  ["application/vnd.wasm.", "un module WebAssembly", "a WebAssembly module"],
  ["application/vnd.docker.plugin.", "un plugin Docker", "a Docker plugin"],
  ["application/vnd.buildkit.cacheconfig.", "un cache BuildKit", "a BuildKit cache"],
  ["application/vnd.dev.cosign.", "une signature cosign", "a cosign signature"],
  ["application/vnd.dev.sigstore.", "une signature Sigstore", "a Sigstore signature"],
  ["application/vnd.cncf.notary.", "une signature Notation", "a Notation signature"],
  ["application/vnd.in-toto", "une attestation in-toto", "an in-toto attestation"],
  ["application/spdx", "un SBOM SPDX", "an SPDX SBOM"],
  ["application/vnd.cyclonedx", "un SBOM CycloneDX", "a CycloneDX SBOM"],
];

/**
 * Refuses other artifacts, since registries store more than images. An image has an image config, and its
 * layers, if any, are tars; signatures and SBOMs have the config's type, but not the layers'.
 *
 * @throws InvalidInputError not-an-image
 */
export function verifyIsImage(manifest: Manifest): void {
  if (isOfImage(manifest)) return;
  const layerTypes = (manifest.layers ?? []).map((layer) => layer.mediaType);
  const types = [manifest.artifactType ?? "", manifest.config.mediaType, ...layerTypes];
  throw notAnImage(types.filter((type) => type !== "" && !CONFIG_TYPES.includes(type)));
}

function isOfImage({ config, layers }: Manifest): boolean {
  const types = (layers ?? []).map(({ mediaType }) => mediaType);
  return CONFIG_TYPES.includes(config.mediaType) && (types.length === 0 || types.some(isLayerType));
}

/** Whether an entry is an image or an index; also true for an entry that the store lacks. */
export async function isImage(entry: Descriptor, store: BlobStore): Promise<boolean> {
  if (![...MANIFEST_TYPES, ...INDEX_TYPES].includes(entry.mediaType)) return false;
  const bytes = await readDocument(store, entry);
  if (bytes === undefined) return true;
  const document = parseManifest(bytes, entry.digest, entry.mediaType);
  return document.kind === "index" || isOfImage(document.manifest);
}

/** @param types media types of the artifact, most specific first; at least one */
export function notAnImage(types: readonly string[]): InvalidInputError {
  const kind = KINDS.find(([prefix]) => types.some((type) => type.startsWith(prefix)));
  const type = quoted(types.find((candidate) => !candidate.includes(".empty.")) ?? types[0] ?? "");
  const [, fr, en] = kind ?? ["", "un artefact", "an artifact"];
  return new InvalidInputError("not-an-image", {
    fr: `ce n'est pas une image d'application : c'est ${fr} (${type}). Indiquer la référence de l'image elle-même.`,
    en: `this is not an application image: it is ${en} (${type}). Give the reference of the image itself.`,
  });
}

/** Error for an index whose entries cannot be images. */
export function listsNoImage(entries: readonly Descriptor[]): InvalidInputError {
  const types = entries.map(({ artifactType, mediaType }) => quoted(artifactType ?? mediaType));
  const seen = [...new Set(types)].slice(0, 5).join(", ");
  return new InvalidInputError("not-an-image", {
    fr: `l'index ne liste aucune image${seen === "" ? "" : ` : seulement ${seen}`}. Indiquer la référence de l'image elle-même.`,
    en: `the index lists no image${seen === "" ? "" : `: only ${seen}`}. Give the reference of the image itself.`,
  });
}
