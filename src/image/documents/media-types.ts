// https://github.com/opencontainers/image-spec/blob/main/media-types.md and
// https://distribution.github.io/distribution/spec/manifest-v2-2/

export const OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
export const OCI_INDEX = "application/vnd.oci.image.index.v1+json";
export const DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
export const DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";

export const MANIFEST_TYPES: readonly string[] = [OCI_MANIFEST, DOCKER_MANIFEST];
export const INDEX_TYPES: readonly string[] = [OCI_INDEX, DOCKER_LIST];

export const CONFIG_TYPES: readonly string[] = [
  "application/vnd.oci.image.config.v1+json",
  "application/vnd.docker.container.image.v1+json",
];

/** A layer as `docker save` stores it. */
export const DOCKER_LAYER = "application/vnd.docker.image.rootfs.diff.tar";

/**
 * Whether the type is a layer of OCI or Docker: a tar, compressed or not. Includes `foreign` and
 * `nondistributable` layers, whose content is outside the registry.
 */
export function isLayerType(mediaType: string): boolean {
  return /^application\/vnd\.(?:oci\.image\.layer\.(?:nondistributable\.)?v1\.tar(?:\+gzip|\+zstd)?|docker\.image\.rootfs\.(?:foreign\.)?diff\.tar(?:\.gzip|\.zstd)?)$/.test(
    mediaType,
  );
}

export function isForeignLayer(mediaType: string): boolean {
  return isLayerType(mediaType) && /\.(?:foreign|nondistributable)\./.test(mediaType);
}
