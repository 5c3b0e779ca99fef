import type { Digest } from "../../contract/image-facts.ts";
import type { ArtifactReader, ArtifactStore, BlobRef } from "../store/artifact-store.ts";

/** Place that an image is copied from. */
export interface CopySource extends ArtifactReader {
  /** Bytes of a blob, streamed and not verified. */
  stream(ref: BlobRef): AsyncIterable<Uint8Array>;
}

/** Place that an image is copied to. */
export interface CopyTarget extends ArtifactStore {
  hasBlob(ref: BlobRef): Promise<boolean>;
  /**
   * Writes a blob of any size, of which little is in memory at a time.
   *
   * @param open opens the content; called again if the transfer restarts
   */
  putStream(ref: BlobRef, open: () => AsyncIterable<Uint8Array>): Promise<void>;
  /**
   * Takes a blob from another repository of the same registry.
   *
   * @param from registry and repository
   * @returns false if the registry does not do so
   */
  mount(digest: Digest, from: string): Promise<boolean>;
  /** Writes a manifest that is part of an index: without a tag, and without an own entry in a layout. */
  putPart(mediaType: string, bytes: Uint8Array): Promise<void>;
}
