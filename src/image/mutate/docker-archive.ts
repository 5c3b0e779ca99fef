import { writeFileSync } from "node:fs";
import { type TarEntry, writeTar } from "../tar/write.ts";
import { configOf, type ImageValue } from "./image.ts";

export interface TaggedImage {
  readonly image: ImageValue;
  /** `name:tag`; what `docker load` gives the image. */
  readonly tags: readonly string[];
}

/**
 * Writes what `docker save` wrote before it learnt OCI layouts: manifest.json, one config and the
 * uncompressed layers, each once
 * (https://github.com/moby/docker-image-spec/blob/main/spec.md#combined-image-json--filesystem-changeset-format).
 */
export function writeDockerArchive(images: readonly TaggedImage[], file: string): void {
  const files = new Map<string, Uint8Array>();
  const manifest = images.map(({ image, tags }) => {
    const config = configOf(image);
    const name = `${hex(config.digest)}.json`;
    files.set(name, config.bytes);
    for (const { diffId, tar } of image.layers) files.set(layerName(diffId), tar);
    return { Config: name, RepoTags: tags, Layers: image.layers.map(({ diffId }) => layerName(diffId)) };
  });
  const entries: TarEntry[] = [...files].map(([path, content]) => ({ path, content }));
  writeFileSync(file, writeTar([...entries, { path: "manifest.json", content: JSON.stringify(manifest) }]));
}

function layerName(diffId: string): string {
  return `${hex(diffId)}/layer.tar`;
}

function hex(digest: string): string {
  return digest.slice("sha256:".length);
}
