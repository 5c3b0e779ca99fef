import { LIMITS } from "../../contract/limits.ts";
import { assembleImage, type Opening } from "../assemble.ts";
import { verifyDocumentSize } from "../blob-store.ts";
import { closingOnError } from "../closing-on-error.ts";
import { sha256, verifyDigest } from "../documents/digest.ts";
import { parseManifest } from "../documents/manifest.ts";
import type { OpenImage } from "../open-image.ts";
import { formatReference, type Reference } from "../reference.ts";
import { fetchDocument } from "./document.ts";
import type { Registries } from "./registries.ts";
import { ACCEPTED, registryStore } from "./registry-store.ts";

/**
 * Opens an image in a registry (https://github.com/opencontainers/distribution-spec).
 *
 * @throws UnavailableError when the registry cannot be reached, refuses, or does not know the image
 * @throws InvalidInputError not-a-registry, those of assembleImage()
 */
export async function openRegistrySource(
  reference: Reference,
  asked: Omit<Opening, "reference">,
  registries: Registries,
): Promise<OpenImage> {
  const client = registries.client(reference);
  return closingOnError(client, async () => {
    const name = formatReference(reference);
    const path = `manifests/${reference.digest ?? reference.tag ?? "latest"}`;
    const bytes = await fetchDocument(client, path, { accept: ACCEPTED, limit: LIMITS.manifestBytes }, name);
    verifyDocumentSize(bytes.length, name);
    if (reference.digest !== undefined) verifyDigest(bytes, reference.digest);
    const top = { document: parseManifest(bytes, name), digest: sha256(bytes) };
    const opening = {
      ...asked,
      reference: { given: asked.source, transport: "registry", ...reference } as const,
    };
    return assembleImage(opening, top, registryStore(client));
  });
}
