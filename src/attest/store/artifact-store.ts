import type { Digest } from "../../contract/image-facts.ts";

/** Digest and size of a blob. */
export interface BlobRef {
  readonly digest: Digest;
  readonly size: number;
}

/** Store of an image and its attachments, for reading. */
export interface ArtifactReader {
  /**
   * Bytes of a manifest; undefined if the store does not have it.
   *
   * @param reference tag or digest; by digest, the bytes are verified
   */
  manifest(reference: string): Promise<Uint8Array | undefined>;
  /**
   * Bytes of a blob, verified; undefined if the store does not have it.
   *
   * @param limit maximum number of bytes
   */
  blob(ref: BlobRef, limit: number): Promise<Uint8Array | undefined>;
  /** True if a list of referrers includes those under a fallback tag, as that of a registry does. */
  readonly referrersAreComplete: boolean;
  /** Descriptors of the manifests that have this subject; undefined if the store has no such list. */
  referrers(subject: Digest): Promise<readonly unknown[] | undefined>;
  /** Tags that begin so. */
  tags(prefix: string): Promise<readonly string[]>;
  close(): void;
}

/** Place that can also be written to: a repository of a registry, or an OCI layout. */
export interface ArtifactStore extends ArtifactReader {
  putBlob(bytes: Uint8Array): Promise<Digest>;
  /**
   * Puts a manifest.
   *
   * @param reference tag or digest
   * @returns whether the store itself lists the manifest among the referrers of its subject
   */
  putManifest(reference: string, mediaType: string, bytes: Uint8Array): Promise<boolean>;
}
