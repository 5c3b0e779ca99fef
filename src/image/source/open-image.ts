import type { ReferenceFacts } from "../../contract/evidence.ts";
import type { Digest } from "../../contract/image-facts.ts";
import type { Text } from "../../contract/text.ts";
import type { ConfigDocument } from "../documents/config.ts";
import type { Descriptor } from "../documents/descriptor.ts";

/**
 * An opened image of one platform: documents read and verified, layers listed and readable. Result of
 * openImage() for every transport.
 */
export interface OpenImage {
  /** Source as the user typed it. */
  readonly source: string;
  readonly reference: ReferenceFacts;
  /** Digest of the manifest; absent for a docker-archive, which has none. */
  readonly digest?: Digest;
  readonly indexDigest?: Digest;
  /**
   * Digests of indexes nested in the outer index, through which the manifest was chosen; absent if there are
   * none.
   */
  readonly otherIndexDigests?: readonly Digest[];
  /** Note for the user about the choice among several entries of a source. */
  readonly choice?: Text;
  /** Digest of the config. */
  readonly imageId: Digest;
  /** Platform as `os/architecture[/variant]`, from the config. */
  readonly platform: string;
  /** Other platforms for which the index lists images, sorted; empty without an index. */
  readonly otherPlatforms: readonly string[];
  /** The config blob, verified against imageId. */
  readonly config: ConfigDocument;
  /** Bytes of the config blob, including fields that the types lack. */
  readonly configBytes: Uint8Array;
  /** Annotations of the manifest; empty if there are none. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Layers, bottom first. */
  readonly layers: readonly LayerSource[];
  /**
   * Entries beside the image in its index; absent without an index, as for a docker-archive or a manifest by
   * digest.
   */
  readonly beside?: ListedBeside;
  close(): Promise<void>;
}

/** Entries without a platform in the index that lists an image: attestations of its builder. */
export interface ListedBeside {
  readonly descriptors: readonly Descriptor[];
  /**
   * Verified bytes of a blob beside or below the manifest; undefined if the source lacks the blob.
   *
   * @throws InvalidInputError document-too-large, size-mismatch, digest-mismatch
   */
  read(descriptor: Descriptor): Promise<Uint8Array | undefined>;
}

/** A readable layer. Its bytes are unverified; the reader must verify them. */
export interface LayerSource {
  /** Declared digest of the blob as stored; absent in a docker-archive. */
  readonly digest?: Digest;
  /** DiffId in the config's rootfs. */
  readonly diffId: Digest;
  readonly mediaType: string;
  /** Declared size of the blob as stored, in bytes. */
  readonly size: number;
  readonly bytes: LayerBytes;
}

export type LayerBytes =
  /** A range of an open file, whose descriptor all threads of the process share. */
  | { readonly kind: "file"; readonly fd: number; readonly offset: number; readonly size: number }
  | LayerDownload
  /** An unreadable layer with the reason, such as a foreign layer. */
  | { readonly kind: "unreadable"; readonly reason: Text };

/** A download, which resumes itself if possible; errors are DouaneErrors. */
export interface LayerDownload {
  readonly kind: "stream";
  /** @param afresh bypasses caches on the network, after a corrupt answer */
  open(afresh?: boolean): Promise<AsyncIterable<Uint8Array>>;
}

/** Closes a source if `open` fails. On success, the image owns the source. */
export async function closingOnError<T>(
  source: { close(): void | Promise<void> },
  open: () => Promise<T>,
): Promise<T> {
  try {
    return await open();
  } catch (error) {
    await source.close();
    throw error;
  }
}
