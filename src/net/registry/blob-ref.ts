import { verifyDigest } from "../../contract/digest.ts";
import { InvalidInputError } from "../../contract/error.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { LIMITS } from "../../contract/limits.ts";

/** Digest and size of a blob. */
export interface BlobRef {
  readonly digest: Digest;
  /** Size in bytes. */
  readonly size: number;
}

/** Verifies size and digest. @throws InvalidInputError size-mismatch, digest-mismatch */
export function verifyDocument(blob: BlobRef, bytes: Uint8Array): void {
  verifySize(blob, bytes.length);
  verifyDigest(bytes, blob.digest);
}

/** @throws InvalidInputError document-too-large */
export function verifyDocumentSize(size: number, what: string): void {
  if (size <= LIMITS.manifestBytes) return;
  throw new InvalidInputError("document-too-large", {
    fr: `${what} : le document fait ${size} octets, la limite est de ${LIMITS.manifestBytes} (manifestBytes).`,
    en: `${what}: the document is ${size} bytes long, the limit is ${LIMITS.manifestBytes} (manifestBytes).`,
  });
}

/** @throws InvalidInputError size-mismatch */
export function verifySize(blob: BlobRef, actual: number): void {
  if (actual !== blob.size) throw sizeMismatch(blob, actual);
}

export function sizeMismatch({ digest, size }: BlobRef, actual: number): InvalidInputError {
  return new InvalidInputError("size-mismatch", {
    fr: `${digest} : ${size} octets annoncés, ${actual} trouvés. L'image est corrompue ou a été modifiée ; la récupérer à nouveau.`,
    en: `${digest}: ${size} bytes announced, ${actual} found. The image is corrupt or was tampered with; fetch it again.`,
  });
}
