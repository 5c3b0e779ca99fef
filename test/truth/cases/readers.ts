// Further agreements and differences between readers of an image: each line of docs/readers.md without a
// topic of its own.

import { gzipSync, zstdCompressSync } from "node:zlib";
import { writeTar } from "../../../src/image/tar/write.ts";
import {
  type BlobValue,
  blobsOf,
  configOf,
  type ImageValue,
  manifestOf,
  withLayer,
} from "../../fixtures/image/image.ts";
import { layerOf, layerOfBlob } from "../../fixtures/image/layer.ts";
import { edited, json, listed } from "../../fixtures/layout-documents.ts";
import type { Case, Cases } from "../case.ts";
import type { Given } from "../given/given.ts";
import { imageOf } from "../given/image.ts";
import { amd64, dockerFiles, EVIL, evil, GOOD, good, indexed, ofIndex, readAs } from "../given/readers.ts";
import { allBlobs, archive, index, layout, layoutFiles, withConfigBlob } from "../given/stored.ts";

function refused(name: string, given: Given, why: string): Case {
  return { name, given, expect: "refused", why };
}

function config(from: string, to: string): Given {
  const of = edited(configOf(GOOD), from, to);
  const manifest = withConfigBlob(GOOD, of);
  return layout(layoutFiles([{ blob: manifest }], [manifest, of, ...blobsOf(GOOD)]));
}

function manifest(from: string, to: string): Given {
  return ofManifest(edited(manifestOf(GOOD), from, to), GOOD, EVIL);
}

function ofManifest(blob: BlobValue, ...images: readonly ImageValue[]): Given {
  return layout(layoutFiles([{ blob }], [blob, ...allBlobs(...images)]));
}

/** index.json of GOOD, as a text that `change` changes. */
function indexText(change: (text: string) => string): Given {
  const files = layoutFiles([good], allBlobs(GOOD));
  return layout({ ...files, "index.json": change(JSON.stringify(files["index.json"])) });
}

/** The layers of an image in another order, or fewer. */
function relayered(change: (layers: readonly unknown[]) => readonly unknown[]): Given {
  const of = imageOf({ from: GOOD, files: { "srv/a": "x" } });
  const { layers } = JSON.parse(Buffer.from(manifestOf(of).bytes).toString());
  return ofManifest(edited(manifestOf(of), JSON.stringify(layers), JSON.stringify(change(layers))), of);
}

const TAR = writeTar([{ path: "srv/x", content: "x" }]);
const SKIPPABLE = Buffer.from("502a4d180400000061626364", "hex");
const ZSTD = "application/vnd.oci.image.layer.v1.tar+zstd";
const packed = (blob: Uint8Array, mediaType?: string): Given => ({
  image: withLayer(GOOD, layerOfBlob(blob, TAR, mediaType)),
});
const tagged = { annotations: { "org.opencontainers.image.ref.name": "1.0" } };
const entries = (files: Readonly<Record<string, unknown>>) =>
  Object.entries(files).map(([path, value]) => ({
    path,
    content: value instanceof Uint8Array ? value : JSON.stringify(value),
  }));
const DOCKER = dockerFiles(GOOD);
const LAYER = "0/layer.tar";

