/** Bounds on attestations and on the registries that hold them. */
export const ATTESTATION_LIMITS = {
  /** Attestation manifests that one index lists for an image, and statements of each; BuildKit makes one, of two. */
  attestationsRead: 10,
  /** Bytes of one attestation (envelope or bundle); an SBOM of 100,000 packages has some 60 MB, in Base64 80. */
  attestationBytes: 96 * 1024 ** 2,
  /** JSON values of a signed statement; an SBOM of 100,000 packages has some 2 million. */
  statementValues: 4_000_000,
  /** Signatures of one envelope; each costs a verification for every trusted key. */
  envelopeSignatures: 16,
  /** Subjects of one statement; an index and its platforms have ten. */
  statementSubjects: 1_000,
  /** Attestations read of one image, over all places where they lie. */
  attestationsPerImage: 1_000,
  /** Bytes of all attestations of one image. */
  attestedBytesPerImage: 512 * 1024 ** 2,
  /** Pages of tags or referrers that are read of one repository; a page has 1,000 of the former. */
  registryPages: 100,
  /** Times that a tag shared with other writers is written again until it holds what was added. */
  sharedTagWrites: 40,
} as const;
