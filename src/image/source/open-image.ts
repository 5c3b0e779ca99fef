import type { ReferenceFacts } from "../../contract/evidence.ts";
import type { Digest } from "../../contract/image-facts.ts";
import type { Text } from "../../contract/text.ts";
import type { ConfigDocument } from "../documents/config.ts";
import type { Descriptor } from "../documents/descriptor.ts";

/**
 * One image of one platform, opened: its documents are read and verified, its layers are named
 * and can be read. What openImage() gives, whatever the transport.
 */
export interface OpenImage {
  /** As the user gave it. */
  readonly source: string;
  readonly reference: ReferenceFacts;
  /** Digest of the manifest; absent for a docker-archive, which has none. */
  readonly digest?: Digest;
  readonly indexDigest?: Digest;
  /** What was chosen of a source that holds several things, and why; to be told. */
  readonly choice?: Text;
  /** Digest of the config. */
  readonly imageId: Digest;
  /** `os/architecture[/variant]`, from the config. */
  readonly platform: string;
  /** The config blob, verified against imageId. */
  readonly config: ConfigDocument;
  /** Of the manifest; empty when it has none. */
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
   * The bytes of one of them, or of what its manifest names, verified; undefined: the source has no such blob.
   *
   * @throws InvalidInputError document-too-large, size-mismatch, digest-mismatch
   */
  read(descriptor: Descriptor): Promise<Uint8Array | undefined>;
}

/** One layer that can be read. Nothing about its bytes has been verified yet: whoever reads them does. */
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
  /** @param afresh past the caches on the way: what came before was corrupt */
  open(afresh?: boolean): Promise<AsyncIterable<Uint8Array>>;
}
