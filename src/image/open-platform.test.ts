import { describe, expect, test } from "vitest";
import {
  type BlobValue,
  emptyImage,
  manifestOf,
  withAttestation,
  withConfig,
  withLayer,
} from "../../test/fixtures/image/image.ts";
import { writeLayout } from "../../test/fixtures/image/layout.ts";
import { digestOf } from "../../test/fixtures/image-facts.ts";
import {
  config,
  type Entry,
  json,
  LAYER,
  layoutOf,
  listed,
  manifest,
  OCI_INDEX,
  OCI_MANIFEST,
} from "../../test/fixtures/layout-documents.ts";
import { openAndClose } from "../../test/fixtures/open.ts";
import { temporaryDirectory } from "../../test/fixtures/temporary-directory.ts";

function image(platform = "linux/amd64") {
  return withConfig(withLayer(emptyImage(platform), LAYER), { User: "1000" });
}

describe("platforms", () => {
  function multi(...platforms: readonly string[]): string {
    const directory = temporaryDirectory();
    writeLayout(
      platforms.map((platform) => image(platform)),
      directory,
    );
    return directory;
  }

  test("one is chosen from the index, whose digest is kept", async () => {
    const directory = temporaryDirectory();
    const index = writeLayout([image("linux/amd64"), image("linux/arm64")], directory);
    const opened = await openAndClose(directory, { platform: "linux/arm64" });
    expect(opened).toMatchObject({ platform: "linux/arm64", indexDigest: index.digest });
    expect(opened.digest).toBe(manifestOf(image("linux/arm64")).digest);
  });

  test("one that is missing is an error that lists those available", async () => {
    const source = multi("linux/amd64", "linux/arm/v7");
    await expect(openAndClose(source, { platform: "linux/ppc64le" })).rejects.toMatchObject({
      code: "no-such-platform",
      exit: 65,
      message: expect.stringContaining('"linux/amd64", "linux/arm/v7"'),
    });
  });

  test("attestations are no platforms", async () => {
    const directory = temporaryDirectory();
    writeLayout(withAttestation(image("linux/s390x"), { _type: "x" }), directory);
    expect((await openAndClose(directory)).platform).toBe("linux/s390x");
    await expect(openAndClose(directory, { platform: "unknown/unknown" })).rejects.toMatchObject({
      code: "no-such-platform",
    });
  });

  test("an entry whose blob is absent matters only when it is chosen", async () => {
    const [here, elsewhere] = [manifest(config()), manifest(config({ architecture: "arm64" }))];
    const directory = layoutOf(
      [
        { blob: elsewhere, absent: true, fields: { platform: { os: "linux", architecture: "arm64" } } },
        { blob: here, fields: { platform: { os: "linux", architecture: "amd64" } } },
      ],
      [config()],
    );
    expect((await openAndClose(directory, { platform: "linux/amd64" })).digest).toBe(here.digest);
    await expect(openAndClose(directory, { platform: "linux/arm64" })).rejects.toMatchObject({
      code: "blob-missing",
      message: expect.stringContaining(elsewhere.digest),
    });
  });

  test("a config that contradicts the platform for which it was chosen is refused", async () => {
    const lying = manifest(config({ architecture: "arm64" }));
    const directory = layoutOf(
      [{ blob: lying, fields: { platform: { os: "linux", architecture: "amd64" } } }],
      [config({ architecture: "arm64" })],
    );
    await expect(openAndClose(directory, { platform: "linux/amd64" })).rejects.toMatchObject({
      code: "platform-mismatch",
    });
  });

  test("a Windows image is said to be one", async () => {
    await expect(openAndClose(multi("windows/amd64"))).rejects.toMatchObject({
      code: "windows-image",
      exit: 65,
    });
    await expect(
      openAndClose(layoutOf([{ blob: manifest(config({ os: "windows" })) }], [config({ os: "windows" })])),
    ).rejects.toMatchObject({
      code: "windows-image",
    });
  });
});

describe("nested indexes", () => {
  /** Each index holds the one before it. */
  function nested(levels: number, indexes: BlobValue[] = []): string {
    const top = manifest(config());
    let inner: Entry = { blob: top, fields: { platform: { os: "linux", architecture: "amd64" } } };
    for (let level = 0; level < levels; level++) {
      inner = { blob: json(OCI_INDEX, { schemaVersion: 2, manifests: [listed(inner)] }) };
      indexes.push(inner.blob);
    }
    return layoutOf([inner], [top, config(), ...indexes]);
  }

  test("four are followed, and each names the image, the outermost first", async () => {
    const indexes: BlobValue[] = [];
    const opened = await openAndClose(nested(4, indexes), { platform: "linux/amd64" });
    expect(opened.digest).toBe(manifest(config()).digest);
    const digests = indexes.map(({ digest }) => digest).toReversed();
    expect([opened.indexDigest, ...(opened.otherIndexDigests ?? [])]).toEqual(digests);
  });

  test("an index beside the one that leads to the image does not name it", async () => {
    const [amd, arm] = [config(), config({ architecture: "arm64" })];
    const [top, other] = [manifest(amd), manifest(arm)];
    const indexOf = (blob: BlobValue, architecture: string) =>
      json(OCI_INDEX, {
        schemaVersion: 2,
        manifests: [listed({ blob, fields: { platform: { os: "linux", architecture } } })],
      });
    const [own, beside] = [indexOf(top, "amd64"), indexOf(other, "arm64")];
    const outer = json(OCI_INDEX, {
      schemaVersion: 2,
      manifests: [listed({ blob: beside }), listed({ blob: own })],
    });
    const layout = layoutOf([{ blob: outer }], [top, other, amd, arm, own, beside, outer]);
    const opened = await openAndClose(layout, { platform: "linux/amd64" });
    expect(opened.digest).toBe(top.digest);
    expect([opened.indexDigest, opened.otherIndexDigests]).toEqual([outer.digest, [own.digest]]);
  });

  test("five are too many", async () => {
    await expect(openAndClose(nested(5))).rejects.toMatchObject({
      code: "index-too-deep",
      message: expect.stringContaining("indexDepth"),
    });
  });

  test("many small indexes cannot multiply", async () => {
    const leaf = { mediaType: OCI_MANIFEST, digest: digestOf(1), size: 1 };
    const inner = json(OCI_INDEX, { schemaVersion: 2, manifests: Array.from({ length: 500 }, () => leaf) });
    const entry = { blob: inner };
    const outer = json(OCI_INDEX, {
      schemaVersion: 2,
      manifests: Array.from({ length: 500 }, () => listed(entry)),
    });
    await expect(openAndClose(layoutOf([{ blob: outer }], [inner]))).rejects.toMatchObject({
      code: "too-many-manifests",
    });
  });
});
