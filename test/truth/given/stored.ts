import { type TarEntry, writeTar } from "../../../src/image/tar/write.ts";
import type { BlobValue, ImageValue } from "../../fixtures/image/image.ts";
import { blobsOf, configOf, manifestOf } from "../../fixtures/image/image.ts";
import { digestOfBytes } from "../../fixtures/image/layer.ts";
import { type Entry, json, listed, OCI_INDEX } from "../../fixtures/layout-documents.ts";
import type { Given } from "./given.ts";

/** Files of a layout or archive by name; a value that is neither text nor bytes is written as JSON. */
export type Files = Readonly<Record<string, unknown>>;

/** The manifest of an image, with another config in the place of its own. */
export function withConfigBlob(image: ImageValue, config: BlobValue): BlobValue {
  const own = configOf(image);
  const text = Buffer.from(manifestOf(image).bytes).toString();
  const bytes = Buffer.from(
    text
      .replace(own.digest, config.digest)
      .replace(`"size":${own.bytes.length}`, `"size":${config.bytes.length}`),
  );
  return { ...manifestOf(image), bytes, digest: digestOfBytes(bytes) };
}

export function index(entries: readonly Entry[]): BlobValue {
  return json(OCI_INDEX, { schemaVersion: 2, mediaType: OCI_INDEX, manifests: entries.map(listed) });
}

/** The files of a layout whose index.json lists these entries. */
export function layoutFiles(entries: readonly Entry[], blobs: readonly BlobValue[]): Files {
  return {
    "oci-layout": { imageLayoutVersion: "1.0.0" },
    "index.json": { schemaVersion: 2, manifests: entries.map(listed) },
    ...Object.fromEntries(blobs.map(({ digest, bytes }) => [`blobs/sha256/${digest.slice(7)}`, bytes])),
  };
}

/** Manifest, config and layers of images. */
export function allBlobs(...images: readonly ImageValue[]): readonly BlobValue[] {
  return images.flatMap((image) => [manifestOf(image), ...blobsOf(image)]);
}

/** A folder with these files, given as an OCI layout. */
export function layout(files: Files): Given {
  const named = Object.entries(files).map(([name, value]) => [`layout/${name}`, bytesOf(value)]);
  return { files: Object.fromEntries(named), operands: ["oci:layout"] };
}

/** A tar of these files, given as an archive. */
export function archive(files: Files | readonly TarEntry[]): Given {
  const entries = Array.isArray(files)
    ? (files as readonly TarEntry[])
    : Object.entries(files).map(([path, value]) => ({ path, content: bytesOf(value) }));
  return { files: { "app.tar": writeTar(entries) }, operands: ["app.tar"] };
}

function bytesOf(value: unknown): Uint8Array {
  return value instanceof Uint8Array
    ? value
    : Buffer.from(typeof value === "string" ? value : JSON.stringify(value));
}
