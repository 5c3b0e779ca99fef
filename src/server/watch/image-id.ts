import { isDigest } from "../../contract/digest.ts";
import type { Digest } from "../../contract/image-facts.ts";

/**
 * Digest in the imageID of a container status. Depending on the runtime, it is the digest of the index, the
 * manifest or the config, after the name of any repository (`registry.example/app@sha256:…`,
 * `docker-pullable://…`, `docker://sha256:…`).
 *
 * @returns undefined without a digest
 */
export function digestOfImageId(imageId: string): Digest | undefined {
  const text = imageId.slice(-DIGEST_LENGTH);
  const before = imageId.at(-DIGEST_LENGTH - 1);
  return isDigest(text) && (before === undefined || before === "@" || before === "/") ? text : undefined;
}

const DIGEST_LENGTH = "sha256:".length + 64;
