import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, zstdDecompressSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { TarWalker } from "../tar/walk.ts";
import { writeDockerArchive } from "./docker-archive.ts";
import {
  configOf,
  emptyImage,
  manifestOf,
  withAnnotations,
  withAttestation,
  withConfig,
  withFields,
  withHistory,
  withLayer,
} from "./image.ts";
import { digestOfBytes, layerOf } from "./layer.ts";
import { writeLayout } from "./layout.ts";

const folder = mkdtempSync(join(tmpdir(), "douane-mutate-"));
afterAll(() => rmSync(folder, { recursive: true }));

const LAYER = layerOf([{ path: "etc/passwd", content: "root:x:0:0\n" }]);

describe("layers", () => {
  test("the same entries give the same digests, whatever the compression unpack to the same tar", () => {
    const [none, gzip, zstd] = (["none", "gzip", "zstd"] as const).map((one) =>
      layerOf([{ path: "a" }], one),
    );
    expect(gzip).toEqual(layerOf([{ path: "a" }], "gzip"));
    expect([gzip?.diffId, zstd?.diffId]).toEqual([none?.digest, none?.digest]);
    expect(digestOfBytes(gunzipSync(gzip?.blob ?? ""))).toBe(none?.digest);
    expect(digestOfBytes(zstdDecompressSync(zstd?.blob ?? ""))).toBe(none?.digest);
  });
});

describe("images are values", () => {
  test("a change gives a new one", () => {
    const empty = emptyImage("linux/arm64/v8");
    const image = withConfig(withLayer(empty, LAYER, { created_by: "COPY" }), { User: "1000" });
    expect(JSON.parse(configOf(empty).bytes.toString())).toEqual({
      architecture: "arm64",
      os: "linux",
      variant: "v8",
      rootfs: { type: "layers", diff_ids: [] },
    });
    const changed = withFields(withHistory(withConfig(image, { Cmd: ["x"] }), { empty_layer: true }), {
      author: "me",
    });
    expect(JSON.parse(Buffer.from(configOf(changed).bytes).toString())).toMatchObject({
      author: "me",
      config: { User: "1000", Cmd: ["x"] },
      history: [{ created_by: "COPY" }, { empty_layer: true }],
      rootfs: { diff_ids: [LAYER.diffId] },
    });
  });

  test("annotations are the manifest's", () => {
    const image = withAnnotations(withAnnotations(emptyImage(), { a: "1" }), { b: "2" });
    expect(JSON.parse(Buffer.from(manifestOf(image).bytes).toString()).annotations).toEqual({
      a: "1",
      b: "2",
    });
  });
});

describe("a layout", () => {
  test("of one image names its manifest, and umoci reads it", () => {
    const directory = join(folder, "one");
    const image = withConfig(withLayer(emptyImage(), LAYER), { User: "1000" });
    const top = writeLayout(image, directory, { ref: "1.0" });
    expect(top).toEqual(manifestOf(image));
    expect(execFileSync("umoci", ["list", "--layout", directory], { encoding: "utf8" })).toBe("1.0\n");
    const stat = execFileSync("umoci", ["stat", "--json", "--image", `${directory}:1.0`], {
      encoding: "utf8",
    });
    expect(JSON.parse(stat)).toMatchObject({ history: [{ layer: { digest: LAYER.digest } }] });
  });

  test("of several platforms, or with attestations, names an index", () => {
    const directory = join(folder, "several");
    const amd64 = withAttestation(withLayer(emptyImage(), LAYER), { _type: "statement" });
    const arm64 = withLayer(emptyImage("linux/arm64"), LAYER);
    const top = writeLayout([amd64, arm64], directory);
    const index = JSON.parse(readBlob(directory, top.digest));
    expect(index.manifests).toMatchObject([
      { digest: manifestOf(amd64).digest, platform: { os: "linux", architecture: "amd64" } },
      {
        platform: { os: "unknown", architecture: "unknown" },
        annotations: {
          "vnd.docker.reference.digest": manifestOf(amd64).digest,
          "vnd.docker.reference.type": "attestation-manifest",
        },
      },
      { digest: manifestOf(arm64).digest, platform: { os: "linux", architecture: "arm64" } },
    ]);
    const attestation = JSON.parse(readBlob(directory, index.manifests[1].digest));
    expect(readBlob(directory, attestation.layers[0].digest)).toBe('{"_type":"statement"}');
  });

  function readBlob(directory: string, digest: string): string {
    return readFileSync(join(directory, "blobs", "sha256", digest.slice("sha256:".length)), "utf8");
  }
});

test("a docker archive holds each layer once, uncompressed, and the manifest that lists them", () => {
  const file = join(folder, "archive.tar");
  const image = withLayer(emptyImage(), LAYER);
  writeDockerArchive(
    [
      { image, tags: ["app:1"] },
      { image: withConfig(image, { User: "1" }), tags: [] },
    ],
    file,
  );
  const members = new Map<string, Buffer>();
  const walker = new TarWalker({
    member: ({ size }) => size,
    body: ({ path }, bytes) => members.set(path, Buffer.from(bytes)),
  });
  walker.push(readFileSync(file));
  walker.end();
  const [first, second] = JSON.parse(String(members.get("manifest.json")));
  expect(members.size).toBe(4);
  expect([first.RepoTags, second.RepoTags, first.Layers]).toEqual([["app:1"], [], second.Layers]);
  expect(members.get(first.Layers[0])).toEqual(Buffer.from(LAYER.tar));
  expect(digestOfBytes(members.get(first.Config) ?? Buffer.alloc(0))).toBe(configOf(image).digest);
});
