import { verifyDigest } from "../../contract/digest.ts";
import { UnavailableError } from "../../contract/error.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import { parseReference } from "../../net/reference.ts";
import type { RegistryClient } from "../../net/registry/client.ts";
import { fetchDocument } from "../../net/registry/document.ts";
import type { Registries } from "../../net/registry/registries.ts";
import { INDEX_TYPE, MANIFEST_TYPE } from "../store/artifact-manifest.ts";

const ACCEPTED = [
  MANIFEST_TYPE,
  INDEX_TYPE,
  "application/vnd.docker.distribution.manifest.v2+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
].join(", ");

/** Milliseconds in which a registry has to show the manifests of one request. */
const MOST_MS = 60_000;

/**
 * Finds the digests that a repository does not have. Each manifest is read and verified, since a registry's
 * claim to have it is not enough. The notary's account needs only the right to read.
 *
 * @throws UnavailableError if the registry cannot be reached or refuses; InvalidInputError digest-mismatch
 */
export function absentBy(
  registries: Registries,
): (repository: string, digests: readonly Digest[]) => Promise<readonly Digest[]> {
  return async (repository, digests) => {
    const reference = parseReference(repository);
    const client = registries.client(reference, AbortSignal.timeout(MOST_MS));
    try {
      const found = await Promise.all(digests.map((digest) => has(client, digest)));
      return digests.filter((_, at) => found[at] !== true);
    } finally {
      client.close();
    }
  };
}

async function has(client: RegistryClient, digest: Digest): Promise<boolean> {
  const wanted = {
    path: `manifests/${digest}`,
    accept: ACCEPTED,
    limit: LIMITS.manifestBytes,
    what: digest,
  };
  try {
    await fetchDocument(client, wanted, ({ bytes }) => verifyDigest(bytes, digest));
    return true;
  } catch (error) {
    if (error instanceof UnavailableError && error.code === "image-not-found") return false;
    throw error;
  }
}
