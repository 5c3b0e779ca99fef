import { describe, expect, test } from "vitest";
import { digestOf } from "../../../test/fixtures/image-facts.ts";
import { LIMITS } from "../../contract/limits.ts";
import { parseManifest } from "./manifest.ts";
import { DOCKER_LIST, DOCKER_MANIFEST, OCI_INDEX, OCI_MANIFEST } from "./media-types.ts";

const CONFIG = { mediaType: "application/vnd.oci.image.config.v1+json", digest: digestOf(1), size: 10 };
const LAYER = { mediaType: "application/vnd.oci.image.layer.v1.tar+gzip", digest: digestOf(2), size: 20 };
const MANIFEST = { schemaVersion: 2, config: CONFIG, layers: [LAYER] };
const INDEX = { schemaVersion: 2, manifests: [{ mediaType: OCI_MANIFEST, digest: digestOf(3), size: 30 }] };

function parse(document: unknown, announced?: string) {
  return parseManifest(new TextEncoder().encode(JSON.stringify(document)), "the manifest", announced);
}

describe("read", () => {
  test.each([
    ["without a media type", MANIFEST, undefined, "manifest"],
    ["OCI", { ...MANIFEST, mediaType: OCI_MANIFEST }, OCI_MANIFEST, "manifest"],
    ["Docker", { ...MANIFEST, mediaType: DOCKER_MANIFEST }, DOCKER_MANIFEST, "manifest"],
    ["with nulls for empty maps", { ...MANIFEST, annotations: null, layers: null }, undefined, "manifest"],
    ["with fields that nobody knows", { ...MANIFEST, subject: CONFIG, x: 1 }, undefined, "manifest"],
    ["an OCI index", { ...INDEX, mediaType: OCI_INDEX }, OCI_INDEX, "index"],
    ["a Docker list", { ...INDEX, mediaType: DOCKER_LIST }, DOCKER_LIST, "index"],
    ["an index of nothing", { schemaVersion: 2, manifests: null }, undefined, "index"],
  ])("%s", (_, document, announced, kind) => {
    expect(parse(document, announced).kind).toBe(kind);
  });
});

describe("refused", () => {
  const many = (count: number, item: unknown) => Array.from({ length: count }, () => item);
  test.each([
    ["both manifests and layers", { ...MANIFEST, ...INDEX }, undefined, "media-type-confusion"],
    ["manifests and a config", { ...INDEX, config: CONFIG }, undefined, "media-type-confusion"],
    [
      "a manifest that calls itself an index",
      { ...MANIFEST, mediaType: OCI_INDEX },
      undefined,
      "media-type-confusion",
    ],
    [
      "an index that calls itself a manifest",
      { ...INDEX, mediaType: OCI_MANIFEST },
      undefined,
      "media-type-confusion",
    ],
    ["an index listed as a manifest", INDEX, OCI_MANIFEST, "media-type-confusion"],
    ["a manifest listed as an index", MANIFEST, OCI_INDEX, "media-type-confusion"],
    [
      "a media type of nothing that is an image",
      { ...MANIFEST, mediaType: "text/plain" },
      undefined,
      "media-type-unknown",
    ],
    ["schema 1", { schemaVersion: 1, name: "x", fsLayers: [] }, undefined, "docker-schema1"],
    ["schema 1's layers beside schema 2's", { ...MANIFEST, fsLayers: [] }, undefined, "docker-schema1"],
    ["schema version 3", { ...MANIFEST, schemaVersion: 3 }, undefined, "document-invalid"],
    ["another spelling of layers", { ...MANIFEST, Layers: [] }, undefined, "ambiguous-key"],
    [
      "a digest of another algorithm",
      { ...MANIFEST, config: { ...CONFIG, digest: `sha512:${"0".repeat(128)}` } },
      undefined,
      "document-invalid",
    ],
    [
      "an upper-case digest",
      { ...MANIFEST, config: { ...CONFIG, digest: `sha256:${"A".repeat(64)}` } },
      undefined,
      "document-invalid",
    ],
    [
      "a digest that climbs",
      { ...MANIFEST, config: { ...CONFIG, digest: "sha256:../../etc/passwd" } },
      undefined,
      "document-invalid",
    ],
    ["a negative size", { ...MANIFEST, layers: [{ ...LAYER, size: -1 }] }, undefined, "document-invalid"],
    ["half a byte", { ...MANIFEST, layers: [{ ...LAYER, size: 0.5 }] }, undefined, "document-invalid"],
    [
      "a size above 2^53",
      { ...MANIFEST, layers: [{ ...LAYER, size: 2 ** 53 }] },
      undefined,
      "document-invalid",
    ],
    [
      "a size in a string",
      { ...MANIFEST, layers: [{ ...LAYER, size: "20" }] },
      undefined,
      "document-invalid",
    ],
    ["no config", { schemaVersion: 2, layers: [LAYER] }, undefined, "document-invalid"],
    [
      "501 layers",
      { ...MANIFEST, layers: many(LIMITS.layersPerImage + 1, LAYER) },
      undefined,
      "too-many-layers",
    ],
    [
      "1,001 manifests",
      { ...INDEX, manifests: many(LIMITS.manifestsPerIndex + 1, INDEX.manifests[0]) },
      undefined,
      "too-many-manifests",
    ],
    ["an array", [MANIFEST], undefined, "document-invalid"],
    ["null", null, undefined, "document-invalid"],
  ])("%s", (_, document, announced, code) => {
    expect(() => parse(document, announced)).toThrow(expect.objectContaining({ code, exit: 65 }));
  });
});
