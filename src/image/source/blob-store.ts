import { InvalidInputError } from "../../contract/error.ts";
import { verifyDocument, verifyDocumentSize } from "../../net/registry/blob-ref.ts";
import type { Descriptor } from "../documents/descriptor.ts";
import type { LayerBytes } from "./open-image.ts";

/**
 * Access to the blobs of an image. A store does not verify blobs; readDocument() and readers of layers do.
 */
export interface BlobStore {
  /** Bytes of a document of at most LIMITS.manifestBytes; undefined if the store lacks the blob. */
  read(descriptor: Descriptor): Promise<Uint8Array | undefined>;
  /** Whether the blob is present; only in stores that may lack some of the blobs that they list. */
  has?(descriptor: Descriptor): Promise<boolean>;
  /** A layer's bytes; undefined if the store knows that it lacks the blob. */
  layer(descriptor: Descriptor): Promise<LayerBytes | undefined>;
  close(): Promise<void>;
}

/**
 * A document by its descriptor, with its size and digest verified.
 *
 * @throws InvalidInputError document-too-large, size-mismatch, digest-mismatch
 */
export async function readDocument(
  store: BlobStore,
  descriptor: Descriptor,
): Promise<Uint8Array | undefined> {
  verifyDocumentSize(descriptor.size, descriptor.digest);
  const bytes = await store.read(descriptor);
  if (bytes === undefined) return undefined;
  verifyDocument(descriptor, bytes);
  return bytes;
}

/** Error for a missing blob that the image needs. */
export function missingBlob(
  kind: { readonly fr: string; readonly en: string },
  name: string,
): InvalidInputError {
  return new InvalidInputError("blob-missing", {
    fr: `${kind.fr} ${name} : absent de la source. L'image est incomplète ; la récupérer à nouveau.`,
    en: `${kind.en} ${name}: not in the source. The image is incomplete; fetch it again.`,
  });
}
