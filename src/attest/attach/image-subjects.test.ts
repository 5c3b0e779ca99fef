import { expect, test } from "vitest";
import { type MemoryArtifacts, memoryArtifacts } from "../../../test/fixtures/memory-artifacts.ts";
import { sha256 } from "../../contract/digest.ts";
import type { Digest } from "../../contract/image-facts.ts";
import { digestsFor, imageIds, imageSubjects } from "./image-subjects.ts";

const MANIFEST = "application/vnd.oci.image.manifest.v1+json";
const INDEX = "application/vnd.oci.image.index.v1+json";
const CONFIG = {
  mediaType: "application/vnd.oci.image.config.v1+json",
  digest: sha256(Buffer.from("c")),
  size: 1,
};

interface Entry {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly size: number;
  readonly platform?: object;
}

function put(store: MemoryArtifacts, document: object, name?: string): Entry {
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, ...document }));
  const digest = sha256(bytes);
  store.manifests.set(digest, bytes);
  if (name !== undefined) store.names.set(name, digest);
  const { mediaType = "" } = document as { readonly mediaType?: string };
  return { mediaType, digest, size: bytes.length };
}

function manifest(store: MemoryArtifacts, more: object = {}, name?: string): Entry {
  return put(store, { mediaType: MANIFEST, config: CONFIG, layers: [], ...more }, name);
}

/** An image for two platforms, with an attestation of BuildKit and, nested, a third platform. */
function image() {
  const store = memoryArtifacts();
  const [amd64, arm64, attestation, s390x] = ["amd64", "arm64", "x", "s390x"].map((name) =>
    manifest(store, { annotations: { name } }),
  ) as [Entry, Entry, Entry, Entry];
  const inner = put(store, {
    mediaType: INDEX,
    manifests: [{ ...s390x, platform: { os: "linux", architecture: "s390x" } }],
  });
  const gone = { mediaType: INDEX, digest: sha256(Buffer.from("gone")), size: 4 };
  const index = put(
    store,
    {
      mediaType: INDEX,
      manifests: [
        { ...amd64, platform: { os: "linux", architecture: "amd64" } },
        { ...arm64, platform: { os: "linux", architecture: "arm64", variant: "v8" } },
        { ...attestation, platform: { os: "unknown", architecture: "unknown" } },
        attestation,
        inner,
        gone,
      ],
    },
    "1",
  );
  return { store, index, amd64, arm64, s390x };
}

test("the index and each platform's manifest are subjects; attestations of BuildKit are none", async () => {
  const { store, index, amd64, arm64, s390x } = image();
  for (const reference of ["1", index.digest])
    expect(await imageSubjects(store, reference)).toMatchObject({
      subjects: [index, amd64, arm64, s390x],
      platforms: ["linux/amd64", "linux/arm64/v8", "linux/s390x"],
    });
});

test.each([
  ["linux/amd64", "amd64"],
  ["linux/arm64/v8", "arm64"],
  // containerd's default variant: the same platform.
  ["linux/arm64", "arm64"],
  ["linux/s390x", "s390x"],
] as const)("for %s, that manifest alone is one", async (platform, name) => {
  const found = image();
  expect((await imageSubjects(found.store, "1", platform)).subjects).toEqual([found[name]]);
});

test("manifests are found by their platform", async () => {
  const { store, arm64, s390x } = image();
  const found = await imageSubjects(store, "1");
  expect(digestsFor(found, "linux/arm64")).toEqual([arm64.digest]);
  expect(digestsFor(found, "linux/s390x")).toEqual([s390x.digest]);
  expect(() => digestsFor(found, "linux/arm")).toThrow('Available: "linux/amd64"');
  expect(() => digestsFor(found, "arm64")).toThrow('invalid platform "arm64"');
  expect([...(await imageIds(store, found)).values()]).toEqual(
    [CONFIG, CONFIG, CONFIG].map((one) => one.digest),
  );
});

test("another platform, and another image, are named", async () => {
  const { store } = image();
  await expect(imageSubjects(store, "1", "linux/ppc64le")).rejects.toMatchObject({
    code: "no-such-platform",
    message: expect.stringContaining('Available: "linux/amd64", "linux/arm64/v8", "linux/s390x".') as string,
  });
  await expect(imageSubjects(store, "2")).rejects.toMatchObject({ code: "image-not-found" });
});

test("a manifest is its own only subject, with the media type that it states", async () => {
  const store = memoryArtifacts();
  const docker = manifest(
    store,
    { mediaType: "application/vnd.docker.distribution.manifest.v2+json" },
    "docker",
  );
  expect(await imageSubjects(store, "docker")).toEqual({ subjects: [docker], platforms: [], leaves: [] });
  const { digest, size } = put(store, { config: CONFIG, layers: [] }, "bare");
  expect((await imageSubjects(store, "bare")).subjects).toEqual([{ mediaType: MANIFEST, digest, size }]);
});

test("an index that states no media type has the one of OCI", async () => {
  const store = memoryArtifacts();
  const amd64 = { ...manifest(store), platform: { os: "linux", architecture: "amd64" } };
  const { digest, size } = put(store, { manifests: [amd64] }, "bare");
  expect((await imageSubjects(store, "bare")).subjects[0]).toEqual({ mediaType: INDEX, digest, size });
});

test.each([
  [2, 1],
  [3, 0],
])("indexes below %i others: %i manifests are subjects", async (levels, count) => {
  const store = memoryArtifacts();
  const amd64 = { ...manifest(store), platform: { os: "linux", architecture: "amd64" } };
  const other = {
    ...manifest(store, { annotations: { a: "b" } }),
    platform: { os: "linux", architecture: "arm64" },
  };
  let inner = put(store, { mediaType: INDEX, manifests: [amd64] });
  for (let level = 1; level < levels; level++) inner = put(store, { mediaType: INDEX, manifests: [inner] });
  put(store, { mediaType: INDEX, manifests: [inner, other] }, "1");
  const { platforms } = await imageSubjects(store, "1");
  expect(platforms.filter((one) => one === "linux/amd64")).toHaveLength(count);
});
