import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeApart } from "../../trial/rootfs/unpack-apart.ts";
import { untrustedParent } from "../../trial/rootfs/untrusted-parent.ts";

/** Folder for unpacked layers: in the cache, otherwise a temporary one. */
export interface UnpackDirectory {
  readonly path: string;
  dispose(): Promise<void>;
}

/** @param cache folder of data kept between runs */
export async function unpackDirectory(cache: string | undefined): Promise<UnpackDirectory> {
  const kept = cache === undefined ? undefined : join(cache, "unpacked");
  if (kept !== undefined && (await isOurs(kept))) return { path: kept, dispose: async () => {} };
  const path = await mkdtemp(join(tmpdir(), "douane-"));
  return {
    path,
    dispose: async () => {
      // Without root, the files belong to ids that are accessible only inside a user namespace.
      if (process.geteuid?.() !== 0) await removeApart([path]);
      await rm(path, { recursive: true, force: true });
    },
  };
}

/**
 * Whether the folder is safe for root: in another user's home (sudo, some CI), that user could change mounted
 * files.
 */
async function isOurs(directory: string): Promise<boolean> {
  if (process.geteuid?.() !== 0) return true;
  return (await untrustedParent(join(directory, "layers"))) === undefined;
}
