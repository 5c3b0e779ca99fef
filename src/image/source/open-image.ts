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
  /** Note for the user about the choice among several entries of a source. */
  readonly choice?: Text;
  /** Digest of the config. */
  readonly imageId: Digest;
  /** `os/architecture[/variant]`, from the config. */
  readonly platform: string;
  /** The config blob, verified against imageId. */
  readonly config: ConfigDocument;
  /** Annotations of the manifest; empty if there are none. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Bottom first. */
  readonly layers: readonly LayerSource[];
  /** Absent where no index lists the image: a docker-archive, a manifest by its digest. */
  readonly beside?: ListedBeside;
  close(): Promise<void>;
}

/** Entries without a platform in the index that lists an image: attestations of its builder. */
export interface ListedBeside {
  readonly descriptors: readonly Descriptor[];
  /**
   * Verified bytes of a blob beside or below the manifest; undefined if the source lacks it.
   *
   * @throws InvalidInputError document-too-large, size-mismatch, digest-mismatch
   */
  read(descriptor: Descriptor): Promise<Uint8Array | undefined>;
}

/** A readable layer. Its bytes are unverified; the reader must verify them. */
export interface LayerSource {
  /** Declared digest of the blob as stored; absent in a docker-archive. */
  readonly digest?: Digest;
  /** Declared in the config's rootfs. */
  readonly diffId: Digest;
  readonly mediaType: string;
  /** Declared bytes of the blob as stored. */
  readonly size: number;
  readonly bytes: LayerBytes;
}

export type LayerBytes =
  /** A range of an open file: file descriptors are shared by the threads of a process. */
  | { readonly in: "file"; readonly fd: number; readonly offset: number; readonly size: number }
  | LayerDownload
  /** Known not to be readable, with the reason (a foreign layer). */
  | { readonly in: "nowhere"; readonly reason: Text };

/** A download, resumed by itself where it can be; errors are DouaneErrors. */
export interface LayerDownload {
  readonly in: "stream";
  /** @param afresh bypasses caches on the network, after a corrupt answer */
  open(afresh?: boolean): Promise<AsyncIterable<Uint8Array>>;
}
