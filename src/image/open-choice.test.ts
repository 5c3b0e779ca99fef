// Choice of the image in a source with several entries: as engines choose, or refused.

import { describe, expect, test } from "vitest";
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
} from "../../test/fixtures/layout-documents.ts";
import { openAndClose } from "../../test/fixtures/open.ts";
import { LIMITS } from "../contract/limits.ts";

const GOOD = config({ author: "good" });
const EVIL = config({ author: "evil" });
const amd64 = { platform: { os: "linux", architecture: "amd64" } };
const arm64 = { platform: { os: "linux", architecture: "arm64" } };
const good = { blob: manifest(GOOD), fields: amd64 };
const evil = { blob: manifest(EVIL), fields: amd64 };

const indexOf = (entries: readonly Entry[]) =>
  json(OCI_INDEX, { schemaVersion: 2, mediaType: OCI_INDEX, manifests: entries.map(listed) });

/** A layout of one image, an index of these entries. */
function layoutOfIndex(entries: readonly Entry[], others: readonly Entry[] = []): string {
  const present = [...entries, ...others].filter(({ absent }) => !absent).map(({ blob }) => blob);
  return layoutOf([{ blob: indexOf(entries) }], [...present, GOOD, EVIL]);
}

function platform(architecture: string, fields: object = {}): object {
  return { platform: { os: "linux", architecture, ...fields } };
}

const linux = { platform: "linux/amd64" };

describe("two images for one platform, of which engines run different ones, are refused", () => {
  test.each<[string, readonly Entry[]]>([
    ["plainly twice", [evil, good]],
    [
      "the first marked as an attestation",
      [mark({ "vnd.docker.reference.type": "attestation-manifest" }), good],
    ],
    [
      "the first marked as an artifact",
      [{ ...evil, fields: { ...amd64, artifactType: "application/x" } }, good],
    ],
    [
      "one of another Windows version",
      [{ ...evil, fields: platform("amd64", { "os.version": "10.0" }) }, good],
    ],
    ["one of another feature", [{ ...evil, fields: platform("amd64", { "os.features": ["x"] }) }, good]],
    ["one of the usual variant", [{ ...evil, fields: platform("amd64", { variant: "v1" }) }, good]],
    ["one in upper case", [{ ...evil, fields: platform("AMD64") }, good]],
    [
      "one for Linux in upper case",
      [{ ...evil, fields: { platform: { os: "Linux", architecture: "amd64" } } }, good],
    ],
    ["one without an os", [{ ...evil, fields: { platform: { architecture: "amd64" } } }, good]],
    ["one by an alias", [good, { ...evil, fields: platform("x86_64") }]],
    ["zstd, of another config", [good, mark({ "io.github.containers.compression.zstd": "true" })]],
    ["one of an unknown type", [{ ...evil, fields: { ...amd64, mediaType: "application/x" } }, good]],
    [
      "one by an alias alone, the other without a platform",
      [{ ...evil, fields: platform("x86_64") }, { blob: good.blob }],
    ],
    ["one that is not there", [{ ...evil, absent: true }, good]],
    ["five", [evil, good, ...[1, 2, 3].map(absent)]],
  ])("%s", async (_, entries) => {
    await expect(openAndClose(layoutOfIndex(entries), linux)).rejects.toMatchObject({
      code: expect.stringMatching(/^(ambiguous-platform|media-type-unknown)$/),
      exit: 65,
    });
  });

  test("one of them in a nested index", async () => {
    const inner = { blob: indexOf([evil]) };
    for (const entries of [
      [inner, good],
      [good, { ...inner, fields: amd64 }],
    ]) {
      await expect(openAndClose(layoutOfIndex(entries, [evil]), linux)).rejects.toMatchObject({
        code: "ambiguous-platform",
      });
    }
  });

  function mark(annotations: object): Entry {
    return { ...evil, fields: { ...amd64, annotations } };
  }

  function absent(seed: number): Entry {
    return { blob: { ...evil.blob, digest: digestOf(seed) }, fields: amd64, absent: true };
  }
});

