import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { foreignAbove } from "../../trial/rootfs/foreign-above.ts";
import { removeApart } from "../../trial/rootfs/unpack-apart.ts";

/** Where layers are unpacked: in the cache, else in a directory that is gone afterwards. */
export interface UnpackDirectory {
  readonly path: string;
  dispose(): Promise<void>;
}

/** @param cache folder of what is kept from run to run */
export async function unpackDirectory(cache: string | undefined): Promise<UnpackDirectory> {
  const kept = cache === undefined ? undefined : join(cache, "unpacked");
  if (kept !== undefined && (await isOurs(kept))) return { path: kept, dispose: async () => {} };
  const path = await mkdtemp(join(tmpdir(), "douane-"));
  return {
    path,
    dispose: async () => {
      // Without root, the files belong to ids that only its user namespace may touch.
      if (process.geteuid?.() !== 0) await removeApart([path]);
      await rm(path, { recursive: true, force: true });
    },
  };
}

/** Root with the home of another user (sudo, some CI) keeps nothing there: that user could change what root mounts. */
async function isOurs(directory: string): Promise<boolean> {
  if (process.geteuid?.() !== 0) return true;
  return (await foreignAbove(join(directory, "layers"))) === undefined;
}
