/**
 * Every bound on hostile input, in one place, each with its reason. A bound that is hit is an
 * error that names it; none is ever a silent truncation.
 */
export const LIMITS = {
  /** The largest real image seen (an ML stack) holds about 400,000 entries. */
  entriesPerImage: 1_000_000,
  /** Layers of one image; overlayfs itself stops at 500, real images stay below 130. */
  layersPerImage: 500,
  /** Bytes of tar, all layers together; GPU images reach 30 GB. */
  unpackedBytesPerImage: 64 * 1024 ** 3,
  /** Inflated bytes per compressed byte of a layer. Deflate's own ceiling is 1,032; sparse logs reach 300. */
  expansionRatio: 1_000,
  /** A layer may always expand to this, whatever its ratio: small layers of zeros are innocent. */
  expansionFloorBytes: 16 * 1024 ** 2,
  /** Bytes of one file that a rule asked to keep; what is longer is kept up to here and marked. */
  keptFileBytes: 4 * 1024 ** 2,
  /** Bytes kept of all the files of one layer, so that memory does not grow with the image. */
  keptBytesPerLayer: 16 * 1024 ** 2,
  /** A JSON document: manifest, index, config, archive listing, evidence. Registries cap manifests at 4 MiB. */
  jsonBytes: 64 * 1024 ** 2,
  /** Config blobs and manifests; the largest real config seen is 200 KiB. */
  manifestBytes: 8 * 1024 ** 2,
  /** Nesting of a JSON document; OCI documents need 6. */
  jsonDepth: 100,
  /** Bytes of PAX or GNU long-name records before one entry; PATH_MAX is 4 KiB, xattrs 64 KiB each. */
  tarExtensionBytes: 1024 ** 2,
  /** A path in a tar; Linux's PATH_MAX. */
  pathBytes: 4_096,
  /** Symbolic links followed while one name is resolved; Linux's own limit. */
  symlinks: 40,
  /** Indexes nested in indexes. */
  indexDepth: 4,
  /** Manifests listed by one index. */
  manifestsPerIndex: 1_000,
  /** Files of one archive (docker save: three per layer). */
  archiveEntries: 10_000,
  /** Redirects followed for one request. */
  redirects: 5,
  /** Milliseconds without a byte from a registry before the connection is given up. */
  networkIdleMs: 30_000,
  /** Attempts of one request or resumed download. */
  networkAttempts: 5,
  /** Milliseconds that a registry may ask us to wait (Retry-After). */
  retryAfterMs: 60_000,
  /** Secrets reported for one layer. */
  secretsPerLayer: 500,
  /** Bytes of a configuration file (douane.yaml, platform policy). */
  settingsBytes: 1024 ** 2,
} as const;