describe("no matter which engine chooses, the image is the same one", () => {
  const zstd = manifest(GOOD, { annotations: { compression: "zstd" } });
  test.each<[string, readonly Entry[]]>([
    ["one manifest twice", [good, good]],
    ["two compressions of one config", [good, { blob: zstd, fields: amd64 }]],
    [
      "another variant beside the usual one",
      [{ ...evil, fields: platform("amd64", { variant: "v2" }) }, good],
    ],
    ["an attestation of no platform", [attestation(), good]],
    ["an entry without a platform", [{ blob: evil.blob }, good]],
    ["another architecture", [{ ...evil, fields: arm64 }, good]],
    [
      "Windows of the same architecture",
      [{ ...evil, fields: { platform: { os: "windows", architecture: "amd64" } } }, good],
    ],
  ])("%s", async (_, entries) => {
    const source = layoutOfIndex(entries, [{ blob: zstd }]);
    expect((await openAndClose(source, linux)).config.author).toBe("good");
  });

  function attestation(): Entry {
    const of = { platform: { os: "unknown", architecture: "unknown" } };
    return { ...evil, fields: of };
  }
});

test("an index within an index counts by its own platform first", async () => {
  const inner = { blob: indexOf([evil]), fields: { platform: { os: "windows", architecture: "amd64" } } };
  expect((await openAndClose(layoutOfIndex([inner, good], [evil]), linux)).config.author).toBe("good");
  await expect(
    openAndClose(layoutOfIndex([inner, { ...good, fields: arm64 }], [evil]), linux),
  ).rejects.toMatchObject({
    code: "no-such-platform",
  });
});

test("a variant that no engine takes by itself must be named", async () => {
  const source = layoutOfIndex([
    { ...evil, fields: platform("amd64", { variant: "v2" }) },
    { ...good, fields: arm64 },
  ]);
  await expect(openAndClose(source, linux)).rejects.toMatchObject({
    code: "no-such-platform",
    message: expect.stringContaining('"linux/amd64/v2"'),
  });
});

test("several manifests without a platform cannot be told apart, whatever they call themselves", async () => {
  const artifact = { blob: evil.blob, fields: { artifactType: "application/x" } };
  await expect(openAndClose(layoutOfIndex([artifact, { blob: good.blob }]), linux)).rejects.toMatchObject({
    code: "no-such-platform",
  });
});

describe("one platform of an index that lists more", () => {
  const elsewhere = config({ architecture: "s390x" });
  const s390x = { blob: manifest(elsewhere), fields: platform("s390x") };
  const here: Entry = { ...good, absent: true };

  test("is judged where it is the only one there, as `ctr export` leaves it, and that is said", async () => {
    const source = layoutOf([{ blob: indexOf([good, s390x]) }], [s390x.blob, elsewhere]);
    const opened = await openAndClose(source);
    expect(opened).toMatchObject({
      platform: "linux/s390x",
      choice: { en: expect.stringContaining('"linux/s390x" alone') },
    });
  });

  test("is judged where of the others the manifest alone is there, as docker leaves it", async () => {
    const source = layoutOf([{ blob: indexOf([good, s390x]) }], [good.blob, s390x.blob, elsewhere]);
    expect((await openAndClose(source)).platform).toBe("linux/s390x");
  });

  test("is not judged in the place of the one that was asked for", async () => {
    const source = layoutOf([{ blob: indexOf([good, s390x]) }], [s390x.blob, elsewhere]);
    await expect(openAndClose(source, linux)).rejects.toMatchObject({ code: "blob-missing" });
  });

  test("must be named where two others are there", async () => {
    const other = { blob: manifest(config({ architecture: "ppc64le" })), fields: platform("ppc64le") };
    const blobs = [s390x.blob, elsewhere, other.blob, config({ architecture: "ppc64le" })];
    const source = layoutOf([{ blob: indexOf([here, s390x, other]) }], blobs);
    await expect(openAndClose(source)).rejects.toMatchObject({ code: "blob-missing" });
  });

  test("is nothing to speak of where it is this machine's", async () => {
    const source = layoutOfIndex([{ ...good, fields: {} }]);
    expect(await openAndClose(source)).not.toHaveProperty("choice");
  });
});

