import { closeSync, existsSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { hexOf } from "../../contract/digest.ts";
import { writeStream } from "../../files/draft-file.ts";
import { openRegular } from "../../files/open-regular.ts";
import type { BlobRef } from "../store/artifact-store.ts";
import { blobFolder, layoutArtifacts, layoutRoot } from "../store/layout-artifacts.ts";
import { blobMissing } from "./blob-missing.ts";
import type { CopySource, CopyTarget } from "./copy-ports.ts";

/** Bytes that are read at a time. */
const PIECE = 1024 ** 2;

/** An OCI layout to copy from, or to. @param folder absolute */
export function layoutCopy(folder: string): CopySource & CopyTarget {
  const store = layoutArtifacts(folder);
  const pathOf = ({ digest }: BlobRef) => join(folder, "blobs", "sha256", hexOf(digest));
  return {
    ...store,
    stream: (ref) => pieces(pathOf(ref), layoutRoot(folder), ref),
    hasBlob: async (ref) => existsSync(pathOf(ref)) && statSync(pathOf(ref)).size === ref.size,
    putStream: async (ref, open) => {
      blobFolder(folder);
      await writeStream(pathOf(ref), open());
    },
    mount: async () => false,
    putPart: async (_, bytes) => void (await store.putBlob(bytes)),
  };
}

async function* pieces(path: string, root: string, { digest }: BlobRef): AsyncGenerator<Uint8Array> {
  if (!existsSync(path)) throw blobMissing(digest);
  const { fd } = openRegular(path, root);
  try {
    for (;;) {
      const piece = Buffer.allocUnsafe(PIECE);
      const count = readSync(fd, piece);
      if (count === 0) return;
      yield piece.subarray(0, count);
    }
  } finally {
    closeSync(fd);
  }
}
