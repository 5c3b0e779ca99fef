import { createHash } from "node:crypto";
import { createReadStream, linkSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Dependency, Recipe } from "../application.ts";
import { keptOnce } from "./cache.ts";
import type { Layer } from "./layers.ts";
import { layersOf } from "./stack.ts";

/** An image stored on this disk twice: as an OCI layout, and as the trees of its layers. */
export interface MadeImage {
  readonly layout: string;
  /** Trees of the layers, from the base upwards. */
  readonly trees: readonly string[];
}

/** Makes the image, reusing the parts that exist. */
export function imageOfRecipe(name: string, recipe: Recipe): Promise<MadeImage> {
  return imageOfLayers(name, layersOf(name, recipe), recipe);
}

/** Makes the image from layers made otherwise. @param recipe source of the config */
export async function imageOfLayers(
  name: string,
  layers: readonly Layer[],
  recipe: Recipe,
): Promise<MadeImage> {
  const trees = layers.map(({ tree }) => tree);
  const digests: string[] = [];
  for (const layer of layers) digests.push(await digestOf(layer));
  const config = configOf(recipe, digests);
  const layout = keptOnce(`image-${name}`, [config, trees], (made) =>
    writeLayout(made, config, layers, digests),
  );
  return { layout: `oci:${layout}`, trees };
}

/** Image under a name of its own, since the table may have the same application. */
export function imageOfDependency({ name, recipe }: Dependency): Promise<MadeImage> {
  return imageOfRecipe(name.replaceAll(".", "-"), recipe);
}

function configOf(recipe: Recipe, digests: readonly string[]): unknown {
  const { user, command, environment = {}, ports, directory = "/", stopSignal } = recipe;
  const variables = { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", ...environment };
  return {
    architecture: process.arch === "x64" ? "amd64" : process.arch,
    os: "linux",
    config: {
      User: user,
      Env: Object.entries(variables).map(([name, value]) => `${name}=${value}`),
      Cmd: command,
      WorkingDir: directory,
      ExposedPorts: Object.fromEntries(ports.map((port) => [`${port}/tcp`, {}])),
      ...(stopSignal === undefined ? {} : { StopSignal: stopSignal }),
    },
    rootfs: { type: "layers", diff_ids: digests },
    history: digests.map(() => ({ created_by: "truth" })),
  };
}

function writeLayout(
  made: string,
  config: unknown,
  layers: readonly Layer[],
  digests: readonly string[],
): void {
  const blobs = join(made, "blobs", "sha256");
  mkdirSync(blobs, { recursive: true });
  const written = (mediaType: string, value: unknown) => {
    const text = JSON.stringify(value);
    const digest = createHash("sha256").update(text).digest("hex");
    writeFileSync(join(blobs, digest), text);
    return { mediaType, digest: `sha256:${digest}`, size: Buffer.byteLength(text) };
  };
  const descriptors = layers.map(({ tar }, index) => {
    const digest = digests[index] ?? "";
    linkSync(tar, join(blobs, digest.slice("sha256:".length)));
    return { mediaType: "application/vnd.oci.image.layer.v1.tar", digest, size: statSync(tar).size };
  });
  const manifest = written("application/vnd.oci.image.manifest.v1+json", {
    schemaVersion: 2,
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    config: written("application/vnd.oci.image.config.v1+json", config),
    layers: descriptors,
  });
  writeFileSync(join(made, "oci-layout"), '{"imageLayoutVersion":"1.0.0"}');
  writeFileSync(join(made, "index.json"), JSON.stringify({ schemaVersion: 2, manifests: [manifest] }));
}

/** Kept beside the layer, since a tar is some 100 MB. */
async function digestOf({ tar }: Layer): Promise<string> {
  const file = `${tar}.digest`;
  try {
    return readFileSync(file, "utf8");
  } catch {
    const hash = createHash("sha256");
    await pipeline(createReadStream(tar), hash);
    const digest = `sha256:${hash.digest("hex")}`;
    writeFileSync(file, digest);
    return digest;
  }
}
