/** Bounds on attestations and on the registries that hold them. */
export const ATTESTATION_LIMITS = {
  /**
   * Attestation manifests that one index lists for an image, and statements of each manifest; BuildKit writes
   * one manifest with two statements.
   */
  attestationsRead: 10,
  /**
   * Bytes of one attestation (envelope or bundle); an SBOM of 100,000 packages has some 60 MB, or 80 MB as
   * Base64.
   */
  attestationBytes: 96 * 1024 ** 2,
  /** JSON values of a signed statement; an SBOM of 100,000 packages has some 2 million. */
  statementValues: 4_000_000,
  /** Signatures of one envelope; each costs a verification for every trusted key. */
  envelopeSignatures: 16,
  /** Subjects of one statement; an index and its platforms have ten. */
  statementSubjects: 1_000,
  /** Attestations read of one image, over all their places. */
  attestationsPerImage: 1_000,
  /** Bytes of all attestations of one image. */
  attestedBytesPerImage: 512 * 1024 ** 2,
  /** Pages of tags or referrers read of one repository; a page of tags has 1,000 entries. */
  registryPages: 100,
  /** Maximum number of writes of a tag shared with other writers, until it contains the addition. */
  sharedTagWrites: 40,
} as const;
