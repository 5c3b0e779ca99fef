/** Bounds of the search for secrets; part of LIMITS. */
export const SECRET_LIMITS = {
  /** Files of one layer named as not searched; the others are counted. */
  unsearchedPerLayer: 50,
  /**
   * Places of one layer compared with a secret's form, up to 50 µs each; 400 MiB of own modules have 6,000.
   */
  secretMatchesPerLayer: 100_000,
  /** Secrets reported for one layer. */
  secretsPerLayer: 500,
  /**
   * Settings found in package folders of one layer, held until the layer's packages are known; botocore alone
   * has 60.
   */
  packagedSettingsPerLayer: 10_000,
  /** Secrets of one config, each searched in all its fields. */
  secretsPerConfig: 200,
  /** Literal secrets of one workload, each searched in all its fields. */
  secretsPerWorkload: 200,
  /** Pieces of random values given to a trial that are searched in its texts; a token of 40 characters has some 300. */
  secretPieces: 200_000,
} as const;