export const cases: Cases = [
  refused(
    "a byte order mark before index.json",
    indexText((text) => `\ufeff${text}`),
    "Go refuses it.",
  ),
  refused(
    "another object behind index.json",
    indexText((text) => `${text}{}`),
    "Some stop at the first.",
  ),
  refused(
    "a user in another case beside the user",
    config('"User":', '"user":"0","User":'),
    "Go takes the last.",
  ),
  refused("a number for the user", config('"User":"1000"', '"User":1000'), "No engine reads it."),
  refused(
    "a document that is manifest and index",
    manifest('"layers":', '"manifests":[],"layers":'),
    "Either is meant.",
  ),
  refused(
    "a layout of another version",
    layout({ ...layoutFiles([good], allBlobs(GOOD)), "oci-layout": { imageLayoutVersion: "2.0.0" } }),
    "Nobody knows its rules.",
  ),
  refused(
    "amd64/v2 alone for amd64",
    indexed({ ...good, fields: { platform: { ...amd64.platform, variant: "v2" } } }),
    "containerd and skopeo find none.",
  ),
  refused(
    "an entry for linux/amd64 whose config is for another",
    layout(
      layoutFiles(
        [{ blob: index([{ blob: manifestOf(otherImage()), fields: amd64 }]) }],
        [index([{ blob: manifestOf(otherImage()), fields: amd64 }]), ...allBlobs(otherImage())],
      ),
    ),
    "It would run what was not built for it.",
  ),
  refused(
    "layers in another order than the config's",
    relayered((layers) => layers.toReversed()),
    "diff_ids name it.",
  ),
  refused(
    "fewer layers than the config's",
    relayered((layers) => layers.slice(0, 1)),
    "One is missing.",
  ),
  refused(
    "a layer whose content is another than the config's",
    { image: withLayer(GOOD, { ...layerOf([{ path: "a" }]), diffId: layerOf([{ path: "b" }]).diffId }) },
    "The digest of the content is verified by all.",
  ),
  refused(
    "bytes behind a gzip stream",
    packed(Buffer.concat([gzipSync(TAR), Buffer.from("x")])),
    "All fail.",
  ),
  refused(
    "bytes behind a zstd frame",
    packed(Buffer.concat([zstdCompressSync(TAR), Buffer.from("xxxx")]), ZSTD),
    "All fail.",
  ),
  refused(
    "an encrypted layer",
    manifest('.layer.v1.tar+gzip"', '.layer.v1.tar+gzip+encrypted"'),
    "What it holds is not known.",
  ),
  refused(
    "one tag for two images of a layout",
    {
      ...layout(
        layoutFiles(
          [
            { ...evil, fields: tagged },
            { ...good, fields: tagged },
          ],
          allBlobs(GOOD, EVIL),
        ),
      ),
      operands: ["oci:layout:1.0"],
    },
    "Some take the first, some the last.",
  ),
  refused(
    "a docker-archive with one tag for two images",
    archive({
      ...DOCKER,
      ...dockerFiles(EVIL),
      "manifest.json": [...manifestsIn(dockerFiles(EVIL)), ...manifestsIn(DOCKER)],
    }),
    "docker load gives the tag to the last.",
  ),
  refused(
    "an index of version 1 manifests",
    layout(layoutFiles([{ blob: oldManifest() }], [oldManifest()])),
    "No engine in use runs them any more.",
  ),

  readAs(
    "several members of gzip",
    packed(Buffer.concat([gzipSync(TAR.subarray(0, 512)), gzipSync(TAR.subarray(512))])),
    "All join them.",
  ),
  readAs(
    "zstd's skippable frames",
    packed(Buffer.concat([SKIPPABLE, zstdCompressSync(TAR), SKIPPABLE]), ZSTD),
    "All skip them.",
  ),
  readAs("zstd under the media type of gzip", packed(zstdCompressSync(TAR)), "By the bytes."),
  readAs("zeros behind a gzip stream", packed(Buffer.concat([gzipSync(TAR), Buffer.alloc(512)])), "Padding."),
  readAs(
    "a nested index for another platform that lists the wanted one",
    ofIndex(
      index([{ blob: index([evil]), fields: { platform: { os: "linux", architecture: "arm64" } } }, good]),
      index([evil]),
    ),
    "No engine enters it.",
  ),
  readAs(
    "content within a descriptor that is another document's",
    layout(
      layoutFiles(
        [{ ...good, fields: { data: Buffer.from(manifestOf(EVIL).bytes).toString("base64") } }],
        allBlobs(GOOD, EVIL),
      ),
    ),
    "Engines fetch by the digest, which `data` does not have.",
  ),
  readAs(
    "a manifest that refers to another image as its subject",
    manifest('"schemaVersion":2', `"schemaVersion":2,"subject":${JSON.stringify(listed(evil))}`),
    "Engines do not follow it.",
  ),
  readAs(
    "root in container_config, which old builders wrote",
    config('"config":{', '"container_config":{"User":"0"},"config":{'),
    "Engines run config.",
  ),
  readAs(
    "a docker-archive whose layer is a symbolic link, as old ones have",
    archive([
      ...entries(DOCKER).filter(({ path }) => path !== LAYER),
      { path: "x/layer.tar", content: DOCKER[LAYER] as Uint8Array },
      { path: LAYER, type: "symlink", link: "../x/layer.tar" },
    ]),
    "Loaders follow it within the archive.",
  ),
  readAs(
    "a docker-archive with another image behind its end",
    {
      files: { "app.tar": Buffer.concat([writeTar(entries(DOCKER)), writeTar(entries(dockerFiles(EVIL)))]) },
      operands: ["app.tar"],
    },
    "No loader reads past the end.",
  ),
  readAs(
    "an old docker-archive's list of repositories that names another",
    archive({
      ...DOCKER,
      repositories: { "aides/web": { "1.4.2": "evil" } },
      "evil/json": { config: { User: "0" } },
    }),
    "Loaders read manifest.json.",
  ),
];

/** An image for arm64. */
function otherImage(): ImageValue {
  return { ...GOOD, document: { ...GOOD.document, architecture: "arm64" } };
}

function oldManifest(): BlobValue {
  const mediaType = "application/vnd.docker.distribution.manifest.v1+json";
  return json(mediaType, { schemaVersion: 1, name: "a", tag: "b", fsLayers: [], history: [] });
}

function manifestsIn(files: Readonly<Record<string, unknown>>): readonly unknown[] {
  return files["manifest.json"] as readonly unknown[];
}
