import { createHash } from "node:crypto";
import { InvalidInputError } from "../../contract/error.ts";
import { sizeMismatch } from "../../net/registry/blob-ref.ts";
import type { BlobRef } from "../store/artifact-store.ts";

/**
 * Streams the bytes, and fails at the end if size or digest differ from the announced ones: the receiver must
 * not commit before the end.
 *
 * @throws InvalidInputError size-mismatch, digest-mismatch
 */
export async function* verifiedStream(
  ref: BlobRef,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  let size = 0;
  // The last piece is held back until verified: a receiver that counts bytes could otherwise commit the whole
  // blob.
  let held: Uint8Array | undefined;
  for await (const piece of bytes) {
    size += piece.length;
    if (size > ref.size) throw sizeMismatch(ref, size);
    hash.update(piece);
    if (held !== undefined) yield held;
    held = piece;
  }
  if (size !== ref.size) throw sizeMismatch(ref, size);
  const actual = `sha256:${hash.digest("hex")}`;
  if (actual !== ref.digest) throw changed(ref, actual);
  if (held !== undefined) yield held;
}

function changed({ digest }: BlobRef, actual: string): InvalidInputError {
  return new InvalidInputError("digest-mismatch", {
    fr: `${digest} : le contenu reçu a l'empreinte ${actual}. Rien n'en est écrit ; l'image est corrompue ou a été modifiée, la récupérer à nouveau.`,
    en: `${digest}: the content received has digest ${actual}. Nothing of it is written; the image is corrupt or was tampered with, fetch it again.`,
  });
}