describe("an image beside its signatures, as `cosign save` leaves them", () => {
  const layers = (mediaType: string) => [{ mediaType, digest: LAYER.digest, size: LAYER.blob.length }];
  const kind = (name: string) => ({ annotations: { kind: `dev.cosignproject.cosign/${name}` } });
  const signature = manifest(EVIL, { layers: layers("application/vnd.dev.cosign.simplesigning.v1+json") });
  const attestation = manifest(EVIL, { layers: layers("application/vnd.dsse.envelope.v1+json") });
  const beside = [
    { blob: signature, fields: kind("sigs") },
    { blob: attestation, fields: kind("atts") },
  ];

  test("is the one judged, and that is said", async () => {
    const opened = await openAndClose(
      layoutOf([...beside, { blob: good.blob, fields: kind("image") }], [GOOD, EVIL]),
    );
    expect(opened.digest).toBe(good.blob.digest);
    expect(opened.choice?.en).toContain("one application image and 2 other things");
    expect(opened.choice?.fr).toContain("2 autres contenus");
  });

  test("may be an index", async () => {
    const index = indexOf([good, { ...evil, fields: arm64 }]);
    const entries = [{ blob: index, fields: kind("imageIndex") }, ...beside.slice(0, 1)];
    const opened = await openAndClose(layoutOf(entries, [good.blob, evil.blob, GOOD, EVIL]), linux);
    expect(opened.digest).toBe(good.blob.digest);
    expect(opened.choice?.en).toContain("1 other thing");
  });

  test("is found under its name when the signature has the same", async () => {
    const name = { annotations: { "org.opencontainers.image.ref.name": "app" } };
    const entries = [
      { blob: signature, fields: name },
      { blob: good.blob, fields: name },
    ];
    expect((await openAndClose(`oci:${layoutOf(entries, [GOOD, EVIL])}:app`)).digest).toBe(good.blob.digest);
  });

  test("an image that calls itself a signature is an image: which one must be said", async () => {
    const entries = [
      { blob: evil.blob, fields: kind("sigs") },
      { blob: good.blob, fields: kind("image") },
    ];
    await expect(openAndClose(layoutOf(entries, [GOOD, EVIL]))).rejects.toMatchObject({
      code: "several-images",
    });
  });

  test("among more entries than are looked at, it must be named", async () => {
    const many = Array.from({ length: LIMITS.layoutEntriesRead }, (_, n) => ({
      blob: manifest(EVIL, { layers: layers(`application/${n}`) }),
    }));
    const source = layoutOf([{ blob: good.blob }, ...many], [GOOD, EVIL]);
    await expect(openAndClose(source)).rejects.toMatchObject({ code: "several-images" });
    expect((await openAndClose(`oci:${source}:@0`)).digest).toBe(good.blob.digest);
  });
});

test.each([
  ["application/vnd.example.bundle.v1+json", {}],
  ["application/x-model", { artifactType: "application/x-model" }],
])("an index of %s alone says what it lists, and calls nothing an index", async (type, fields) => {
  const entry = {
    blob: manifest(GOOD),
    fields: { mediaType: "application/vnd.example.bundle.v1+json", ...fields },
  };
  await expect(openAndClose(layoutOf([entry], [GOOD]))).rejects.toMatchObject({
    code: "not-an-image",
    message: expect.stringContaining(`the index lists no image: only "${type}"`),
  });
});
