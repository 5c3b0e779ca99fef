import { UnavailableError } from "../../contract/error.ts";
import { verifyDocument } from "../../net/registry/blob-ref.ts";
import type { RegistryClient } from "../../net/registry/client.ts";
import { fetchDocument } from "../../net/registry/document.ts";
import { download } from "../../net/registry/download.ts";
import type { Descriptor } from "../documents/descriptor.ts";
import { INDEX_TYPES, isForeignLayer, MANIFEST_TYPES } from "../documents/media-types.ts";
import type { BlobStore } from "../source/blob-store.ts";

/** Accept header, for registries that store an image in several formats. */
export const ACCEPTED = [...MANIFEST_TYPES, ...INDEX_TYPES].join(", ");

/** Blobs of a repository. Layers are downloaded when they are opened, several at once if needed. */
export function registryStore(client: RegistryClient): BlobStore {
  return {
    async read(descriptor) {
      const { digest, size } = descriptor;
      const [path, accept] = isManifest(descriptor) ? ["manifests", ACCEPTED] : ["blobs", "*/*"];
      try {
        const wanted = { path: `${path}/${digest}`, accept, limit: size, what: digest };
        return await fetchDocument(client, wanted, ({ bytes }) => verifyDocument(descriptor, bytes));
      } catch (error) {
        if (error instanceof UnavailableError && error.code === "image-not-found") return undefined;
        throw error;
      }
    },
    async layer(descriptor) {
      // The content is outside the registry; the URLs in the manifest are untrusted.
      if (isForeignLayer(descriptor.mediaType)) return undefined;
      return { kind: "stream", open: async (afresh) => download(client, descriptor, afresh) };
    },
    close: async () => client.close(),
  };
}

/** Whether the entry may be a manifest: an index may omit media types. */
function isManifest({ mediaType }: Descriptor): boolean {
  return mediaType === "" || MANIFEST_TYPES.includes(mediaType) || INDEX_TYPES.includes(mediaType);
}
