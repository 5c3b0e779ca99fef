/** Bounds of the search for secrets; part of LIMITS. */
export const SECRET_LIMITS = {
  /** Files of one layer named as not searched; the rest is counted. */
  unsearchedPerLayer: 50,
  /** Places of one layer that are compared with a secret's form: 50 µs each where text is made for it; a layer with 400 MiB of an application's own modules has 6,000. */
  secretMatchesPerLayer: 100_000,
  /** Secrets reported for one layer. */
  secretsPerLayer: 500,
  /**
   * Settings found in package folders of one layer, held until its packages are known; botocore alone has 60.
   */
  packagedSettingsPerLayer: 10_000,
  /** Secrets of one config; each is looked for in all its fields. */
  secretsPerConfig: 200,
  /** Literal secrets of one workload; each is looked for in all its fields. */
  secretsPerWorkload: 200,
} as const;
