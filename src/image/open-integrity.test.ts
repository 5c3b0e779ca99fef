import { readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { emptyImage, withConfig, withLayer } from "../../test/fixtures/image/image.ts";
import { writeLayout } from "../../test/fixtures/image/layout.ts";
import { digestOf } from "../../test/fixtures/image-facts.ts";
import { config, json, LAYER, layoutOf, manifest } from "../../test/fixtures/layout-documents.ts";
import { openAndClose } from "../../test/fixtures/open.ts";
import { temporaryDirectory } from "../../test/fixtures/temporary-directory.ts";

function image(platform = "linux/amd64") {
  return withConfig(withLayer(emptyImage(platform), LAYER), { User: "1000" });
}

describe("not an application image", () => {
  const EMPTY = json("application/vnd.oci.empty.v1+json", {});
  const HELM = json("application/vnd.cncf.helm.config.v1+json", { name: "chart" });
  const layer = (mediaType: string) => [{ mediaType, digest: LAYER.digest, size: LAYER.blob.length }];
  test.each([
    [
      "a Helm chart",
      manifest(HELM, { layers: layer("application/vnd.cncf.helm.chart.content.v1.tar+gzip") }),
    ],
    [
      "an SPDX SBOM",
      manifest(EMPTY, { artifactType: "application/spdx+json", layers: layer("application/spdx+json") }),
    ],
    [
      "a cosign signature",
      manifest(config(), { layers: layer("application/vnd.dev.cosign.simplesigning.v1+json") }),
    ],
    ["an in-toto attestation", manifest(config(), { layers: layer("application/vnd.in-toto+json") })],
    [
      'an artifact ("application/x-model")',
      manifest(EMPTY, { artifactType: "application/x-model", layers: [] }),
    ],
  ])("%s", async (kind, blob) => {
    await expect(openAndClose(layoutOf([{ blob }], [EMPTY, HELM, config()]))).rejects.toMatchObject({
      code: "not-an-image",
      exit: 65,
      message: expect.stringContaining(kind),
    });
  });

  test("an index of referrers alone", async () => {
    const blob = manifest(EMPTY);
    const index = layoutOf([{ blob, fields: { artifactType: "application/spdx+json" } }], [EMPTY]);
    await expect(openAndClose(index)).rejects.toMatchObject({ code: "not-an-image" });
  });
});

describe("integrity", () => {
  test("a document that is not what its digest names is refused", async () => {
    const directory = temporaryDirectory();
    const top = writeLayout(image(), directory);
    const file = join(directory, "blobs", "sha256", top.digest.slice(7));
    writeFileSync(
      file,
      readFileSync(file, "utf8")
        .replace('"schemaVersion":2', '"schemaVersion": 2')
        .slice(0, -1)
        .padEnd(top.bytes.length),
    );
    await expect(openAndClose(directory)).rejects.toMatchObject({ code: "digest-mismatch", exit: 65 });
  });

  test("a config that was changed is refused", async () => {
    const honest = config();
    const directory = layoutOf(
      [{ blob: manifest(honest) }],
      [{ ...honest, bytes: Buffer.from(honest.bytes.toString().replace("linux", "linuy")) }],
    );
    await expect(openAndClose(directory)).rejects.toMatchObject({ code: "digest-mismatch" });
  });

  test("a blob of another size than declared is refused", async () => {
    const directory = layoutOf([{ blob: manifest(config()) }], [config()]);
    writeFileSync(join(directory, "blobs", "sha256", LAYER.digest.slice(7)), "short");
    await expect(openAndClose(directory)).rejects.toMatchObject({ code: "size-mismatch" });
  });

  test("a config that names more layers than the manifest is refused", async () => {
    const two = config({ rootfs: { type: "layers", diff_ids: [LAYER.diffId, LAYER.diffId] } });
    await expect(openAndClose(layoutOf([{ blob: manifest(two) }], [two]))).rejects.toMatchObject({
      code: "layer-count",
    });
  });

  test("a layer that is not there is named", async () => {
    const directory = layoutOf([{ blob: manifest(config()) }], [config()]);
    rmSync(join(directory, "blobs", "sha256", LAYER.digest.slice(7)));
    await expect(openAndClose(directory)).rejects.toMatchObject({
      code: "blob-missing",
      message: expect.stringContaining(LAYER.digest),
    });
  });

  test("a document larger than the bound is not read", async () => {
    const blob = { ...config(), bytes: { length: 9 * 1024 ** 2 } as Uint8Array };
    const directory = layoutOf([{ blob: manifest(blob) }]);
    await expect(openAndClose(directory)).rejects.toMatchObject({
      code: "document-too-large",
      message: expect.stringContaining("manifestBytes"),
    });
  });

  test("another spelling of USER in the config is refused", async () => {
    const sly = config({ config: { User: "1000", user: "0" } });
    await expect(openAndClose(layoutOf([{ blob: manifest(sly) }], [sly]))).rejects.toMatchObject({
      code: "ambiguous-key",
    });
  });

  test("a blob that is no regular file is refused, and nothing waits for it", async () => {
    const directory = layoutOf([{ blob: manifest(config()) }], [config()]);
    const file = join(directory, "blobs", "sha256", LAYER.digest.slice(7));
    rmSync(file);
    symlinkSync("/dev/zero", file);
    await expect(openAndClose(directory)).rejects.toMatchObject({ code: "not-a-file" });
  });
});

describe("layers that cannot be read", () => {
  test.each([
    ["application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", "foreign layer"],
    ["application/vnd.oci.image.layer.nondistributable.v1.tar+gzip", "foreign layer"],
    ["application/vnd.oci.image.layer.v1.tar+gzip+encrypted", "is not a tar layer"],
  ])("%s", async (mediaType, reason) => {
    const two = config({ rootfs: { type: "layers", diff_ids: [LAYER.diffId, digestOf(5)] } });
    const layers = [
      { mediaType: LAYER.mediaType, digest: LAYER.digest, size: LAYER.blob.length },
      { mediaType, digest: digestOf(4), size: 10 },
    ];
    const opened = await openAndClose(layoutOf([{ blob: manifest(two, { layers }) }], [two]));
    expect(opened.layers[1]?.bytes).toMatchObject({
      kind: "unreadable",
      reason: { en: expect.stringContaining(reason) },
    });
  });
});
