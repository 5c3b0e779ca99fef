import { isDigest } from "../../contract/digest.ts";
import type { Digest } from "../../contract/image-facts.ts";

/**
 * Digest in an imageID of a container's status: of the index, the manifest or the config, as the runtime likes, behind
 * the name of any repository (`registry.example/app@sha256:…`, `docker-pullable://…`, `docker://sha256:…`).
 *
 * @returns undefined if there is none
 */
export function digestOfImageId(imageId: string): Digest | undefined {
  const text = imageId.slice(-DIGEST_LENGTH);
  const before = imageId.at(-DIGEST_LENGTH - 1);
  return isDigest(text) && (before === undefined || before === "@" || before === "/") ? text : undefined;
}

const DIGEST_LENGTH = "sha256:".length + 64;
