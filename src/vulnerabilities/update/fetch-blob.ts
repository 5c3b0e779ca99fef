import { createHash } from "node:crypto";
import { createReadStream, rmSync } from "node:fs";
import { LIMITS } from "../../contract/limits.ts";
import { changedOnTheWay, type Mirror } from "./mirror.ts";

/**
 * Downloads a file named in a mirror's index, and verifies its digest.
 *
 * @param path absolute path
 * @throws InvalidInputError digest-mismatch; as Mirror.blob()
 */
export async function fetchBlob(
  mirror: Mirror,
  { sha256, bytes }: { readonly sha256: string; readonly bytes: number },
  path: string,
): Promise<void> {
  if (bytes > LIMITS.vulnerabilityDownloadBytes) throw changedOnTheWay(mirror.name, sha256, `${bytes} B`);
  await mirror.blob(sha256, bytes, path);
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path, { highWaterMark: 1024 ** 2 }))
    hash.update(piece as Buffer);
  const actual = hash.digest("hex");
  if (actual === sha256) return;
  rmSync(path, { force: true });
  throw changedOnTheWay(mirror.name, sha256, actual);
}
