import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  attestationBlobs,
  type BlobValue,
  blobsOf,
  descriptorOf,
  type ImageValue,
  indexOf,
  manifestOf,
} from "./image.ts";

export interface LayoutOptions {
  /** The `org.opencontainers.image.ref.name` of the entry in index.json. */
  readonly ref?: string;
}

/**
 * Writes an OCI image layout
 * (https://github.com/opencontainers/image-spec/blob/main/image-layout.md) and returns what its
 * index.json names: the manifest of a single image without attestations, otherwise an index.
 */
export function writeLayout(
  images: ImageValue | readonly ImageValue[],
  directory: string,
  options: LayoutOptions = {},
): BlobValue {
  const list = "layers" in images ? [images] : images;
  const [only] = list;
  const isPlain = list.length === 1 && only !== undefined && only.attestations.length === 0;
  const top = isPlain ? manifestOf(only) : indexOf(list);
  const folder = join(directory, "blobs", "sha256");
  mkdirSync(folder, { recursive: true });
  for (const { digest, bytes } of [top, ...list.flatMap(allBlobs)]) {
    writeFileSync(join(folder, digest.slice("sha256:".length)), bytes);
  }
  const annotations =
    options.ref === undefined ? {} : { annotations: { "org.opencontainers.image.ref.name": options.ref } };
  writeJson(join(directory, "oci-layout"), { imageLayoutVersion: "1.0.0" });
  writeJson(join(directory, "index.json"), {
    schemaVersion: 2,
    manifests: [{ ...descriptorOf(top), ...annotations }],
  });
  return top;
}

function allBlobs(image: ImageValue): readonly BlobValue[] {
  return [manifestOf(image), ...blobsOf(image), ...attestationBlobs(image)];
}

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, JSON.stringify(value));
}
