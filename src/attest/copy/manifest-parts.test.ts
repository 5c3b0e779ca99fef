import { expect, test } from "vitest";
import { LIMITS } from "../../contract/limits.ts";
import { manifestParts } from "./manifest-parts.ts";

const [A, B, C] = ["a", "b", "c"].map((digit) => ({ digest: `sha256:${digit.repeat(64)}`, size: 1 }));
const INDEX = "application/vnd.oci.image.index.v1+json";
const MANIFEST = "application/vnd.oci.image.manifest.v1+json";

const parts = (value: unknown) => manifestParts(Buffer.from(JSON.stringify(value)), "image");

test("a manifest names its config and layers, an index its manifests", () => {
  expect(parts({ schemaVersion: 2, config: A, layers: [B, C] })).toEqual({
    mediaType: MANIFEST,
    manifests: [],
    blobs: [A, B, C],
  });
  expect(parts({ schemaVersion: 2, manifests: [A, B] })).toEqual({
    mediaType: INDEX,
    manifests: [A, B],
    blobs: [],
  });
  expect(parts({ schemaVersion: 2, mediaType: "text/own", layers: [] })).toEqual({
    mediaType: "text/own",
    manifests: [],
    blobs: [],
  });
});

test.each([
  ["application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", []],
  ["application/vnd.oci.image.layer.nondistributable.v1.tar+gzip", []],
  ["application/vnd.oci.image.layer.v1.tar+gzip", [B]],
  ["application/vnd.example.foreigner.v1", [B]],
  ["application/vnd.example.xforeign.v1", [B]],
  ["application/vnd.example.foreign", [B]],
  [undefined, [B]],
])("a layer of type %s", (mediaType, blobs) => {
  expect(parts({ schemaVersion: 2, layers: [{ ...B, mediaType }] }).blobs).toEqual(blobs);
});

test.each<[string, unknown]>([
  ["a list", []],
  ["another schema", { schemaVersion: 1, layers: [] }],
  ["no schema", { layers: [] }],
  ["an index with layers", { schemaVersion: 2, manifests: [], layers: [] }],
  ["an index with a config", { schemaVersion: 2, manifests: [], config: A }],
  ["a digest of another kind", { schemaVersion: 2, layers: [{ ...A, digest: "sha1:aa" }] }],
  ["no digest", { schemaVersion: 2, layers: [{ size: 1 }] }],
  ["no size", { schemaVersion: 2, layers: [{ digest: A?.digest }] }],
  ["a negative size", { schemaVersion: 2, layers: [{ ...A, size: -1 }] }],
  ["a broken size", { schemaVersion: 2, layers: [{ ...A, size: 1.5 }] }],
  ["a size as text", { schemaVersion: 2, config: { ...A, size: "1" }, layers: [] }],
])("refused: %s", (_, value) => {
  expect(() => parts(value)).toThrow(expect.objectContaining({ code: "copy-manifest" }) as Error);
});

test("as many contents as an index may list are read, and no more", () => {
  const layers = (count: number) => ({ schemaVersion: 2, config: A, layers: Array(count - 1).fill(B) });
  expect(parts(layers(LIMITS.manifestsPerIndex)).blobs).toHaveLength(LIMITS.manifestsPerIndex);
  expect(parts({ schemaVersion: 2, layers: [{ ...A, size: 0 }] }).blobs).toHaveLength(1);
  expect(() => parts(layers(LIMITS.manifestsPerIndex + 1))).toThrow(
    expect.objectContaining({ code: "copy-parts" }) as Error,
  );
});
