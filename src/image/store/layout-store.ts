import { hexOf } from "../../contract/digest.ts";
import { verifySize } from "../../net/registry/blob-ref.ts";
import type { Descriptor } from "../documents/descriptor.ts";
import type { BlobStore } from "../source/blob-store.ts";
import type { FileTree } from "./file-tree.ts";
import { readRange } from "./read-range.ts";

/** Blobs of an OCI layout: https://github.com/opencontainers/image-spec/blob/main/image-layout.md */
export function layoutStore(tree: FileTree): BlobStore {
  const find = ({ digest }: Descriptor) => tree.find(`blobs/sha256/${hexOf(digest)}`);
  return {
    read: async (descriptor) => {
      const range = find(descriptor);
      return range === undefined ? undefined : readRange(range, descriptor.digest);
    },
    has: async (descriptor) => find(descriptor) !== undefined,
    layer: async (descriptor) => {
      const range = find(descriptor);
      if (range === undefined) return undefined;
      verifySize(descriptor, range.size);
      return { kind: "file", ...range };
    },
    close: async () => tree.close(),
  };
}
