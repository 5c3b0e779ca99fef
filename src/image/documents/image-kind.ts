import { InvalidInputError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Manifest } from "./manifest.ts";
import { CONFIG_TYPES, isLayerType } from "./media-types.ts";

/** What else is kept in registries, by media type of the config or artifact. */
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
 * A registry holds more than images. One is an image when its config is an image config and its
 * layers, if any, are tars; signatures and SBOMs borrow the config's type but not the layers'.
 *
 * @throws InvalidInputError not-an-image
 */
export function verifyIsImage(manifest: Manifest): void {
  const layerTypes = (manifest.layers ?? []).map((layer) => layer.mediaType);
  const hasTars = layerTypes.length === 0 || layerTypes.some(isLayerType);
  if (CONFIG_TYPES.includes(manifest.config.mediaType) && hasTars) return;
  const types = [manifest.artifactType ?? "", manifest.config.mediaType, ...layerTypes];
  throw notAnImage(types.filter((type) => type !== "" && !CONFIG_TYPES.includes(type)));
}

/** @param types media types that say what it is, the most telling first */
export function notAnImage(types: readonly string[]): InvalidInputError {
  const kind = KINDS.find(([prefix]) => types.some((type) => type.startsWith(prefix)));
  const type = quoted(types.find((candidate) => !candidate.includes(".empty.")) ?? types[0] ?? "");
  const [, fr, en] = kind ?? ["", "un artefact", "an artifact"];
  return new InvalidInputError("not-an-image", {
    fr: `ce n'est pas une image d'application : c'est ${fr} (${type}). Indiquer la référence de l'image elle-même.`,
    en: `this is not an application image: it is ${en} (${type}). Give the reference of the image itself.`,
  });
}
